"""Guessing at large while strangers sign in: counted, heard, told by mail, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from madoguchi.domain.faults import Unavailable
from madoguchi.services import attack, cast, locks, login, sessions
from madoguchi.services.tries import CodeFirst, SignedIn, WrongPair
from tests import people
from tests.support.codes_by_mail import alarm
from tests.support.guessing import OpenGate, counting, place
from tests.support.mailbox import letters

CARD, PIN = cast.HANAKO.card, cast.HANAKO.pin
ONE_PIN = "1379"


@pytest.fixture
def office(database, tmp_path):
    """An office whose hasher counts what it compares."""
    return counting(people.office(database), tmp_path / "compared")


@pytest.fixture
def hanako(office):
    """Hanako with a contract of three days."""
    return people.newcomer(office, cast.HANAKO)


def guess(office, number, pin=ONE_PIN, device=""):
    """One wrong PIN on the card with this number of 16 digits."""
    return login.by_card(office, f"{number:016}", pin, place(device))


def test_one_pin_on_twenty_cards_is_compared_and_from_the_twenty_first_on_a_code_comes_first(office, hanako):
    assert [type(guess(office, n)) for n in range(20)] == [WrongPair] * 20
    before = office.hasher.compared
    assert [guess(office, n) for n in range(20, 25)] == [CodeFirst()] * 5
    assert login.by_card(office, CARD, ONE_PIN, place()) == CodeFirst()
    assert office.hasher.compared == before


def test_the_pin_alone_is_attacked_and_only_for_strangers_and_in_that_hour(office, hanako):
    device = login.by_card(office, CARD, PIN, place()).device_token
    for number in range(21):
        guess(office, number, PIN)
    assert login.by_card(office, CARD, PIN, place()) == CodeFirst()
    assert isinstance(guess(office, 99, "8641"), WrongPair)
    assert isinstance(login.by_card(office, CARD, PIN, place(device)), SignedIn)
    office.clock.move(timedelta(hours=1))
    assert isinstance(login.by_card(office, CARD, PIN, place()), SignedIn)


def test_the_same_card_again_a_right_pin_and_one_never_compared_count_no_card(office, hanako):
    class Full:
        def verify(self, *_args, **_kwargs):
            raise Unavailable("hashing")

    for _ in range(15):
        login.by_card(office, CARD, PIN, place())
        with pytest.raises(Unavailable):
            login.by_card(replace(office, hasher=Full()), cast.KEN.card, PIN, place())
    assert office.store.one("SELECT SUM(cards) FROM pin_hour") == (0,)
    guess(office, 1)
    guess(office, 1)
    assert office.store.one("SELECT SUM(cards) FROM pin_hour") == (1,)


def test_a_pin_that_is_tried_often_every_day_may_be_tried_five_times_as_often(office):
    for _day in range(7):
        for number in range(10):
            guess(office, number)
        office.clock.move(timedelta(days=1))
    compared = [guess(office, 1000 + number) for number in range(52)]
    assert [type(found) for found in compared] == [WrongPair] * 50 + [CodeFirst] * 2


def test_the_tables_name_neither_pin_nor_card_and_forget_the_pairs_after_their_hour(office, hanako):
    login.by_card(office, CARD, "9753", place())
    office.clock.move(timedelta(hours=1))
    login.by_card(office, CARD, "9753", place())
    pairs = office.store.rows("SELECT pin, card FROM pin_card")
    pins = office.store.rows("SELECT pin FROM pin_hour")
    assert len(pairs) == 1
    assert len(set(pins)) == 2
    assert not any(CARD in text or "9753" in text[:8] for row in pairs for text in row)
    office.clock.move(timedelta(days=10))
    sessions.sweep(office)
    assert office.store.one("SELECT COUNT(*) FROM pin_hour") == (0,)


def test_the_sixty_first_failure_of_an_hour_puts_a_code_before_every_stranger_for_six_hours(office, hanako):
    device = login.by_card(office, CARD, PIN, place()).device_token
    for number in range(61):
        assert isinstance(guess(office, number, f"{4000 + number}"), WrongPair)
    assert guess(office, 100, "2222") == CodeFirst()
    assert login.by_web_id(office, "nobody123", "wrong", place()) == CodeFirst()
    assert isinstance(login.by_card(office, CARD, PIN, place(device)), SignedIn)
    office.clock.move(timedelta(hours=6))
    assert isinstance(login.by_card(office, CARD, PIN, place()), SignedIn)


def test_last_weeks_hour_raises_the_bar_unless_it_rang(office):
    for week, failures, rings in ((0, 20, False), (1, 80, False), (2, 241, True), (3, 61, True)):
        for number in range(failures):
            assert not attack.code_first(office, office.now()), (week, number)
            with office.store.transaction():
                attack.note_failure(office, office.now())
        assert attack.code_first(office, office.now()) is rings
        office.clock.move(timedelta(days=7))


def test_while_codes_come_first_no_secret_fails_no_wait_begins_and_the_address_pays(office, hanako):
    alarm(office)
    before, gate = office.hasher.compared, OpenGate()
    for _ in range(12):
        assert login.by_card(office, CARD, "0000", place(gate=gate)) == CodeFirst()
    assert (office.hasher.compared, gate.taken) == (before, 12)
    office.clock.move(timedelta(hours=6))
    assert login.by_card(office, CARD, "0000", place()) == WrongPair()


def test_a_right_secret_that_may_not_enter_is_told_by_mail_three_times_a_day_at_most(office, hanako):
    locks.hold_card(office, hanako.contract_id)
    for _ in range(5):
        login.by_card(office, CARD, PIN, place())
        office.clock.move(timedelta(hours=2))
    told = letters(office, "hold_reason")
    assert [letter["reason"] for letter in told] == ["held"] * 3
    assert [told[0][fact] for fact in ("card", "held_why", "web_id")] == ["held", "guessing", "active"]
    assert {letter["to"] for letter in told} == {"hanako@example.jp"}


def test_waits_of_half_an_hour_and_more_are_told_by_mail_and_short_ones_are_not(office, hanako):
    for _ in range(5):
        assert letters(office, "wait_reason") == []
        login.by_card(office, CARD, "0000", place())
        office.clock.move(timedelta(minutes=5))
    (told,) = letters(office, "wait_reason")
    assert (told["route"], bool(told["opens"])) == ("card", True)


def test_nobody_costs_the_same_statements_where_a_member_is_written_to(office, hanako, monkeypatch):
    asked = []
    real = office.store._execute
    monkeypatch.setattr(office.store, "_execute", lambda sql, params: asked.append(sql) or real(sql, params))
    counts = []
    for number in (CARD, "9990119999999999"):
        for _ in range(4):
            login.by_card(office, number, "0000", place())
            office.clock.move(timedelta(minutes=5))
        asked.clear()
        login.by_card(office, number, "0000", place())
        counts.append([sql for sql in asked if not sql.startswith(("SAVEPOINT", "BEGIN"))])
    assert letters(office, "wait_reason")
    assert counts[0] == counts[1]
