"""The law about limits: a third of the income over all lenders, and when the income has to be proved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.limit_change import refused, third

YEN = st.integers(0, 20_000_000)


@pytest.mark.parametrize(
    ("income", "other", "here", "most"),
    [
        (3_000_000, 0, 0, 1_000_000),
        (3_029_999, 0, 0, 1_000_000),
        (3_030_000, 0, 0, 1_010_000),
        (3_000_000, 400_001, 0, 590_000),
        (3_000_000, 200_000, 300_000, 500_000),
        (0, 0, 0, 0),
        (1_000_000, 900_000, 0, 0),
    ],
)
def test_the_most_is_a_third_less_what_is_owed_elsewhere_in_whole_units(income, other, here, most):
    assert third(500_000, income, other, here, 10_000).most == most


@pytest.mark.parametrize(
    ("wished", "other", "here", "proof"),
    [
        (500_000, 500_000, 0, False),
        (510_000, 0, 0, True),
        (500_000, 500_001, 0, True),
        (300_000, 0, 200_000, False),
        (300_000, 0, 210_000, True),
        (100_000, 900_000, 0, False),
    ],
)
def test_income_is_proved_above_500_000_here_or_1_000_000_in_all(wished, other, here, proof):
    assert third(wished, 9_000_000, other, here, 10_000).proof is proof


@given(wished=YEN, income=YEN, other=YEN, here=YEN)
def test_what_fits_never_exceeds_a_third_with_all_debts(wished, income, other, here):
    found = third(wished, income, other, here, 10_000)
    if found.fits and wished:
        assert wished + other + here <= income // 3


def test_the_law_on_amounts_is_told_before_the_missing_paper():
    too_much = third(1_000_000, 1_000_000, 0, 0, 10_000)
    assert [refused(too_much, proven).code for proven in (True, False)] == ["A-14", "A-14"]
    fine = third(600_000, 3_000_000, 0, 0, 10_000)
    assert (refused(fine, True), refused(fine, False).code) == (None, "A-15")
