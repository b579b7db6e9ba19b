"""Cases: whatever needs a person at the lender becomes one, in the act that causes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Final

from madoguchi.domain.hours import read_from
from madoguchi.services.office import Office
from madoguchi.store import cases

MEMBER: Final = "member"  # by whom a note is, where it is no member of staff
SYSTEM: Final = "system"


class CaseKind(Enum):
    """What a case is about; in brackets the table that its subject is a row of."""

    LOST_CARD = "lost_card"
    MISUSE = "misuse"
    CONTACT = "contact"
    APPLICATION = "application"  # (application)
    MESSAGE = "message"  # (thread)
    DOCUMENT = "document"  # (upload)
    TRANSFER = "transfer"  # (payout)
    PAYMENT = "payment"  # (incoming): money came in, and nobody knows whose it is


# These are answered around the clock, as the phone is for them.
URGENT: Final = frozenset({CaseKind.LOST_CARD, CaseKind.MISUSE})


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that was opened, and from when a person looks at it by the lender's hours."""

    case_id: int
    read_from: datetime


def open_within(
    office: Office,
    kind: CaseKind,
    facts: Mapping[str, Any] | None = None,
    *,
    subject_id: int | None = None,
    member_id: int | None = None,
    contract_id: int | None = None,
) -> Opened:
    """Open a case inside an act that is open; `facts` are plain values that go into JSON."""
    now = office.now()
    reads = now if kind in URGENT else read_from(office.rules.web_questions, now)
    number = cases.add(
        office.store,
        kind.value,
        now,
        reads,
        facts or {},
        subject_id=subject_id,
        member_id=member_id,
        contract_id=contract_id,
    )
    return Opened(number, reads)


def note_within(office: Office, case_id: int, by_whom: str, text: str) -> None:
    """Write down what was said or done about a case, by MEMBER, SYSTEM or the name of a member of staff."""
    cases.note(office.store, case_id, office.now(), by_whom, text)


def note_about_within(office: Office, kind: CaseKind, subject_id: int, by_whom: str, text: str) -> None:
    """Write something down on every open case about a subject."""
    for case in cases.about(office.store, kind.value, subject_id):
        if case.closed_at is None:
            note_within(office, case.id, by_whom, text)


def close_within(office: Office, case_id: int, outcome: str) -> bool:
    """Close a case with a word for how it ended; False where somebody closed it before."""
    return cases.close(office.store, case_id, office.now(), outcome)


def close_about_within(office: Office, kind: CaseKind, subject_id: int, outcome: str) -> int:
    """Close every open case about a subject; returns how many there were."""
    found = [c for c in cases.about(office.store, kind.value, subject_id) if c.closed_at is None]
    return sum(close_within(office, case.id, outcome) for case in found)
