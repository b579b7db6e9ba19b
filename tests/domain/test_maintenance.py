"""The calendar of maintenance: windows of weeks and years, and what lies in them."""

from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from madoguchi.domain.maintenance import JAPAN, Maintenance, Weekly, Yearly, shut_at, windows

SHIPPED = Maintenance(
    (Weekly(0, time(0), timedelta(hours=7)),), (Yearly(1, 1, time(0), timedelta(hours=24)),)
)
LATE = Maintenance((Weekly(6, time(22), timedelta(hours=12)),))


def at(text):
    """A moment in Japan."""
    return datetime.fromisoformat(text).replace(tzinfo=JAPAN)


@pytest.mark.parametrize(
    ("moment", "ends"),
    [
        ("2026-11-22T23:59", None),
        ("2026-11-23T00:00", "2026-11-23T07:00"),  # a holiday is a Monday too
        ("2026-11-23T06:59", "2026-11-23T07:00"),
        ("2026-11-23T07:00", None),
        ("2027-01-01T12:00", "2027-01-02T00:00"),
        ("2029-01-01T03:00", "2029-01-02T00:00"),  # a Monday: both windows are one
        ("2034-01-01T23:00", "2034-01-02T07:00"),  # a Sunday: the Monday's window goes on
    ],
)
def test_the_shipped_calendar_shuts_mondays_until_seven_and_new_years_day(moment, ends):
    found = shut_at(SHIPPED, at(moment))
    assert (found and found.ends) == (ends and at(ends))


def test_a_window_may_run_over_midnight():
    assert shut_at(LATE, at("2026-11-23T09:59")).begins == at("2026-11-22T22:00")
    assert shut_at(LATE, at("2026-11-23T10:00")) is None


def test_a_moment_is_compared_as_a_moment_whatever_its_zone():
    assert shut_at(SHIPPED, datetime.fromisoformat("2026-11-22T15:00+00:00")) is not None


def test_nothing_is_shut_without_a_calendar():
    assert windows(Maintenance(), at("2026-01-01T00:00"), at("2026-12-31T00:00")) == ()


@given(some.datetimes(datetime(2024, 1, 1), datetime(2035, 1, 1)).map(lambda m: m.replace(tzinfo=JAPAN)))
def test_a_moment_is_shut_just_when_a_window_of_its_weeks_holds_it(moment):
    found = windows(SHIPPED, moment - timedelta(days=20), moment + timedelta(days=20))
    holding = [one for one in found if one.begins <= moment < one.ends]
    assert [shut_at(SHIPPED, moment)] == (holding or [None])
    assert all(a.ends < b.begins for a, b in pairwise(found))
