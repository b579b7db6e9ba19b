"""PINs at the machine: counted before they are compared, three wrong in a row hold the card, once."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from madoguchi.domain.faults import Unavailable
from madoguchi.domain.letters import Kind as Letter
from madoguchi.services import atm_authorise, atm_settle, locks
from madoguchi.services.atm_answers import Answer, Busy
from tests import people
from tests.support.atm import ask, ask_in, linked, question
from tests.support.money import standing
from tests.support.together import at_once

WRONG = "0000"


class FullLane:
    """A Hasher whose lane is full."""

    def verify(self, *_told, **_how):
        """Nothing is compared."""
        raise Unavailable("hashing")


class Counting:
    """A Hasher that counts comparisons; what a full lane refused was not compared, and is given back."""

    def __init__(self, hasher):
        self._hasher, self._lock, self.compared = hasher, threading.Lock(), 0

    def verify(self, *told, **how):
        """Compare as the real one does."""
        right = self._hasher.verify(*told, **how)
        with self._lock:
            self.compared += 1
        return right


def card(office, who):
    """The state of a member's card."""
    return office.store.one("SELECT state FROM card WHERE contract_id = ?", (who.contract_id,))[0]


def outcomes(office):
    """What the log of sign-ins says."""
    return [row[0] for row in office.store.rows("SELECT outcome FROM sign_in_event ORDER BY id")]


def test_three_wrong_pins_in_a_row_hold_the_card(office):
    hanako = people.hanako(office)
    codes = [ask(office, hanako, 1_000, pin=WRONG).told["code"] for _ in range(4)]
    assert codes == ["T-11", "T-11", "T-12", "T-05"]
    assert card(office, hanako) == "held"
    assert ask(office, hanako, 1_000).told["code"] == "T-05"
    assert ask_in(office, hanako, 1_000).result == "approved"
    assert outcomes(office)[-4:] == ["atm_wrong"] * 3 + ["atm_held"]


def test_the_member_is_told_by_mail_once_and_can_stop_everything(office):
    hanako = people.hanako(office)
    for _ in range(5):
        ask(office, hanako, 1_000, pin=WRONG)
    written = office.store.rows("SELECT kind FROM letter WHERE kind = ?", (Letter.ATM_HELD.value,))
    assert len(written) == 1
    assert office.store.one("SELECT COUNT(*) FROM not_me")[0] == 1


def test_each_refusal_says_how_many_tries_are_left(office):
    hanako = people.hanako(office)
    first, second = (ask(office, hanako, 1_000, pin=WRONG).told for _ in range(2))
    assert ("あと2回" in first["message"], "あと1回" in second["message"]) == (True, True)
    assert first["ask"] == "pin"


def test_a_right_pin_forgives_the_wrong_ones_before_it(office):
    hanako = people.hanako(office)
    for pin in (WRONG, WRONG, hanako.persona.pin, WRONG, WRONG):
        ask(office, hanako, 1_000, pin=pin)
    assert card(office, hanako) == "active"


def test_the_right_pin_can_follow_a_wrong_one_on_the_same_link(office):
    hanako = people.hanako(office)
    screen = linked(office, hanako)
    assert atm_authorise.authorise(office, question(hanako, screen, 1_000, pin=WRONG)).told["code"] == "T-11"
    assert atm_authorise.authorise(office, question(hanako, screen, 1_000)).result == "approved"


def test_a_repeated_wrong_question_counts_once(office):
    hanako = people.hanako(office)
    asked = question(hanako, linked(office, hanako), 1_000, pin=WRONG)
    answers = {atm_authorise.authorise(office, asked).told["message"] for _ in range(5)}
    assert len(answers) == 1
    assert card(office, hanako) == "active"


def test_a_held_card_is_not_compared_any_more(office):
    hanako = people.hanako(office)
    locks.hold_card(office, hanako.contract_id)
    counting = Counting(office.hasher)
    assert ask(replace(office, hasher=counting), hanako, 1_000).told["code"] == "T-05"
    assert counting.compared == 0


def test_lifting_the_hold_begins_the_count_anew(office):
    hanako = people.hanako(office)
    for _ in range(3):
        ask(office, hanako, 1_000, pin=WRONG)
    office.clock.move(timedelta(seconds=1))
    locks.release_card(office, hanako.contract_id, hanako.member_id, "staff")
    office.clock.move(timedelta(seconds=1))
    assert ask(office, hanako, 1_000, pin=WRONG).told["code"] == "T-11"
    assert ask(office, hanako, 1_000).result == "approved"


def test_what_was_never_compared_counts_nothing_and_may_be_asked_again(office):
    hanako = people.hanako(office)
    asked = question(hanako, linked(office, hanako), 1_000)
    for _ in range(5):
        with pytest.raises(Unavailable):
            atm_authorise.authorise(replace(office, hasher=FullLane()), asked)
    assert atm_authorise.authorise(office, asked).result == "approved"


def test_a_check_that_was_cut_off_is_done_anew_after_a_minute(office):
    hanako = people.hanako(office)
    asked = question(hanako, linked(office, hanako), 1_000)
    atm_authorise._begin(office, asked)  # and then the process ended
    assert atm_authorise.authorise(office, asked) == Busy()
    assert atm_settle.confirm(office, asked.transaction) == Busy()
    office.clock.move(timedelta(seconds=61))
    assert atm_authorise.authorise(office, asked).result == "approved"


def test_a_reversal_during_the_check_wins(office):
    hanako = people.hanako(office)
    asked = question(hanako, linked(office, hanako), 1_000)
    before = standing(office, hanako)
    begun = atm_authorise._begin(office, asked)
    atm_settle.reverse(office, asked.transaction)
    assert atm_authorise._decide(office, asked, begun).result == "reversed"
    assert standing(office, hanako) == before


def test_many_guesses_at_once_compare_three(office):
    hanako = people.hanako(office)
    screen = linked(office, hanako)
    counting = Counting(office.hasher)
    own = replace(office, hasher=counting)
    numbers = iter(range(100))

    def guess():
        asked = question(hanako, screen, 1_000, transaction=f"guess-{next(numbers):06}", pin=WRONG)
        try:
            return atm_authorise.authorise(own, asked)
        except Unavailable:
            return None

    answers = at_once(office, 12, guess)
    assert counting.compared <= 3
    assert sum(isinstance(a, Answer) and a.told["code"] == "T-11" for a in answers) <= 2
    assert card(office, hanako) == ("held" if counting.compared == 3 else "active")
