"""The sections of lender.toml about contracts opened at the desk, and how long personal data is kept."""

from __future__ import annotations

from madoguchi.domain.keeping import ContractRules, RetentionRules
from madoguchi.sections import Section


def contracts(s: Section) -> ContractRules:
    made = ContractRules(
        youngest=s.number("youngest", 18, 100),
        limit_unit=s.number("limit_unit", 1, 1_000_000),
        member_from=s.number("member_from", 1, 99_999_999),
        card_prefix=s.text("card_prefix"),
        card_digits=s.number("card_digits", 10, 19),
        call_in_days=s.number("call_in_days", 61, 3650),
    )
    if not (made.card_prefix.isascii() and made.card_prefix.isdigit()):
        raise s.fault("card_prefix", "must be digits alone")
    if made.card_digits - len(made.card_prefix) < 4:
        raise s.fault("card_prefix", "leaves no room for cards; shorten it or raise card_digits")
    s.done()
    return made


def retention(s: Section) -> RetentionRules:
    made = RetentionRules(
        books_years=s.number("books_years", 10, 100),
        letters_days=s.number("letters_days", 30, 36_500),
        sign_ins_days=s.number("sign_ins_days", 30, 36_500),
        requests_days=s.number("requests_days", 30, 36_500),
    )
    s.done()
    return made
