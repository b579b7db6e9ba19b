"""A contract's figures brought up to a day that no round has closed yet: deposits first, then the judging."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from madoguchi.domain.present import counted_to
from madoguchi.domain.standing import Standing, advance, draw
from tests.domain.products import CYCLE, WITHOUT_FREE_DAYS

START = date(2026, 11, 2)


def drawn(product, due_day):
    """100,000 yen at 17.8 %, with a due date that runs."""
    return draw(Standing.opened(500_000, 1780, due_day, START), START, 100_000, product)


@pytest.mark.parametrize(("product", "due_day"), [(WITHOUT_FREE_DAYS, 5), (CYCLE, 0)])
def test_a_deposit_meets_the_due_date_before_anybody_is_called_late(product, due_day):
    standing = replace(drawn(product, due_day), deposit=4_000)
    due = standing.running.day
    later = counted_to(standing, due + timedelta(days=2), product)
    assert (later.late_since, later.unmet, later.deposit) == (None, (), 0)
    assert later.accrued_to == due + timedelta(days=2)
    assert later.running.day > due


@pytest.mark.parametrize(("product", "due_day"), [(WITHOUT_FREE_DAYS, 5), (CYCLE, 0)])
def test_a_deposit_that_ends_the_debt_leaves_no_due_date(product, due_day):
    standing = replace(drawn(product, due_day), deposit=200_000)
    later = counted_to(standing, standing.running.day + timedelta(days=40), product)
    assert (later.debt, later.running, later.unmet) == (0, None, ())
    assert later.deposit < 100_000


def test_without_a_deposit_it_is_the_advance_of_days():
    standing = drawn(WITHOUT_FREE_DAYS, 5)
    day = standing.running.day + timedelta(days=3)
    assert counted_to(standing, day, WITHOUT_FREE_DAYS) == advance(standing, day, WITHOUT_FREE_DAYS)
    assert counted_to(standing, day, WITHOUT_FREE_DAYS).late_since is not None
