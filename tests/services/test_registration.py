"""Registering and replacing a Web-ID: what is set, what ends, and two at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from madoguchi.adapters.hashing import Lanes
from madoguchi.domain.faults import Unavailable
from madoguchi.domain.passwords import Fault
from madoguchi.services import cast, login, registration, sessions
from madoguchi.services.links import Browser, Dead, Weak
from madoguchi.services.registration import Registered, Taken
from madoguchi.services.tries import SignedIn, WrongPair
from madoguchi.store.db import Store
from tests import people
from tests.support.guessing import place
from tests.support.mailbox import letters, token

BROWSER = Browser("iPhoneのSafari", "192.0.2.0/24")
PASSWORD = "Kikyou4821x"


def link(office, who):
    """A link in the hands of its owner."""
    registration.ask(office, who.member.number, who.member.email)
    return token(office, "web_id_link")


def register(office, secret, web_id="suzuki9602x", password=PASSWORD):
    return registration.register(office, secret, web_id, password, BROWSER)


def enter(office, web_id="suzuki9602x", password=PASSWORD):
    return login.by_web_id(office, web_id, password, place())


@pytest.fixture
def ichiro(office):
    return people.newcomer(office)


def test_a_member_without_a_web_id_gets_one_signs_in_and_is_told(office, ichiro):
    assert register(office, link(office, cast.ICHIRO)) == Registered()
    assert isinstance(enter(office), SignedIn)
    assert letters(office, "web_id_changed")
    assert office.store.rows("SELECT outcome FROM sign_in_event ORDER BY id")[0] == ("web_id_registered",)


def test_a_first_web_id_leaves_the_sessions_by_card_alone(office, ichiro):
    who = cast.ICHIRO
    by_card = login.by_card(office, who.card, who.pin, place())
    register(office, link(office, who))
    assert sessions.current(office, by_card.session_token)


def test_a_new_web_id_stops_the_old_one_its_sessions_and_its_browsers(office):
    people.newcomer(office, cast.HANAKO)
    old = enter(office, cast.HANAKO.web_id, cast.HANAKO.password)
    assert register(office, link(office, cast.HANAKO), "suzuran77") == Registered()
    assert isinstance(enter(office, cast.HANAKO.web_id, cast.HANAKO.password), WrongPair)
    assert sessions.current(office, old.session_token) is None
    assert office.store.rows("SELECT 1 FROM device") == []
    assert isinstance(enter(office, "suzuran77"), SignedIn)


def test_a_link_is_used_once_and_a_made_up_one_never(office, ichiro):
    secret = link(office, cast.ICHIRO)
    assert register(office, secret) == Registered()
    assert register(office, secret, "suzuki9603x") == Dead()
    assert register(office, "made-up") == Dead()
    assert isinstance(enter(office), SignedIn)


@pytest.mark.parametrize("web_id", ["hanako2026", "HANAKO2026", "Hanako2026"])
def test_a_look_alike_of_anothers_web_id_is_refused_and_the_link_stays_good(office, ichiro, web_id):
    people.newcomer(office, cast.HANAKO)
    secret = link(office, cast.ICHIRO)
    assert register(office, secret, web_id) == Taken()
    assert register(office, secret) == Registered()


def test_ones_own_web_id_may_be_kept_or_spelled_anew(office):
    people.newcomer(office, cast.HANAKO)
    assert register(office, link(office, cast.HANAKO), "HANAKO2026") == Registered()
    assert isinstance(enter(office, "HANAKO2026"), SignedIn)
    assert isinstance(enter(office, "hanako2026"), WrongPair)


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("short1", Fault.SHORT),
        ("xSuzuki9602X", Fault.WEB_ID),
        ("suzuki44817", Fault.NAME),
        ("Rg19960203", Fault.BIRTHDAY),
        ("Passw0rd1", Fault.COMMON),
    ],
)
def test_a_weak_password_is_named_and_the_link_stays_good(office, ichiro, password, fault):
    secret = link(office, cast.ICHIRO)
    assert register(office, secret, password=password) == Weak(fault)
    assert register(office, secret) == Registered()


def test_while_hashing_is_busy_nothing_is_set_and_the_link_stays_good(office, ichiro):
    secret = link(office, cast.ICHIRO)
    for _ in range(2):
        office.hasher._known._places.acquire()
    with pytest.raises(Unavailable):
        register(office, secret)
    for _ in range(2):
        office.hasher._known._places.release()
    assert register(office, secret) == Registered()


def test_strangers_waits_on_the_new_web_id_are_gone_but_not_a_stop_of_staff(office, ichiro):
    for _ in range(4):
        enter(office)
    register(office, link(office, cast.ICHIRO))
    assert isinstance(enter(office), SignedIn)


def at_once(url, office, acts):
    """Each act in a thread with connection and hash lanes of its own, as in another process; all together."""
    barrier = Barrier(len(acts))

    def run(act):
        mine = replace(office, store=Store(url), hasher=Lanes(people.PEPPER, **people.CHEAP))
        mine.store.one("SELECT 1")
        barrier.wait()
        try:
            return act(mine)
        finally:
            mine.store.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_one_link_used_many_times_at_once_works_once(office, ichiro, database_url):
    secret = link(office, cast.ICHIRO)
    acts = [lambda mine, n=n: register(mine, secret, f"suzuki960{n}x") for n in range(6)]
    found = at_once(database_url, office, acts)
    assert sorted(type(one).__name__ for one in found) == ["Dead"] * 5 + ["Registered"]
    assert len(letters(office, "web_id_changed")) == 1


@pytest.mark.parametrize("second", ["suzuran777", "SUZURAN777"])
def test_two_members_who_register_one_web_id_at_once(office, ichiro, database_url, second):
    people.newcomer(office, cast.HANAKO)
    mine, hers = link(office, cast.ICHIRO), link(office, cast.HANAKO)
    acts = [lambda o: register(o, mine, "suzuran777"), lambda o: register(o, hers, second)]
    found = at_once(database_url, office, acts)
    assert sorted(type(one).__name__ for one in found) == ["Registered", "Taken"]
    loser = [mine, hers][found.index(Taken())]
    assert register(office, loser, "asagao7788") == Registered()
