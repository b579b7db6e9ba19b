"""Who is meant by a name, a birth date and a number, however they are typed."""

from datetime import date

import pytest

from madoguchi.domain.identity import Claim, Known, plain_number, the_one

NUMBERS = (
    "100000019",
    "１００００００１９",
    "09012345678",
    "090-1234-5678",
    "+81 90 1234 5678",
    "(090)1234-5678",
)
BORN = date(1988, 4, 12)
HANAKO = Known(1, "100000019", "サトウ ハナコ", "090-1234-5678")
OTHER = Known(2, "100000027", "スズキ ハナコ", "090-1234-5678")


def meant(name, number, people=(HANAKO, OTHER)):
    """Who of those born on the day."""
    found = the_one(Claim(name, BORN, number), people)
    return found and found.member_id


@pytest.mark.parametrize(
    "name", ["サトウ ハナコ", "サトウハナコ", "さとう　はなこ", "ｻﾄｳ ﾊﾅｺ", " サトウ  ハナコ "]
)
@pytest.mark.parametrize("number", NUMBERS)
def test_any_width_kana_and_grouping_means_the_same(name, number):
    assert meant(name, number) == 1


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("サトウ ハナエ", "100000019"),
        ("サトウ ハナコ", "100000027"),
        ("サトウ ハナコ", ""),
        ("佐藤", "100000019"),
    ],
)
def test_what_does_not_fit_means_nobody(name, number):
    assert meant(name, number) is None


def test_two_whom_it_fits_are_nobody():
    twin = Known(3, "100000035", "サトウ ハナコ", "09012345678")
    assert meant("サトウ ハナコ", "09012345678", (HANAKO, twin)) is None
    assert meant("サトウ ハナコ", "100000035", (HANAKO, twin)) == 3


def test_a_telephone_that_is_not_known_is_not_meant_by_an_empty_one():
    assert meant("サトウ ハナコ", "-", (Known(1, "100000019", "サトウ ハナコ", ""),)) is None


def test_japans_prefix_is_a_nought():
    assert plain_number("+81-3-1234-5678") == plain_number("03-1234-5678") == "0312345678"
