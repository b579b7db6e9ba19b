"""What a member is told of a debit's result."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from madoguchi.domain.debit_file import Result
from madoguchi.domain.debits import EFFECTS
from madoguchi.domain.letters import Kind
from madoguchi.domain.money import format_yen
from madoguchi.services import corrections, letters
from madoguchi.services.books import Posted
from madoguchi.services.office import Office
from madoguchi.store.entries import Entry


def paid(office: Office, member_id: int, on: date, done: Posted) -> None:
    """That it was paid, what it covered as its receipt has it, and which receipts changed by it."""
    letters.write(office, Kind.DEBIT_PAID, payment_facts(on, done), member_id=member_id)


def payment_facts(on: date, done: Posted) -> dict[str, letters.Fact]:
    """What a payment of a day covered as its receipt has it, and which receipts changed by it."""
    entry = done.entry
    return {
        "on": corrections.day(on),
        "amount": format_yen(entry.amount),
        "fees": format_yen(entry.fees),
        "damages": format_yen(entry.damages),
        "interest": format_yen(entry.interest),
        "principal": format_yen(entry.principal),
        "deposit": format_yen(entry.deposit),
        "balance": format_yen(entry.balance),
        "corrected": corrections.in_words(done.corrected),
    }


def failed(
    office: Office, member_id: int, on: date, amount: int, result: Result, anew: Iterable[Entry]
) -> None:
    """That it was not paid, why, what to do, and which payments were split anew by it."""
    effect = EFFECTS[result]
    facts: dict[str, letters.Fact] = {
        "on": corrections.day(on),
        "amount": format_yen(amount),
        "told": effect.told,
        "then": effect.then,
        "corrected": corrections.in_words(anew),
    }
    letters.write(office, Kind.DEBIT_FAILED, facts, member_id=member_id)


def ends_mandate(result: Result) -> bool:
    """Whether no further debit can be asked for after this result."""
    return EFFECTS[result].ends_mandate
