"""The sections of lender.toml about how money moves: banks, borrowing, debits, ATMs."""

from __future__ import annotations

import re
from collections.abc import Container

from madoguchi.domain.atm import LEGAL_FEES, AtmRules
from madoguchi.domain.hours import Hours
from madoguchi.rules import BankRule, PayoutRules
from madoguchi.sections import Section


def payouts(s: Section) -> PayoutRules:
    """[payouts]: when money arrives, and how long a changed account waits for it."""
    hours = Hours(opens=s.clock("opens"), closes=s.clock("closes"))
    if hours.opens >= hours.closes:
        raise s.fault("closes", "must be later than opens")
    rules = PayoutRules(hours, s.number("changed_account_hours", 0, 720))
    s.done()
    return rules


def banks(rows: list[Section]) -> dict[str, BankRule]:
    """[[banks]]: by their code; one that stands nowhere has hours."""
    found: dict[str, BankRule] = {}
    for s in rows:
        code = _code(s, found)
        name = s.text("name") if s.has("name") else ""
        found[code] = BankRule(code, name, s.flag("around_the_clock"))
        s.done()
    return found


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


def bank_pages(rows: list[Section]) -> tuple[str, ...]:
    """[[bank_pages]]: the banks of internet repayment, in the order in which members choose."""
    found: list[str] = []
    for s in rows:
        found.append(_code(s, found))
        s.done()
    return tuple(found)


def _code(s: Section, known: Container[str]) -> str:
    code = s.text("code")
    if not re.fullmatch(r"[0-9]{4}", code, re.ASCII):
        raise s.fault("code", f'must be four digits in quotes such as "0001", not {code!r}')
    if code in known:
        raise s.fault("code", f"stands twice: {code}")
    return code
