"""The sections of lender.toml about how money moves: banks, borrowing, debits, ATMs."""

from __future__ import annotations

import re

from madoguchi.rules import PageBank
from madoguchi.sections import Section


def bank_pages(rows: list[Section]) -> tuple[PageBank, ...]:
    """[[bank_pages]]: the banks of internet repayment, in the order in which members choose."""
    found: dict[str, PageBank] = {}
    for s in rows:
        code = s.text("code")
        if not re.fullmatch(r"[0-9]{4}", code, re.ASCII):
            raise s.fault("code", f'must be four digits in quotes such as "0001", not {code!r}')
        if code in found:
            raise s.fault("code", f"stands twice: {code}")
        found[code] = PageBank(code, s.text("name"))
        s.done()
    return tuple(found.values())
