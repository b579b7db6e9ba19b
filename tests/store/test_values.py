"""Days and moments survive the database exactly."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.ports import JAPAN
from madoguchi.store import values


@given(st.dates())
def test_a_day_comes_back_as_it_went(day):
    assert values.day_in(values.day_out(day)) == day


@given(st.dates(), st.dates())
def test_stored_days_sort_as_days_do(one, other):
    assert (values.day_out(one) < values.day_out(other)) == (one < other)


@given(st.datetimes(min_value=datetime(1901, 1, 1), max_value=datetime(2199, 1, 1)))
def test_a_moment_comes_back_to_the_microsecond(moment):
    here = moment.replace(tzinfo=JAPAN)
    assert values.moment_in(values.moment_out(here)) == here


def test_a_moment_without_its_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        values.moment_out(datetime(2026, 11, 20))


def test_nothing_stays_nothing():
    assert values.day_out(None) is values.day_in(None) is values.moment_out(None) is values.moment_in(None)


def test_what_is_no_day_is_refused():
    assert values.day_in(20260228) == date(2026, 2, 28)
    with pytest.raises(ValueError):
        values.day_in(20260231)
    assert values.moment_in(0) == datetime(1970, 1, 1, tzinfo=UTC)
