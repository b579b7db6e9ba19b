"""Letters that were sent to a member, to be read again; codes and links apart."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter as it was sent: its kind and facts, secrets blanked."""

    id: int
    kind: str
    facts: dict[str, str]
    sent_at: datetime


# Urgent are those that say nothing once their secret is gone.
_SENT: Final = (
    "SELECT id, kind, facts, sent_at FROM letter WHERE member_id = ? AND state = 'sent' AND urgent = 0 "
)


def newest(store: Store, member_id: int, before: int, most: int) -> list[SentLetter]:
    """Return some letters with a lower number, the newest first."""
    rows = store.rows(_SENT + "AND id < ? ORDER BY id DESC LIMIT ?", (member_id, before, most))
    return [_letter(row) for row in rows]


def one(store: Store, member_id: int, letter_id: int) -> SentLetter | None:
    """Return one letter of this member."""
    row = store.one(_SENT + "AND id = ?", (member_id, letter_id))
    return _letter(row) if row else None


def _letter(row: tuple[Any, ...]) -> SentLetter:
    key, kind, facts, sent_at = row
    return SentLetter(key, kind, json.loads(facts), moment_in(sent_at))
