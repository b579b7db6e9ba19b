"""What was typed to find a member is told by its form alone, in any width."""

from datetime import date

import pytest

from madoguchi.domain.finding import By, Wish, understood


@pytest.mark.parametrize(
    ("typed", "by", "value"),
    [
        ("100000019", By.NUMBER, "100000019"),
        ("１０００００-０１９", By.NUMBER, "100000019"),
        ("0014", By.LAST_FOUR, "0014"),
        ("090-0000-0019", By.PHONE, "09000000019"),
        ("０３ー１２３４ー５６７８", By.PHONE, "0312345678"),
        ("1988-06-14", By.BIRTH_DATE, date(1988, 6, 14)),
        ("19880614", By.BIRTH_DATE, date(1988, 6, 14)),
        ("1988年6月14日", By.BIRTH_DATE, date(1988, 6, 14)),
        ("さとう", By.KANA, "サトウ"),
        ("ｻﾄｳ ﾊﾅｺ", By.KANA, "サトウハナコ"),
        ("サトウ　ハナコ", By.KANA, "サトウハナコ"),
        ("ガッキ", By.KANA, "ガッキ"),
    ],
)
def test_each_form_is_known(typed, by, value):
    assert understood(typed) == Wish(by, value)


@pytest.mark.parametrize("typed", ["", " ", "佐藤", "Sato", "12345", "1988-13-01", "%", "サ%"])
def test_what_is_none_of_them_is_nothing(typed):
    assert understood(typed) is None
