"""When a guess may be made, walked on a clock that is moved by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from madoguchi.domain.lockout import LockRules, Tally, Wait, give_back, take

RULES = LockRules(3, 5, (0, 0, 60, 300, 1800, 7200, 43_200, 86_400), 10, 24, 100, 7, False)
START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
WAITS = [0, 0, 60, 300, 1800, 7200, 43_200, 86_400, 86_400, 86_400, 86_400]


def failures(number, now=START):
    """A tally after so many failures, each made as soon as it was allowed, and the moment of the last."""
    tally = None
    for _ in range(number):
        now = max(now, tally.opens_at) if tally else now
        tally = take(RULES, tally, now)
    return tally, now


@pytest.mark.parametrize(("number", "seconds"), list(enumerate(WAITS, 1)))
def test_each_failure_of_strangers_waits_by_the_table(number, seconds):
    tally, last = failures(number)
    assert tally == Tally(number, last, last + timedelta(seconds=seconds))


def test_a_guess_made_while_waiting_neither_counts_nor_lengthens():
    tally, last = failures(3)
    assert take(RULES, tally, last + timedelta(seconds=59)) == Wait(tally.opens_at)
    assert take(RULES, tally, last + timedelta(seconds=60)).fails == 4


def test_ten_failures_pause_the_way_in_for_a_day():
    tally, last = failures(10)
    assert take(RULES, tally, last + timedelta(hours=23)) == Wait(last + timedelta(hours=24))
    assert take(RULES, tally, last + timedelta(hours=24)).fails == 11


def test_a_hundred_failures_stop_it_until_staff_even_after_a_year():
    tally, last = failures(100)
    assert tally.stopped
    assert take(RULES, tally, last + timedelta(days=365)) == Wait(None)


def test_seven_quiet_days_forget_the_failures():
    tally, last = failures(6)
    assert take(RULES, tally, last + timedelta(days=7)).fails == 1
    assert take(RULES, tally, last + timedelta(days=7, seconds=-1)).fails == 7


def test_a_guess_that_was_never_compared_leaves_all_as_it_was():
    before, last = failures(4)
    mine = take(RULES, before, last + timedelta(hours=1))
    assert give_back(RULES, mine, before, mine) == before
    assert give_back(RULES, take(RULES, None, START), None, take(RULES, None, START)) is None


def test_giving_back_takes_only_ones_own_failure_off_the_others():
    mine = take(RULES, None, START)
    others = take(RULES, take(RULES, mine, START), START)  # a third failure: the minute's wait runs
    left = give_back(RULES, others, None, mine)
    assert (left.fails, left.opens_at) == (2, START)
