"""How much may be borrowed: what the limit leaves, what the law leaves, and which of them is told."""

from dataclasses import replace
from datetime import date

import pytest

from madoguchi.domain.borrowing import arrives_on, forbidden_by_law, refused, room
from madoguchi.domain.state import Standing

UNIT = 1_000
CONTRACT = Standing.opened(500_000, 1_780, 25, date(2026, 1, 5))


def owing(principal, coming=0):
    """A contract of 500,000 yen with so much owed, and so much on its way."""
    on_its_way = ((date(2026, 11, 24), coming),) if coming else ()
    return replace(CONTRACT, principal=principal, coming=on_its_way)


@pytest.mark.parametrize(
    ("principal", "coming", "income", "others", "most", "code"),
    [
        (0, 0, 4_200_000, 0, 500_000, "B-05"),
        (231_844, 0, 4_200_000, 0, 268_000, "B-05"),
        (231_844, 268_156, 4_200_000, 0, 0, "B-05"),
        (0, 300_000, 4_200_000, 0, 200_000, "B-05"),
        (500_000, 0, 4_200_000, 0, 0, "B-05"),
        (510_000, 0, 4_200_000, 0, 0, "B-05"),  # the limit was lowered below what is owed
        (
            0,
            0,
            1_500_000,
            0,
            500_000,
            "B-05",
        ),  # exactly a third: the limit is told, which allows no more either
        (0, 0, 1_499_999, 0, 499_000, "B-06"),
        (100_000, 0, 900_000, 150_000, 50_000, "B-06"),
        (100_000, 100_000, 900_000, 150_000, 0, "B-06"),
        (0, 0, 900_000, 400_000, 0, "B-06"),
        (0, 0, 0, 0, 0, "B-07"),
    ],
)
def test_the_stricter_of_limit_and_law_is_told(principal, coming, income, others, most, code):
    found = room(owing(principal, coming), income, others, UNIT)
    assert (found.most, found.bound.code) == (most, code)
    assert refused(owing(principal, coming), most + UNIT, income, others, UNIT) == found.bound
    if most:
        assert refused(owing(principal, coming), most, income, others, UNIT) is None


@pytest.mark.parametrize(("limit", "rate"), [(99_000, 2_001), (500_000, 1_801), (1_000_000, 1_501)])
def test_a_rate_above_the_cap_of_its_limit_lends_nothing(limit, rate):
    lawful = replace(CONTRACT, limit=limit, rates=((date(2026, 1, 5), rate - 1),))
    unlawful = replace(lawful, rates=((date(2026, 1, 5), rate),))
    assert refused(lawful, 1_000, 9_000_000, 0, UNIT) is None
    assert refused(unlawful, 1_000, 9_000_000, 0, UNIT).code == "B-08"
    assert forbidden_by_law(unlawful, 1_000, 9_000_000, 0).code == "B-08"


def test_the_law_says_nothing_of_the_limit():
    assert forbidden_by_law(owing(499_000), 9_000, 4_200_000, 0) is None
    assert forbidden_by_law(owing(499_000), 902_000, 4_200_000, 0).code == "B-06"


@pytest.mark.parametrize(
    ("today", "around_the_clock", "arrives"),
    [
        ("2026-11-20", True, "2026-11-20"),
        ("2026-11-21", True, "2026-11-21"),
        ("2026-11-19", False, "2026-11-20"),
        ("2026-11-20", False, "2026-11-24"),  # a Friday before a holiday on Monday
        ("2026-12-30", False, "2027-01-04"),
    ],
)
def test_money_arrives_today_or_on_the_next_business_day(today, around_the_clock, arrives):
    assert str(arrives_on(date.fromisoformat(today), around_the_clock)) == arrives
