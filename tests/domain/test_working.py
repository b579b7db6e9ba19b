"""The desk's clocks run only while questions are read."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.hours import Hours
from madoguchi.domain.working import after_working, working_time
from madoguchi.ports import JAPAN

HOURS = Hours()
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 31)).map(lambda at: at.replace(tzinfo=JAPAN))
SPANS = st.integers(0, 60 * 60).map(lambda minutes: timedelta(minutes=minutes))


def at(month, day, hour, minute=0):
    """A moment of 2026 in Japan."""
    return datetime(2026, month, day, hour, minute, tzinfo=JAPAN)


@pytest.mark.parametrize(
    ("since", "until", "minutes"),
    [
        (at(11, 20, 10), at(11, 20, 12, 30), 150),
        (at(11, 20, 20), at(11, 24, 10), 120),  # over a long weekend
        (at(11, 20, 22), at(11, 24, 8), 0),
        (at(11, 21, 0), at(11, 23, 23), 0),  # Saturday to a holiday
        (at(11, 20, 12), at(11, 20, 10), 0),
        (at(11, 24, 7), at(11, 26, 7), 24 * 60),
    ],
)
def test_only_time_within_the_hours_counts(since, until, minutes):
    assert working_time(HOURS, since, until) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("since", "hours", "then"),
    [
        (at(11, 20, 10), 2, at(11, 20, 12)),
        (at(11, 20, 20), 2, at(11, 24, 10)),
        (at(11, 21, 3), 0, at(11, 24, 9)),
        (at(11, 20, 9), 12, at(11, 20, 21)),
        (at(12, 30, 20), 2, datetime(2027, 1, 4, 10, tzinfo=JAPAN)),
    ],
)
def test_a_promise_of_hours_ends_within_the_hours(since, hours, then):
    assert after_working(HOURS, since, timedelta(hours=hours)) == then


@given(MOMENTS, SPANS)
def test_just_the_span_has_passed_when_it_ends(since, span):
    end = after_working(HOURS, since, span)
    assert end >= since
    assert working_time(HOURS, since, end) == span


@given(MOMENTS, MOMENTS, MOMENTS)
def test_time_adds_up(one, two, three):
    first, second, third = sorted((one, two, three))
    parts = working_time(HOURS, first, second) + working_time(HOURS, second, third)
    assert parts == working_time(HOURS, first, third)
