"""Which entries were counted anew because an outage moved a due date: written once, with what moved it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out

_COLUMNS: Final = ("contract_id", "seq", "due_on", "moved_to", "cause")
_OF: Final = "SELECT seq, due_on, moved_to, cause FROM recount WHERE contract_id = ?"


def add(store: Store, contract_id: int, seqs: Sequence[int], due: date, to: date, cause: str) -> None:
    """Note why some entries of a contract no longer stand."""
    rows = [(contract_id, seq, day_out(due), day_out(to), cause) for seq in seqs]
    store.insert_many("recount", _COLUMNS, rows)


def of(store: Store, contract_id: int, seqs: Sequence[int]) -> dict[int, tuple[date, date, str]]:
    """Return (due date, the day it was moved to, cause) by those of some entries that have such a reason."""
    marks = ", ".join("?" * len(seqs))
    sql = f"{_OF} AND seq IN ({marks})"
    rows = store.rows(sql, (contract_id, *seqs)) if seqs else []
    return {seq: (day_in(due), day_in(to), cause) for seq, due, to, cause in rows}
