"""Bars stand on the axis, side by side, and never leave the drawing."""

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.bar_chart import bars

TODAY = date(2026, 11, 20)
YEN = st.integers(-1000, 10**10)


def days(*pairs):
    """So many days up to today."""
    return [(TODAY - timedelta(days=len(pairs) - 1 - n), *pair) for n, pair in enumerate(pairs)]


def test_nothing_moved_draws_nothing():
    assert bars(days((0, 0), (0, 0))) is None


def test_the_highest_amount_of_a_round_axis_reaches_the_top():
    chart = bars(days((30_000, 0), (0, 10_000)))
    assert chart.first == "M0.0 100V0.0H150.0V100Z"
    assert chart.second.startswith("M650.0 100V66.6")
    assert [words for _, words in chart.rules] == ["3万円", "2万円", "1万円", ""]


@given(st.lists(st.tuples(YEN, YEN), min_size=1, max_size=60))
def test_every_number_lies_inside_the_drawing(pairs):
    if (chart := bars(days(*pairs))) is None:
        return
    for path in (chart.first, chart.second):
        assert all(0 <= float(x) <= 1000 for x in re.findall(r"[MH]([\d.-]+)", path))
        assert all(0 <= float(y) <= 100 for y in re.findall(r"V([\d.-]+)", path))
