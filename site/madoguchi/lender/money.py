"""The sections of lender.toml about how money moves: banks, borrowing, debits, ATMs."""

from __future__ import annotations

import re
from collections.abc import Container

from madoguchi.domain.hours import Hours
from madoguchi.rules import BankRule, PageBank, PayoutRules
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


def bank_pages(rows: list[Section]) -> tuple[PageBank, ...]:
    """[[bank_pages]]: the banks of internet repayment, in the order in which members choose."""
    found: dict[str, PageBank] = {}
    for s in rows:
        code = _code(s, found)
        found[code] = PageBank(code, s.text("name"))
        s.done()
    return tuple(found.values())


def _code(s: Section, known: Container[str]) -> str:
    code = s.text("code")
    if not re.fullmatch(r"[0-9]{4}", code, re.ASCII):
        raise s.fault("code", f'must be four digits in quotes such as "0001", not {code!r}')
    if code in known:
        raise s.fault("code", f"stands twice: {code}")
    return code
