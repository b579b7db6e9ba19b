"""Sums under a history, and the days at which its balance is read."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.history import reading_days, totals
from madoguchi.domain.ledger import EntryKind as Kind

TODAY = date(2026, 11, 20)


def test_a_deposit_counts_as_paid_once_when_it_came():
    entries = [
        (Kind.REPAYMENT, 12_000, 500, 0),
        (Kind.DEPOSIT_USED, 2_000, 30, 4),
        (Kind.DRAWDOWN, 7_000, 0, 0),
    ]
    summed = totals(entries)
    assert (summed.count, summed.drawn, summed.paid) == (3, 7_000, 12_000)
    assert (summed.interest, summed.damages) == (530, 4)


def test_what_was_waived_was_not_paid():
    assert totals([(Kind.WAIVER, 0, 900, 80)]).interest == 0


def test_over_many_months_the_ends_of_months_are_read_and_today():
    assert list(reading_days(date(2026, 7, 9), TODAY, 24)) == [
        date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31), TODAY,
    ]  # fmt: skip


@given(st.integers(0, 20_000), st.integers(2, 30))
def test_no_more_days_than_asked_rising_and_ending_with_the_last(span, most):
    days = reading_days(TODAY - timedelta(days=span), TODAY, most)
    assert list(days) == sorted(set(days))
    assert days[-1] == TODAY
    assert len(days) <= most
