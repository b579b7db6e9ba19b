"""Another due day: what it does to the next two due dates, shifts to business days included."""

from dataclasses import replace
from datetime import date

import pytest

from madoguchi.domain import due_change
from madoguchi.domain.standing import Standing, advance, draw, pay
from tests.domain.products import SHIPPED

OPENED = date(2026, 11, 1)


def owing(due_day, drawn=date(2026, 11, 20)):
    """A contract with 100,000 yen drawn on a day."""
    return draw(Standing.opened(500_000, 1780, due_day, OPENED), drawn, 100_000, SHIPPED)


def days(turns):
    """(day now, day then) of each."""
    return [(turn.now.day, turn.then.day) for turn in turns]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        # 25 Dec runs on; 15 days later is 9 Jan: the first 5th after it is 5 Feb.
        (25, 5, [("2026-12-25", "2026-12-25"), ("2027-01-25", "2027-02-05")]),
        (25, 15, [("2026-12-25", "2026-12-25"), ("2027-01-25", "2027-01-15")]),
        # The 31st of January is a Sunday: the due date falls on the 1st of February.
        (25, 31, [("2026-12-25", "2026-12-25"), ("2027-01-25", "2027-02-01")]),
        # Drawn on the 20th, due day 5: the month after the next; 5 Jan is a business day.
        (5, 25, [("2027-01-05", "2027-01-05"), ("2027-02-05", "2027-01-25")]),
    ],
)
def test_the_running_due_date_stays_and_the_next_moves(before, after, told):
    found = due_change.effect(owing(before), date(2026, 11, 21), after, SHIPPED)
    assert days(found) == [tuple(map(date.fromisoformat, pair)) for pair in told]


def test_what_is_told_is_what_comes():
    standing, after = owing(25), 5
    turns = due_change.effect(standing, date(2026, 11, 21), after, SHIPPED)
    changed = replace(standing, pending_due_day=after)
    for turn in turns:
        assert advance(changed, turn.then.day, SHIPPED).running.day == turn.then.day
        changed, _ = pay(changed, turn.then.day, 4_000, SHIPPED)


def test_a_due_date_that_is_met_is_passed_over():
    met, _ = pay(owing(25), date(2026, 12, 1), 4_000, SHIPPED)
    assert met.running.met
    found = due_change.effect(met, date(2026, 12, 1), 5, SHIPPED)
    assert days(found)[0] == (date(2027, 1, 25), date(2027, 2, 5))
    assert found[0].later == 11


def test_where_nothing_is_owed_no_due_date_runs():
    assert due_change.effect(Standing.opened(500_000, 1780, 25, OPENED), OPENED, 5, SHIPPED) == ()


def test_a_day_that_is_not_offered_is_an_error():
    with pytest.raises(ValueError, match="no due day 7"):
        due_change.effect(owing(25), date(2026, 11, 21), 7, SHIPPED)
