"""What each policy against guessing at large costs and saves, played on the real rules of lockout and attack.

Waits alone and the patient guesser are played for the first days only, to be quick: the bounds hold all the
more for a month. `python -m tests.support.siege` plays all of it and prints the table of docs/security.md.
"""

from functools import cache

import pytest

from madoguchi.lender import load
from tests.people import ROOT
from tests.support import siege
from tests.support.siege import ALWAYS, CODES, HOLDS, SHUT, WAITS, Siege
from tests.support.siege_world import CARDS, EVEN, FILTERED, FREE, HABITS, held_by, rank_at


@cache
def month(policy, wide=True, attacked=True, days=30):
    """What came of a siege."""
    return Siege(policy, wide, attacked, days).play()


def test_the_siege_is_laid_to_the_shipped_lender():
    rules = load(ROOT / "lender.toml")
    assert (rules.locks, rules.attack) == (siege.LOCKS, siege.BARS)


@pytest.mark.parametrize("rank", [0, 1, 19, 60, 61, 425, 9999])
def test_pins_are_drawn_as_often_as_the_habit_says(rank):
    middle = (held_by(rank) + held_by(rank + 1)) / 2
    assert rank_at(middle) == rank


@pytest.mark.parametrize("policy", [HOLDS, CODES])
def test_without_an_attack_everybody_gets_in(policy):
    quiet = month(policy, attacked=False, days=10)
    assert 91 < quiet.percent(quiet.first) < 93  # eight of a hundred slip
    assert quiet.percent(quiet.served) > 99.9


def test_where_strangers_hold_cards_a_guesser_locks_out_the_members():
    found = month(HOLDS)
    assert found.guesses < 3 * CARDS * 1.01
    assert found.percent(found.served) < 5


def test_waits_alone_serve_everybody_and_give_accounts_away():
    found = month(WAITS, days=5)
    assert found.percent(found.served) > 99.9
    assert found.entered[EVEN] > 10
    assert found.entered[FILTERED] > 100


def test_the_detector_leaves_a_wide_guesser_sixty_guesses_in_six_hours():
    found = month(CODES)
    assert found.guesses <= 30 * 24 / 6 * 62
    for habit in HABITS:
        assert found.entered[habit] < month(WAITS, days=5).entered[habit] / 4


def test_sending_strangers_away_costs_every_new_device_and_a_code_does_not():
    shut, codes = month(SHUT), month(CODES)
    assert shut.entered == pytest.approx(codes.entered, abs=60)
    assert shut.percent(shut.served) < 90
    assert codes.percent(codes.served) > 99.9
    assert codes.percent(codes.first) > 91


def test_only_a_code_on_every_new_device_leaves_nothing_to_whoever_has_no_mailbox():
    assert sum(month(ALWAYS).entered.values()) == 0
    assert month(ALWAYS).percent(month(ALWAYS).served) > 99.9


def test_a_patient_guesser_stays_below_the_ceiling_and_pins_need_their_filter():
    found = month(CODES, wide=False, days=9)
    assert found.guesses <= 7 * 24 * 60 + 2 * 24 * 240
    assert found.entered[EVEN] < found.entered[FILTERED] < found.entered[FREE] / 10
    assert found.percent(found.served) > 99.9


@pytest.mark.parametrize("policy", [HOLDS, SHUT, CODES, ALWAYS])
def test_the_documents_print_what_comes_of_it(policy):
    told = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    assert siege.row(policy, siege.WIDE, month(policy)) in told
