"""A new password by mail: what it lifts, what it ends, and what it leaves alone."""

from datetime import timedelta

import pytest

from madoguchi.adapters.hashing import Lanes
from madoguchi.domain.passwords import Fault
from madoguchi.services import cast, login, recovery, sessions
from madoguchi.services.links import Browser, Dead, Weak
from madoguchi.services.recovery import Reset
from madoguchi.services.tries import Locked, Reason, SignedIn, Waiting, WrongPair
from tests import people
from tests.services.test_registration import at_once
from tests.support.guessing import place
from tests.support.mailbox import letters, token

BROWSER = Browser("iPhoneのSafari", "192.0.2.0/24")
PASSWORD = "Kikyou4821x"
SAKURA = cast.SAKURA


def link(office, who=SAKURA):
    recovery.ask(office, "", who.web_id, who.member.email)
    return token(office, "password_link")


def enter(office, who=SAKURA, password=PASSWORD, device=""):
    return login.by_web_id(office, who.web_id, password, place(device))


@pytest.fixture
def sakura(office):
    return people.sakura(office)


def test_a_locked_member_sets_a_password_and_signs_in_while_her_card_stays_on_hold(office, sakura):
    assert recovery.reset(office, link(office), PASSWORD, BROWSER) == Reset()
    found = enter(office)
    assert isinstance(found, SignedIn)
    assert letters(office, "password_changed")
    by_card = login.by_card(office, SAKURA.card, SAKURA.pin, place(found.device_token))
    assert by_card == Locked(Reason.HELD)


def test_a_reset_ends_every_session_and_forgets_every_browser(office):
    people.newcomer(office, cast.HANAKO)
    old = enter(office, cast.HANAKO, cast.HANAKO.password)
    recovery.reset(office, link(office, cast.HANAKO), PASSWORD, BROWSER)
    assert sessions.current(office, old.session_token) is None
    assert office.store.rows("SELECT 1 FROM device") == []
    assert isinstance(enter(office, cast.HANAKO, cast.HANAKO.password), WrongPair)


def test_a_link_resets_once_also_when_pressed_many_times_at_once(office, sakura, database_url):
    secret = link(office)
    acts = [lambda o, n=n: recovery.reset(o, secret, f"Kikyou482{n}x", BROWSER) for n in range(6)]
    found = at_once(database_url, office, acts)
    assert sorted(type(one).__name__ for one in found) == ["Dead"] * 5 + ["Reset"]
    assert isinstance(enter(office, password=f"Kikyou482{found.index(Reset())}x"), SignedIn)


def test_a_weak_password_uses_nothing_up(office, sakura):
    secret = link(office)
    assert recovery.reset(office, secret, "sakura0401x", BROWSER) == Weak(Fault.WEB_ID)
    assert recovery.reset(office, secret, "Ｋｉｋｙｏｕ４８２１", BROWSER) == Weak(Fault.WIDE)
    assert recovery.reset(office, secret, PASSWORD, BROWSER) == Reset()


def test_a_password_of_little_but_the_lenders_own_words_is_common(office, sakura):
    secret = link(office)
    for password in ("Madoguchi2026", "madoguchi99", "M4doguchi12"):
        assert recovery.reset(office, secret, password, BROWSER) == Weak(Fault.COMMON)


def test_a_used_link_ends_the_other_links_of_the_member(office, sakura):
    from madoguchi.services import registration

    secret = link(office)
    registration.ask(office, SAKURA.member.number, SAKURA.member.email)
    office.clock.move(timedelta(minutes=2))
    registration.ask(office, SAKURA.member.number, SAKURA.member.email)
    other = token(office, "web_id_link")
    recovery.reset(office, secret, PASSWORD, BROWSER)
    assert registration.register(office, other, "itosakura44", "Suzuran55x9", BROWSER) == Dead()


def test_waits_that_strangers_made_are_lifted_but_not_a_stop_that_is_the_staffs(office):
    people.newcomer(office, cast.HANAKO)
    for _ in range(100):
        enter(office, cast.HANAKO, "wrong")
        office.clock.move(timedelta(hours=24))
    recovery.reset(office, link(office, cast.HANAKO), PASSWORD, BROWSER)
    assert enter(office, cast.HANAKO) == Waiting(None)


@pytest.mark.parametrize("web_id", ["HANAKO2026", "hanako202"])
def test_the_web_id_must_be_exactly_right(office, web_id):
    people.newcomer(office, cast.HANAKO)
    recovery.ask(office, "", web_id, cast.HANAKO.member.email)
    assert letters(office) == []


def test_a_right_secret_is_hashed_anew_when_the_parameters_have_risen(office):
    from dataclasses import replace

    people.newcomer(office, cast.HANAKO)
    dearer = replace(office, hasher=Lanes(people.PEPPER, memory_kib=16, passes=1))
    for enter_ in (
        lambda o: login.by_web_id(o, cast.HANAKO.web_id, cast.HANAKO.password, place()),
        lambda o: login.by_card(o, cast.HANAKO.card, cast.HANAKO.pin, place()),
    ):
        assert isinstance(enter_(dearer), SignedIn)
        assert isinstance(enter_(dearer), SignedIn)
    hashes = office.store.rows("SELECT password_hash FROM web_id UNION SELECT pin_hash FROM card")
    assert all("m=16," in found for (found,) in hashes)
