"""lender.toml on contracts opened at the desk, and on how long personal data is kept."""

import pytest

from madoguchi.lender import load
from madoguchi.sections import RulesError
from tests import people

SHIPPED = (people.ROOT / "lender.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "to", "told"),
    [
        ("youngest = 20", "youngest = 17", "contracts.youngest must lie between 18 and 100"),
        ('card_prefix = "99901102"', 'card_prefix = "9990-11"', "contracts.card_prefix must be digits alone"),
        ('card_prefix = "99901102"', 'card_prefix = "9990110212345"', "leaves no room for cards"),
        ("card_digits = 16", "card_digits = 14", "contracts.card_digits must be one of sign_in.card_digits"),
        ("call_in_days = 61", "call_in_days = 60", "contracts.call_in_days must lie between 61"),
        ("books_years = 10", "books_years = 9", "retention.books_years must lie between 10"),
        ("letters_days = 1095", "", "retention.letters_days is missing"),
    ],
)
def test_what_cannot_be_is_told_with_its_key(tmp_path, line, to, told):
    assert f"\n{line}" in SHIPPED
    file = tmp_path / "lender.toml"
    file.write_text(SHIPPED.replace(f"\n{line}", f"\n{to}"), encoding="utf-8")
    with pytest.raises(RulesError, match=told):
        load(file)
