"""Up to which day a due date runs after an outage, and what a contract bears until then."""

from datetime import date, datetime, timedelta

import pytest

from madoguchi.domain import standing as money
from madoguchi.domain.maintenance import JAPAN
from madoguchi.domain.mercy import DueMoved, Shut, is_moved, last_day
from madoguchi.domain.replay import Drawn, Opened, Paid, replay
from tests.domain.products import WITHOUT_FREE_DAYS

DUE = date(2026, 11, 25)  # a Wednesday


def at(day, hour, minute=0):
    """A moment of November 2026 in Japan."""
    return datetime(2026, 11, day, hour, minute, tzinfo=JAPAN)


NOW = at(30, 12)


@pytest.mark.parametrize(
    ("begins", "ends", "until"),
    [
        (at(25, 12), at(25, 18), 25),  # over when the last six hours began
        (at(25, 12), at(25, 18, 1), 26),
        (at(25, 23, 59), at(26, 0, 0), 27),  # the next business day after the 26th
        (at(26, 0), at(26, 9), 25),  # the due date was over
        (at(25, 20), at(27, 3), 30),  # the 28th and 29th are a weekend
        (at(24, 1), at(24, 23), 25),
    ],
)
def test_an_outage_of_the_last_hours_moves_the_due_date_past_the_next_business_day(begins, ends, until):
    assert last_day(DUE, [Shut(begins, ends)], 6, NOW) == date(2026, 11, until)


def test_an_outage_that_is_not_over_counts_up_to_now():
    still = [Shut(at(25, 20), None)]
    assert last_day(DUE, still, 6, at(26, 0, 5)) == date(2026, 11, 27)
    assert last_day(DUE, still, 6, at(28, 0, 5)) == date(2026, 11, 30)


def test_the_day_it_moved_to_is_moved_on_by_the_next_outage():
    twice = [Shut(at(25, 20), at(25, 21)), Shut(at(26, 22), at(26, 23))]
    assert last_day(DUE, twice, 6, NOW) == date(2026, 11, 27)


def test_a_window_of_the_calendar_counts_only_where_it_leaves_none_of_the_last_hours():
    part, whole = Shut(at(25, 22), at(26, 7), regular=True), Shut(at(25, 17), at(26, 1), regular=True)
    assert last_day(DUE, [part], 6, NOW) == DUE
    assert last_day(DUE, [whole], 6, NOW) == date(2026, 11, 27)


def life(*more):
    """A contract with 200,000 drawn on 20 October, due on 25 November, up to 1 December."""
    start = date(2026, 10, 20)
    events = [Opened(start, 0, 500_000, 1780, 25), Drawn(start, 1, 200_000), *more]
    return replay(events, WITHOUT_FREE_DAYS, date(2026, 12, 1))


def test_until_then_it_bears_interest_and_no_damages_and_a_payment_is_in_time():
    standing, splits = life(DueMoved(DUE, 2, date(2026, 11, 27)), Paid(date(2026, 11, 27), 3, 8_000))
    assert (standing.late_since, standing.damages, splits[-1].damages) == (None, 0, 0)
    assert splits[-1].filled == ((date(2026, 11, 27), 8_000),)
    assert standing.running.nominal == date(2026, 12, 25)


def test_whoever_does_not_pay_by_then_is_late_from_the_day_after():
    standing, _ = life(DueMoved(DUE, 2, date(2026, 11, 27)))
    assert standing.late_since == date(2026, 11, 28)
    assert money.days_late(standing, date(2026, 12, 1)) == 4
    assert is_moved(standing.unmet[0])


def test_a_due_date_that_is_met_stays_where_it_is():
    standing, _ = life(Paid(DUE, 2, 8_000), DueMoved(DUE, 3, date(2026, 11, 27)))
    assert standing.running.opens == DUE + timedelta(days=1)
