"""What was agreed and when, as rows that are added and never changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out, moment_out

COLUMNS: Final = ("contract_id", "after_seq", "kind", "agreed_on", "value", "cause", "recorded_at")

# Kinds; the value is yen, hundredths of a percent, a day (20261120), a number of days, or 0 and 1.
LIMIT: Final = "limit"
RATE: Final = "rate"
DUE_DAY: Final = "due_day"
FIRST_CONTRACT: Final = "first_contract"
FREE_DAYS: Final = "free_days"
DEBIT_FILED: Final = "debit_filed"  # the value is the due date whose debit went to the bank on agreed_on
DEBIT_ANSWERED: Final = "debit_answered"  # agreed_on and value are the due date, whenever the answer came
DUE_MOVED: Final = "due_moved"  # agreed_on is the due date, the value its new day; the cause names the outage
CALLED_IN: Final = "called_in"  # the whole debt became due at once on agreed_on; the value is 0
# What an imported contract brings along besides the figures of its opening entry.
SETTLED_TO: Final = "settled_to"
MINIMUM: Final = "minimum"
NEXT_DUE: Final = "next_due"  # nominal
FILLED: Final = "filled"
UNMET: Final = "unmet"  # agreed_on is the nominal due date, the value what is left of it
FREE_UNTIL: Final = "free_until"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing agreed after the entry numbered after_seq (0 at the opening)."""

    contract_id: int
    after_seq: int
    kind: str
    agreed_on: date
    value: int
    cause: str


_STREAM: Final = (
    "SELECT contract_id, after_seq, kind, agreed_on, value, cause FROM term "
    "WHERE contract_id BETWEEN ? AND ? ORDER BY contract_id, id"
)


def append(store: Store, terms: Sequence[Term], recorded_at: datetime) -> None:
    """Write terms in the order they were agreed."""
    store.insert_many("term", COLUMNS, [term_row(term, recorded_at) for term in terms])


def term_row(term: Term, recorded_at: datetime) -> tuple[Any, ...]:
    """Return the values of COLUMNS."""
    return (
        term.contract_id, term.after_seq, term.kind, day_out(term.agreed_on), term.value, term.cause,
        moment_out(recorded_at),
    )  # fmt: skip


def moved_dues(store: Store, contract_id: int) -> list[tuple[date, date, str]]:
    """Return (the day a due date was on, the day it moved to, cause) of a contract, as they were noted."""
    sql = "SELECT agreed_on, value, cause FROM term WHERE contract_id = ? AND kind = ? ORDER BY id"
    return [(day_in(due), day_in(to), cause) for due, to, cause in store.rows(sql, (contract_id, DUE_MOVED))]


def last_of(store: Store, contract_id: int, kind: str) -> date | None:
    """Return the day on which a kind of thing was agreed last."""
    sql = "SELECT agreed_on FROM term WHERE contract_id = ? AND kind = ? ORDER BY id DESC LIMIT 1"
    row = store.one(sql, (contract_id, kind))
    return day_in(row[0]) if row else None


def stream(store: Store, first: int, last: int) -> Iterator[Term]:
    """Return the terms of the contracts numbered first to last, in the order they were agreed."""
    for contract_id, after_seq, kind, agreed_on, value, cause in store.stream(_STREAM, (first, last)):
        yield Term(contract_id, after_seq, kind, day_in(agreed_on), value, cause)
