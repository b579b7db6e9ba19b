"""The sections of lender.toml about how money moves: banks, borrowing, debits, ATMs."""

from __future__ import annotations

from madoguchi.domain.atm import LEGAL_FEES, AtmRules
from madoguchi.sections import Section


def atm(s: Section) -> AtmRules:
    """Read [atm]; fees above what the law allows are refused."""
    small, large = LEGAL_FEES
    rules = AtmRules(
        company=s.text("company"),
        notes=s.number("notes", 1000, 10_000),
        daily=s.number("daily", 1000, 10**7),
        most_in=s.number("most_in", 1000, 10**7),
        fee_small=s.number("fee_small", 0, small),
        fee_large=s.number("fee_large", 0, large),
        link_minutes=s.number("link_minutes", 1, 60),
        confirm_minutes=s.number("confirm_minutes", 1, 60),
        skew_seconds=s.number("skew_seconds", 5, 300),
    )
    if not (rules.company.isascii() and rules.company.isdigit() and len(rules.company) == 4):
        raise s.fault("company", "must be four digits")
    s.done()
    return rules
