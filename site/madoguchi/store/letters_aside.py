"""Letters that were set aside: what an operator sees of them, and what becomes of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out


@dataclass(frozen=True, slots=True)
class SetAside:
    """A letter that will not be sent, for the operator."""

    id: int
    kind: str
    created_at: datetime
    tries: int
    last_error: str


def aside(store: Store, most: int) -> list[SetAside]:
    """The letters set aside, the oldest first."""
    rows = store.rows(
        "SELECT id, kind, created_at, tries, last_error FROM letter WHERE state = 'poison' "
        "ORDER BY id LIMIT ?",
        (most,),
    )
    return [SetAside(key, kind, moment_in(made), tries, error) for key, kind, made, tries, error in rows]


def facts_aside(store: Store, letter_id: int) -> tuple[str, dict[str, str]] | None:
    """The kind and facts of a letter that was set aside, held until the act ends; None when it was not."""
    row = store.one(
        store.locked("SELECT kind, facts FROM letter WHERE id = ? AND state = 'poison'"), (letter_id,)
    )
    return (row[0], json.loads(row[1])) if row else None


def again(store: Store, letter_id: int, at: datetime) -> None:
    """Put a letter that was set aside back into the queue, as if it had never been tried."""
    store.write(
        "UPDATE letter SET state = 'new', due_at = ?, tries = 0, lost = 0 WHERE id = ? AND state = 'poison'",
        (moment_out(at), letter_id),
    )


def drop(store: Store, letter_id: int) -> int:
    """Delete a letter that was set aside; returns 0 when it was not."""
    return store.write("DELETE FROM letter WHERE id = ? AND state = 'poison'", (letter_id,))
