"""Steps of a balance as an SVG path."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain import chart


def test_the_line_is_level_between_entries_and_never_slopes():
    drawn = chart.steps([(0, 150_000), (10, 300_000), (40, 0)], 100)
    assert drawn.line == "M0 50.0H100.0V0.0H400.0V100.0H1000"
    assert drawn.area == "M0 100V50.0H100.0V0.0H400.0V100.0H1000V100Z"


def test_the_axis_starts_at_zero_and_has_at_most_four_rules_with_round_words():
    assert chart.steps([(0, 267_555)], 1).rules == (
        ("0.0", "30万円"), ("29.3", "20万円"), ("58.6", "10万円"), ("88.0", ""),
    )  # fmt: skip
    assert [words for _, words in chart.steps([(0, 640)], 1).rules] == ["1,000円", "500円", ""]


def test_nothing_owed_and_no_time_passed_are_no_picture():
    assert chart.steps([(0, 0), (5, 0)], 9) is None
    assert chart.steps([(3, 100)], 3) is None
    assert chart.over_days([], date(2026, 11, 20)) is None


def test_the_months_under_it_are_at_most_five_and_keep_apart():
    dates = chart.over_days([(date(2025, 9, 18), 1)], date(2026, 11, 20)).dates
    assert [words for _, words, _ in dates] == ["2025年9月", "1月", "5月", "11月"]
    assert [anchor for *_, anchor in dates] == ["start", "middle", "middle", "end"]


@given(st.lists(st.integers(1, 9_999_999), min_size=1, max_size=40), st.integers(1, 3000))
def test_every_height_stands_inside_the_picture(balances, rest):
    drawn = chart.steps(list(enumerate(balances)), len(balances) + rest)
    heights = [float(part.split("H")[0]) for part in drawn.area.split("V")[1:-1]]
    assert all(0 <= height <= 100 for height in heights)
    assert len(drawn.rules) <= chart.MOST_RULES + 1
