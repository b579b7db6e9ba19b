"""Whether a later paper stands for one that was issued: told to whoever checks it, and to its member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

from madoguchi.domain.documents import DocumentKind, Facts, number_of
from madoguchi.ports import JAPAN
from madoguchi.services import as_of
from madoguchi.services.document_facts import facts_in, with_debt
from madoguchi.services.office import Office
from madoguchi.store import contracts, entries, superseded

OF_A_DAY: Final = (DocumentKind.BALANCE, DocumentKind.PAYOFF)


class How(Enum):
    """Why a document is not the last word."""

    CORRECTED = "corrected"  # its entry was counted anew, another paper stands for it
    UNDONE = "undone"  # its entry never was
    NEWER = "newer"  # the same was certified of the same day again
    CHANGED = "changed"  # of its day something else is known now, and nothing was certified since


@dataclass(frozen=True, slots=True)
class Later:
    """What became of a document; `number` is the later one's, None where none was issued."""

    how: How
    number: str | None = None


def of(
    office: Office, contract_id: int, document_id: int, issued_at: datetime, kind: DocumentKind, facts: Facts
) -> Later | None:
    """Return what stands for a document now; None where it still says what is so."""
    if kind is DocumentKind.ENTRY:
        return _of_entry(office, contract_id, facts)
    if kind not in OF_A_DAY:
        return None
    if newer := superseded.newer(office.store, document_id):
        return Later(How.NEWER, number_of(newer))
    past = facts.on < issued_at.astimezone(JAPAN).date()  # one of its own day tells of its moment
    if kind is DocumentKind.BALANCE and past and _changed(office, contract_id, facts):
        return Later(How.CHANGED)
    return None


def among(office: Office, contract_id: int, document_ids: Sequence[int]) -> set[int]:
    """Return those documents of a list for which a later paper stands; two statements."""
    newer, texts = superseded.among(office.store, contract_id, document_ids)
    seqs = {key: facts_in(text).seq for key, text in texts.items()}
    gone = superseded.undone(office.store, contract_id, list(seqs.values()))
    return newer | {key for key, seq in seqs.items() if seq in gone}


def _of_entry(office: Office, contract_id: int, facts: Facts) -> Later | None:
    seq = facts.seq
    while following := superseded.replacing(office.store, contract_id, seq):
        seq = following
    if entries.undoing(office.store, contract_id, seq):
        return Later(How.UNDONE)
    if seq == facts.seq:
        return None
    issued = superseded.of_entries(office.store, contract_id, facts.on)
    number = next((number_of(key) for key, text in issued if facts_in(text).seq == seq), None)
    return Later(How.CORRECTED, number)


def _changed(office: Office, contract_id: int, facts: Facts) -> bool:
    row = contracts.read(office.store, contract_id)
    assert row is not None, "a document belongs to a contract"
    return with_debt(facts, as_of.standing_on(office, row, facts.on)) != facts
