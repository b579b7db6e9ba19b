"""Which backups are kept."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.retention import Keep, kept
from madoguchi.ports import JAPAN

START = datetime(2026, 1, 1, 3, 0, tzinfo=JAPAN)
DAILY = [START + timedelta(days=n) for n in range(400)]


def test_a_year_of_nights_leaves_days_weeks_and_months():
    left = kept(DAILY, Keep(7, 5, 12))
    assert set(DAILY[-7:]) <= left
    assert len({(at.year, at.month) for at in left}) == 12
    assert len(left) <= 7 + 5 + 12


def test_of_a_day_with_several_the_newest_is_kept():
    noon, later = START + timedelta(hours=9), START + timedelta(days=3)
    assert kept([START, noon, later], Keep(7, 0, 0)) == {noon, later}


def test_all_of_the_last_day_are_kept():
    noon = START + timedelta(hours=9)
    assert kept([START, noon], Keep(1, 0, 0)) == {START, noon}


@given(
    st.lists(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), max_size=40),
    st.integers(0, 9),
    st.integers(0, 9),
    st.integers(0, 9),
)
def test_the_newest_is_always_kept_and_keeping_twice_keeps_the_same(found, days, weeks, months):
    moments, keep = [at.replace(tzinfo=JAPAN) for at in found], Keep(days, weeks, months)
    once = kept(moments, keep)
    assert (not moments) or max(moments) in once
    assert kept(once, keep) == once
