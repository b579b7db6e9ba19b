"""Signing in: what counts, what locks, what strangers learn, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from madoguchi.domain.faults import Unavailable
from madoguchi.services import cast, devices, locks, login, sessions
from madoguchi.services.tries import Locked, Reason, Route, SignedIn, Waiting, WrongPair
from tests import people
from tests.support.guessing import OpenGate, counting, place

CARD, PIN = cast.HANAKO.card, cast.HANAKO.pin
WEB_ID, PASSWORD = cast.HANAKO.web_id, cast.HANAKO.password
NOBODY = "9990119999999999"


@pytest.fixture
def office(database, tmp_path):
    """An office whose hasher counts what it compares."""
    return counting(people.office(database), tmp_path / "compared")


@pytest.fixture
def hanako(office):
    """Hanako with a contract of three days."""
    return people.newcomer(office, cast.HANAKO)


def known(office):
    """The token of a browser on which Hanako signed in before."""
    return login.by_card(office, CARD, PIN, place()).device_token


def test_a_member_signs_in_by_card_and_by_web_id(office, hanako):
    for found in (
        login.by_card(office, CARD, PIN, place()),
        login.by_web_id(office, WEB_ID, PASSWORD, place()),
    ):
        assert isinstance(found, SignedIn)
        assert found.new_device
        assert sessions.current(office, found.session_token).member_id == hanako.member_id


def test_full_width_secrets_are_folded_inside_one_attempt(office, hanako):
    assert isinstance(login.by_card(office, CARD, "２５８３", place()), SignedIn)
    gate = OpenGate()
    found = login.by_web_id(office, WEB_ID, "Ｓａｋｕｒａ７７８８", place(gate=gate))
    assert isinstance(found, SignedIn)
    assert gate.taken == 0
    assert isinstance(login.by_web_id(office, WEB_ID.upper(), PASSWORD, place()), WrongPair)


def test_the_third_wrong_pin_on_a_known_browser_holds_the_card_and_nothing_else(office, hanako):
    device = known(office)
    answers = [login.by_card(office, CARD, "0000", place(device)) for _ in range(3)]
    assert answers == [WrongPair(left=2), WrongPair(left=1), Locked(Reason.HELD, now=True)]
    assert login.by_card(office, CARD, PIN, place(device)) == Locked(Reason.HELD)
    assert isinstance(login.by_web_id(office, WEB_ID, PASSWORD, place(device)), SignedIn)


def test_the_fifth_wrong_password_locks_the_password_and_never_the_card(office, hanako):
    device = known(office)
    answers = [login.by_web_id(office, WEB_ID, "wrong", place(device)) for _ in range(5)]
    assert answers == [*(WrongPair(left=n) for n in (4, 3, 2, 1)), Locked(Reason.LOCKED, now=True)]
    assert login.by_web_id(office, WEB_ID, PASSWORD, place(device)) == Locked(Reason.LOCKED)
    assert isinstance(login.by_card(office, CARD, PIN, place(device)), SignedIn)


def test_a_right_pin_in_between_begins_the_count_anew(office, hanako):
    device = known(office)
    for _ in range(2):
        login.by_card(office, CARD, "0000", place(device))
    device = login.by_card(office, CARD, PIN, place(device)).device_token
    assert login.by_card(office, CARD, "0000", place(device)) == WrongPair(left=2)


def test_a_lifted_hold_gives_all_tries_back(office, hanako):
    device = known(office)
    for _ in range(3):
        login.by_card(office, CARD, "0000", place(device))
    office.clock.move(timedelta(minutes=1))
    assert locks.release_card(office, hanako.contract_id, hanako.member_id, "checked by phone")
    assert login.by_card(office, CARD, "0000", place(device)) == WrongPair(left=2)
    assert isinstance(login.by_card(office, CARD, PIN, place(device)), SignedIn)


def test_strangers_wait_by_the_table_and_never_hold_the_card(office, hanako):
    device = known(office)
    answers = [login.by_card(office, CARD, "0000", place()) for _ in range(4)]
    opens = people.TODAY + timedelta(seconds=60)
    assert answers == [WrongPair(), WrongPair(), WrongPair(opens_at=opens), Waiting(opens)]
    assert login.by_card(office, CARD, PIN, place()) == Waiting(opens)
    assert isinstance(login.by_card(office, CARD, PIN, place(device)), SignedIn)


def test_a_right_sign_in_on_an_unknown_browser_forgets_but_a_known_one_does_not(office, hanako):
    device = known(office)
    for _ in range(2):
        login.by_card(office, CARD, "0000", place())
    login.by_card(office, CARD, PIN, place(device))
    assert login.by_card(office, CARD, "0000", place()).opens_at
    office.clock.move(timedelta(minutes=1))
    login.by_card(office, CARD, PIN, place())
    assert login.by_card(office, CARD, "0000", place()) == WrongPair()


def test_spellings_of_one_web_id_share_one_tally(office, hanako):
    for spelling in (WEB_ID, WEB_ID.upper(), WEB_ID.title()):
        last = login.by_web_id(office, spelling, "wrong", place())
    assert last.opens_at


def test_a_right_secret_that_may_not_enter_answers_and_counts_as_a_wrong_one(office):
    people.newcomer(office, cast.SAKURA)
    account = people.newcomer(office, cast.HANAKO)
    locks.hold_card(office, account.contract_id)
    locks.lock_password(office, account.member_id)
    held = [login.by_card(office, CARD, PIN, place()) for _ in range(4)]
    nobody = [login.by_card(office, NOBODY, PIN, place()) for _ in range(4)]
    locked = [login.by_web_id(office, WEB_ID, PASSWORD, place()) for _ in range(4)]
    assert held == nobody == locked


def test_an_unknown_account_costs_as_many_comparisons(office, hanako):
    for number, secret in ((CARD, "0000"), (NOBODY, "0000")):
        before = office.hasher.compared
        login.by_card(office, number, secret, place())
        assert office.hasher.compared == before + 1
    for web_id in (WEB_ID, "nobody123"):
        before = office.hasher.compared
        login.by_web_id(office, web_id, "ｗｒｏｎｇ", place())
        assert office.hasher.compared == before + 2


def test_a_try_that_waits_or_finds_the_address_full_is_never_compared(office, hanako):
    for _ in range(3):
        login.by_card(office, CARD, "0000", place())
    before = office.hasher.compared
    login.by_card(office, CARD, PIN, place())
    found = login.by_card(office, NOBODY, PIN, place(gate=OpenGate(seconds=40)))
    assert found == Waiting(people.TODAY + timedelta(seconds=40))
    assert office.hasher.compared == before


def test_a_full_lane_costs_no_try_neither_known_nor_stranger(office, hanako):
    class Full:
        def verify(self, *_args, **_kwargs):
            raise Unavailable("hashing")

    device, gate = known(office), OpenGate()
    busy = replace(office, hasher=Full())
    for _ in range(5):
        for token in (device, ""):
            with pytest.raises(Unavailable):
                login.by_card(busy, CARD, PIN, place(token, gate=gate))
    assert gate.taken == 0
    assert login.by_card(office, CARD, "0000", place(device)) == WrongPair(left=2)
    assert login.by_card(office, CARD, "0000", place()) == WrongPair()


def test_strangers_hold_the_card_only_where_the_lender_wishes(office, hanako):
    rules = replace(office.rules, locks=replace(office.rules.locks, strangers_hold_card=True))
    literal, device = replace(office, rules=rules), known(office)
    for _ in range(3):
        login.by_card(literal, CARD, "0000", place())
    assert login.by_card(literal, CARD, PIN, place(device)) == Locked(Reason.HELD)


def test_a_browser_is_known_to_each_member_of_a_family_and_its_token_turns(office, hanako):
    first = known(office)
    people.newcomer(office, cast.MISAKI)
    second = login.by_card(office, cast.MISAKI.card, cast.MISAKI.pin, place(first)).device_token
    assert first != second
    assert login.by_card(office, CARD, "0000", place(second)) == WrongPair(left=2)
    assert login.by_card(office, cast.MISAKI.card, "0000", place(second)) == WrongPair(left=2)
    assert login.by_card(office, CARD, "0000", place(first)) == WrongPair()


def test_a_browser_is_forgotten_after_its_days_or_by_its_owner(office, hanako):
    device = known(office)
    office.clock.move(timedelta(days=401))
    assert login.by_card(office, CARD, "0000", place(device)) == WrongPair()
    device = known(office)
    devices.forget(office, hanako.member_id)
    assert devices.of_member(office, hanako.member_id) == []
    assert login.by_card(office, CARD, "0000", place(device)).left is None


def test_a_remembered_id_comes_back_only_by_wish(office, hanako):
    token = login.by_card(office, CARD, PIN, place()).device_token
    assert devices.last_used(office, token).identifier == ""
    token = login.by_web_id(office, WEB_ID, PASSWORD, place(token, remember=True)).device_token
    found = devices.last_used(office, token)
    assert (found.route, found.identifier) == ("web_id", WEB_ID)
    assert devices.last_used(office, "made-up") is None


def test_closed_enters_by_web_id_for_ninety_days_and_never_by_card(office):
    sho = people.sho(office)  # closed 30 days ago
    who = sho.persona
    found = login.by_web_id(office, who.web_id, who.password, place())
    assert isinstance(found, SignedIn)
    assert login.by_card(office, who.card, who.pin, place(found.device_token)) == Locked(Reason.CLOSED)
    office.clock.move(timedelta(days=61))
    assert login.by_web_id(office, who.web_id, who.password, place(found.device_token)) == Locked(
        Reason.CLOSED
    )
    assert login.by_web_id(office, who.web_id, who.password, place()) == WrongPair()


def test_suspended_and_overdue_members_may_sign_in(office):
    for make in (people.yui, people.misaki):
        who = make(office).persona
        assert isinstance(login.by_card(office, who.card, who.pin, place()), SignedIn)


def test_a_hundred_failures_stop_a_way_in_for_strangers(office, hanako):
    for _ in range(100):
        found = login.by_card(office, CARD, "0000", place())
        office.clock.move(timedelta(hours=24))
    assert found == Waiting(None)
    office.clock.move(timedelta(days=30))
    sessions.sweep(office)
    assert login.by_card(office, CARD, PIN, place()) == Waiting(None)


def test_the_tally_names_nobody(office, hanako):
    login.by_card(office, CARD, "0000", place())
    (row,) = office.store.rows("SELECT key FROM guess")
    assert CARD not in row[0]
    assert row[0] == login.tally_key(office, Route.CARD, CARD)
