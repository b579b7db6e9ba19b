"""Business days, month ends, and days by the length of their year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.days import (
    days_in_year,
    end_of_month,
    in_month,
    is_business_day,
    next_business_day,
    split_by_year_length,
)

DAYS = st.dates(date(1999, 1, 1), date(2101, 12, 31))


@pytest.mark.parametrize(
    ("day", "next_one"),
    [
        (date(2026, 11, 5), date(2026, 11, 5)),
        (date(2026, 12, 5), date(2026, 12, 7)),
        (date(2026, 12, 31), date(2027, 1, 4)),
        (date(2027, 1, 31), date(2027, 2, 1)),
        (date(2026, 5, 3), date(2026, 5, 7)),
        (date(2026, 9, 21), date(2026, 9, 24)),
        (date(2028, 1, 1), date(2028, 1, 4)),
        (date(2024, 2, 12), date(2024, 2, 13)),
    ],
)
def test_a_day_of_rest_gives_way_to_the_next_business_day(day, next_one):
    assert next_business_day(day) == next_one
    assert is_business_day(day) == (day == next_one)


@given(DAYS)
def test_a_business_day_is_at_most_eleven_days_away(day):
    found = next_business_day(day)
    assert day <= found <= day + timedelta(days=11)
    assert is_business_day(found)


def test_month_ends_know_leap_years():
    ends = [end_of_month(date(year, 2, 10)).day for year in (2026, 2028, 2100, 2000)]
    assert ends == [28, 29, 28, 29]
    assert end_of_month(date(2026, 12, 31)) == date(2026, 12, 31)


def test_a_day_in_a_month_is_clipped_and_months_run_on():
    assert in_month(2026, 2, 31) == date(2026, 2, 28)
    assert in_month(2026, 13, 5) == date(2027, 1, 5)
    assert in_month(2026, 24, 31) == date(2027, 12, 31)


@given(DAYS, st.integers(0, 1500))
def test_splitting_by_year_length_counts_each_day_in_its_own_year(start, length):
    end = start + timedelta(days=length)
    days = [start + timedelta(days=n) for n in range(1, length + 1)]
    leap = sum(days_in_year(day.year) == 366 for day in days)
    assert split_by_year_length(start, end) == (length - leap, leap)


def test_the_turn_of_a_year_divides_at_new_years_eve():
    assert split_by_year_length(date(2027, 12, 21), date(2028, 1, 10)) == (10, 10)
    with pytest.raises(ValueError, match="end before"):
        split_by_year_length(date(2027, 1, 2), date(2027, 1, 1))
