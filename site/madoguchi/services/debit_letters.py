"""What a member is told of a debit's result."""

from __future__ import annotations

from datetime import date

from madoguchi.domain.debit_file import Result
from madoguchi.domain.debits import EFFECTS
from madoguchi.domain.letters import Kind
from madoguchi.domain.money import format_yen
from madoguchi.services import letters
from madoguchi.services.books import Posted
from madoguchi.services.office import Office
from madoguchi.store.entries import Entry


def paid(office: Office, member_id: int, on: date, done: Posted) -> None:
    """That it was paid, what it covered, and which receipts changed by it."""
    entry = done.entry
    facts: dict[str, letters.Fact] = {
        "on": _day(on),
        "amount": _yen(entry.amount),
        "fees": _yen(entry.fees),
        "damages": _yen(entry.damages),
        "interest": _yen(entry.interest),
        "principal": _yen(entry.principal),
        "deposit": _yen(entry.deposit),
        "balance": _yen(done.standing.balance),
        "corrected": "、".join(map(_corrected, done.corrected)),
    }
    letters.write(office, Kind.DEBIT_PAID, facts, member_id=member_id)


def failed(office: Office, member_id: int, on: date, amount: int, result: Result) -> None:
    """That it was not paid, why, and what to do."""
    effect = EFFECTS[result]
    facts: dict[str, letters.Fact] = {
        "on": _day(on),
        "amount": _yen(amount),
        "told": effect.told,
        "then": effect.then,
    }
    letters.write(office, Kind.DEBIT_FAILED, facts, member_id=member_id)


def ends_mandate(result: Result) -> bool:
    """Whether no further debit can be asked for after this result."""
    return EFFECTS[result].ends_mandate


def _corrected(entry: Entry) -> str:
    return f"{_day(entry.value_date)}の{_yen(entry.amount)}"


def _day(on: date) -> str:
    return f"{on.month}月{on.day}日"


def _yen(amount: int) -> str:
    return f"{format_yen(amount)}円"
