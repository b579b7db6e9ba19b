"""What stands against a new contract, and the numbers that it goes by."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.atm import with_check
from madoguchi.domain.numbers import card_number, member_number
from madoguchi.domain.screening import Bounds, Obstacle, age_on, obstacles, papers_needed, room_for
from madoguchi.services.cast import CAST

TODAY = date(2026, 11, 20)
BOUNDS = Bounds(10_000, 5_000_000, 10_000, 20)
ADULT = date(1990, 1, 1)


@pytest.mark.parametrize(
    ("born", "limit", "income", "others", "papers", "found"),
    [
        (ADULT, 500_000, 1_500_000, 0, False, []),
        (ADULT, 500_000, 1_499_999, 0, False, [Obstacle.THIRD]),
        (ADULT, 500_000, 3_000_000, 500_000, False, []),
        (ADULT, 500_000, 3_000_000, 500_001, False, [Obstacle.THIRD, Obstacle.PAPERS]),
        (ADULT, 510_000, 3_000_000, 0, False, [Obstacle.PAPERS]),
        (ADULT, 510_000, 3_000_000, 0, True, []),
        (ADULT, 5_000, 3_000_000, 0, False, [Obstacle.LOW, Obstacle.UNIT]),
        (ADULT, 5_010_000, 30_000_000, 0, True, [Obstacle.HIGH]),
        (date(2006, 11, 20), 100_000, 3_000_000, 0, False, []),
        (date(2006, 11, 21), 100_000, 3_000_000, 0, False, [Obstacle.YOUNG]),
    ],
)
def test_the_law_and_the_lender_forbid(born, limit, income, others, papers, found):
    assert obstacles(born, TODAY, limit, income, others, papers, BOUNDS) == found


def test_somebody_born_on_a_leap_day_is_older_on_the_first_of_march():
    assert age_on(date(2026, 2, 28), date(2004, 2, 29)) == 21
    assert age_on(date(2026, 3, 1), date(2004, 2, 29)) == 22


@given(st.integers(0, 10**8), st.integers(0, 10**8))
def test_no_limit_within_the_room_is_above_a_third_beside_the_others(income, others):
    room = room_for(income, others)
    assert room == 0 or (room + others) * 3 <= income
    assert papers_needed(500_001, others)


@pytest.mark.parametrize("persona", CAST, ids=lambda one: one.key)
def test_the_check_digit_is_that_of_the_numbers_that_exist(persona):
    assert member_number(int(persona.member.number[:8])) == persona.member.number


def test_numbers_have_their_lengths_and_a_series_ends():
    assert len(member_number(20_000_000)) == 9
    card = card_number("99901102", 1, 16)
    assert (len(card), card) == (16, with_check(card[:-1]))
    with pytest.raises(ValueError, match="used up"):
        card_number("99901102", 10**7, 16)
    with pytest.raises(ValueError, match="eight digits"):
        member_number(10**8)
