"""The sections of lender.toml about the files that go to the lender's own bank and come from it."""

from __future__ import annotations

import re

from madoguchi.domain.bank_file import Account, Owner
from madoguchi.domain.kana import KanaError, bank_kana
from madoguchi.domain.zengin import LINE_END
from madoguchi.rules import BankFiles, DebitRules
from madoguchi.sections import Section

_ENDS = {"crlf": LINE_END, "none": b""}


def bank_files(s: Section) -> BankFiles:
    """[bank_files]: whose files they are."""
    name = _kana(s, "name")
    debits, transfers = _digits(s, "debit_code", 10), _digits(s, "transfer_code", 10)
    account = Account(
        _digits(s, "bank", 4), _digits(s, "branch", 3), s.number("kind", 1, 2), _digits(s, "number", 7)
    )
    files = BankFiles(
        Owner(debits, name, account),
        Owner(transfers, name, account),
        _ENDS[s.choice("line_end", tuple(_ENDS))],
    )
    s.done()
    return files


def debit(s: Section) -> DebitRules:
    """[debit]: when files are made."""
    rules = DebitRules(s.number("days_before", 1, 10), s.number("answer_days", 1, 10))
    s.done()
    return rules


def _kana(s: Section, key: str) -> str:
    try:
        return bank_kana(s.text(key))
    except KanaError as fault:
        raise s.fault(key, f"cannot stand in a bank file: {fault.letter!r}") from None


def _digits(s: Section, key: str, count: int) -> str:
    found = s.text(key)
    if not re.fullmatch(rf"[0-9]{{{count}}}", found, re.ASCII):
        raise s.fault(key, f"must be {count} digits in quotes, not {found!r}")
    return found
