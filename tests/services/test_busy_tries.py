"""Tries that overlap, or are refused because hashing is busy: only compared ones hold a card, and once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from madoguchi.domain.faults import Unavailable
from madoguchi.services import cast, login
from madoguchi.services.tries import Locked, Reason, Waiting, WrongPair
from tests import people
from tests.support.guessing import CountingHasher, counting, place

CARD, PIN = cast.HANAKO.card, cast.HANAKO.pin
WEB_ID = cast.HANAKO.web_id
HELD = Locked(Reason.HELD, now=True)


class Overlapping(CountingHasher):
    """Runs what is still to come in the middle of each comparison, and refuses the ones it is told to."""

    def __init__(self, file):
        super().__init__(file)
        self.meanwhile, self.refused, self.killed = [], [], False

    def verify(self, stored, secret, **lane):
        """The next try first, then this one."""
        if self.meanwhile:
            self.meanwhile.pop()()
        if self.killed:
            raise SystemExit
        if any(secret.endswith(wrong) for wrong in self.refused):
            raise Unavailable("hashing")
        return super().verify(stored, secret, **lane)


@pytest.fixture
def office(database, tmp_path):
    """An office where tries overlap, and Hanako."""
    made = replace(
        counting(people.office(database), tmp_path / "x"), hasher=Overlapping(tmp_path / "compared")
    )
    people.newcomer(made, cast.HANAKO)
    return made


def overlapping(office, secrets, device, enter=login.by_card, identifier=CARD):
    """Begin one try inside another, the last one outermost; what each got, the innermost first."""
    given = []

    def run(secret):
        try:
            given.append(enter(office, identifier, secret, place(device)))
        except Unavailable:
            given.append("503")

    office.hasher.meanwhile = [lambda secret=secret: run(secret) for secret in secrets[:-1]]
    run(secrets[-1])
    return given


def known(office):
    """The token of a browser on which Hanako signed in before."""
    return login.by_card(office, CARD, PIN, place()).device_token


def logged(office, outcome):
    """How many lines of the log say so."""
    return len(office.store.rows("SELECT 1 FROM sign_in_event WHERE outcome = ?", (outcome,)))


def test_tries_that_are_refused_late_hold_no_card_before_three_were_compared(office):
    device = known(office)
    office.hasher.refused = ["1111"]
    answers = overlapping(office, ["0000", "1111", "1111"], device)
    assert answers == [WrongPair(left=2), "503", "503"]
    assert [login.by_card(office, CARD, "0000", place(device)) for _ in range(2)] == [WrongPair(left=1), HELD]


def test_the_same_holds_for_a_password(office):
    device = known(office)
    office.hasher.refused = ["busy"]
    answers = overlapping(office, ["no", "no", "busy", "busy", "busy"], device, login.by_web_id, WEB_ID)
    assert answers == [WrongPair(left=4), WrongPair(left=3), "503", "503", "503"]


def test_overlapping_wrong_pins_are_told_one_after_the_other_and_one_hold_is_logged(office):
    device = known(office)
    assert overlapping(office, ["0000"] * 3, device) == [WrongPair(left=2), WrongPair(left=1), HELD]
    assert (logged(office, "card_held"), logged(office, "wrong")) == (1, 2)


def test_two_browsers_that_reach_the_end_together_log_one_hold_and_one_lock(office):
    first, second = known(office), known(office)
    for enter, identifier, times in ((login.by_card, CARD, 2), (login.by_web_id, WEB_ID, 4)):
        for device in (first, second):
            for _ in range(times):
                enter(office, identifier, "wrong", place(device))

        def other(enter=enter, identifier=identifier):
            enter(office, identifier, "wrong", place(second))

        office.hasher.meanwhile = [other]
        assert isinstance(enter(office, identifier, "wrong", place(first)), Locked)
    assert (logged(office, "card_held"), logged(office, "password_locked")) == (1, 1)


def test_tries_whose_process_ended_are_given_back_after_a_minute(office):
    device = known(office)
    office.hasher.killed = True
    for _ in range(3):
        with pytest.raises(SystemExit):
            login.by_card(office, CARD, PIN, place(device))
    office.hasher.killed = False
    assert isinstance(login.by_card(office, CARD, PIN, place(device)), Waiting)
    office.clock.move(timedelta(seconds=61))
    assert login.by_card(office, CARD, "0000", place(device)) == WrongPair(left=2)


def test_strangers_hold_no_card_either_before_three_were_compared(office):
    rules = replace(office.rules, locks=replace(office.rules.locks, strangers_hold_card=True))
    literal = replace(office, rules=rules)
    literal.hasher.refused = ["1111"]
    answers = overlapping(literal, ["0000", "1111", "1111"], "")
    assert isinstance(answers[0], WrongPair)
    assert answers[1:] == ["503", "503"]
    assert logged(literal, "wrong") == 1
    assert literal.store.rows("SELECT state FROM card WHERE number = ?", (CARD,)) == [("active",)]
