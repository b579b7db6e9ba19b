"""Which documents and papers others stand for: newer ones of the same day, entries that were posted anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from madoguchi.store.db import Store
from madoguchi.store.values import day_out

_SAME: Final = "n.contract_id = d.contract_id AND n.kind = d.kind AND n.on_day = d.on_day AND n.id > d.id"
_NEWER: Final = f"SELECT MAX(n.id) FROM document d JOIN document n ON {_SAME} WHERE d.id = ?"  # noqa: S608
_AMONG: Final = (
    "SELECT d.id, CASE WHEN d.kind = 'entry' THEN d.facts END, "  # noqa: S608
    f"EXISTS (SELECT 1 FROM document n WHERE {_SAME}) FROM document d "
    "WHERE d.contract_id = ? AND d.kind IN ('balance', 'payoff', 'entry')"
)
_REPLACING: Final = "SELECT seq FROM entry WHERE contract_id = ? AND replaces = ?"
_OF_ENTRIES: Final = (
    "SELECT id, facts FROM document WHERE contract_id = ? AND kind = 'entry' AND on_day = ? ORDER BY id DESC"
)
_UNDONE: Final = "SELECT undoes FROM entry WHERE contract_id = ?"


def newer(store: Store, document_id: int) -> int | None:
    """Return the newest document of the same kind, contract and day that was issued after one."""
    row = store.one(_NEWER, (document_id,))
    return row[0] if row else None


def among(store: Store, contract_id: int, ids: Sequence[int]) -> tuple[set[int], dict[int, str]]:
    """Return those certificates among documents that have a newer one, and the facts of those of entries."""
    if not ids:
        return set(), {}
    rows = store.rows(f"{_AMONG} AND d.id IN ({_marks(ids)})", (contract_id, *ids))
    return {row[0] for row in rows if row[1] is None and row[2]}, {row[0]: row[1] for row in rows if row[1]}


def replacing(store: Store, contract_id: int, seq: int) -> int | None:
    """Return the entry that was posted anew for one."""
    row = store.one(_REPLACING, (contract_id, seq))
    return int(row[0]) if row else None


def of_entries(store: Store, contract_id: int, on: date) -> list[tuple[int, str]]:
    """Return (id, facts) of the documents about entries of a day, the newest first."""
    return [(row[0], row[1]) for row in store.rows(_OF_ENTRIES, (contract_id, day_out(on)))]


def undone(store: Store, contract_id: int, seqs: Sequence[int]) -> set[int]:
    """Return which of some entries no longer stand."""
    if not seqs:
        return set()
    rows = store.rows(f"{_UNDONE} AND undoes IN ({_marks(seqs)})", (contract_id, *seqs))
    return {int(row[0]) for row in rows}


def _marks(values: Sequence[int]) -> str:
    return ", ".join("?" * len(values))
