"""The night's quiet: what is due in it waits for the morning, and the day is left as it is."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.quiet import Quiet
from madoguchi.ports import JAPAN

QUIETS = st.builds(
    Quiet,
    st.sampled_from([time(18), time(20, 30), time(21)]),
    st.sampled_from([time(8), time(8, 30), time(10)]),
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(lambda m: m.replace(tzinfo=JAPAN))


@pytest.mark.parametrize(
    ("at", "over"),
    [
        ("20T20:59", "20T20:59"),
        ("20T21:00", "21T08:00"),
        ("21T00:00", "21T08:00"),
        ("21T07:59", "21T08:00"),
        ("21T08:00", "21T08:00"),
        ("30T23:00", "31T08:00"),
    ],
)
def test_what_is_due_at_night_waits_for_the_morning(at, over):
    here = datetime.fromisoformat(f"2026-12-{at}:00+09:00").astimezone(JAPAN)
    assert Quiet().over_at(here) == datetime.fromisoformat(f"2026-12-{over}:00+09:00")


@given(QUIETS, MOMENTS)
def test_a_letter_never_waits_longer_than_the_night_and_never_comes_in_it(quiet, here):
    over = quiet.over_at(here)
    assert here <= over <= here + timedelta(days=1)
    assert quiet.ends <= over.time() < quiet.begins
    assert quiet.over_at(over) == over


def test_the_hours_to_choose_from_are_those_of_the_day():
    assert Quiet().hours == tuple(range(8, 21))
    assert Quiet(time(20, 30), time(8, 30)).hours == tuple(range(9, 21))


@pytest.mark.parametrize(
    ("begins", "ends"), [(time(21, 1), time(8)), (time(21), time(7, 59)), (time(8), time(21))]
)
def test_a_night_shorter_than_the_laws_or_without_a_day_is_refused(begins, ends):
    with pytest.raises(ValueError, match="quiet hours must"):
        Quiet(begins, ends)
