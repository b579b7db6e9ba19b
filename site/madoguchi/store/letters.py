"""Letters as rows: written, claimed by one worker at a time, settled; and where a member can be reached."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out

# Written just so in the partial index, so that both databases use it.
_WAITING: Final = "state IN ('new', 'claimed')"
_COLUMNS: Final = (
    "kind", "channel", "recipient", "facts", "member_id", "urgent", "state", "created_at", "due_at",
    "useful_until",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a member is reached ("" where not), and when the mail address first bounced."""

    name: str
    email: str
    phone: str
    bounced_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter to be written; without `recipient` it is void."""

    kind: str
    channel: str
    recipient: str
    facts: dict[str, str]
    member_id: int | None
    urgent: bool
    created_at: datetime
    due_at: datetime
    useful_until: datetime | None


@dataclass(frozen=True, slots=True)
class Letter:
    """A claimed letter; `tries` counts this one, `lost` the claims before it that ran out."""

    id: int
    kind: str
    channel: str
    recipient: str
    facts: dict[str, str]
    member_id: int | None
    created_at: datetime
    useful_until: datetime | None
    tries: int
    lost: int


def contact(store: Store, member_id: int, hold: bool = False) -> Contact | None:
    """Where a member is reached; with `hold` nobody else writes about this member until the act ends."""
    sql = "SELECT name, email, phone, email_bounced_at, died_on FROM member WHERE id = ?"
    row = store.one(store.locked(sql) if hold else sql, (member_id,))
    if row is None:
        return None
    name, email, phone, bounced_at, died_on = row
    if died_on is not None:
        return Contact(name, "", "", None)  # nobody is there to read it; heirs are written to by people
    return Contact(name, email, phone, moment_in(bounced_at))


def bounced(store: Store, address: str, at: datetime | None) -> int:
    """Mark a mail address (in any case) as bouncing, or as good with `at` None; how many members have it."""
    return store.write(
        "UPDATE member SET email_bounced_at = ? WHERE lower(email) = ?", (moment_out(at), address.lower())
    )


def contacts(store: Store, member_ids: Sequence[int]) -> dict[int, Contact]:
    """Where members are reached, by their ids."""
    marks = _marks(member_ids)
    sql = f"SELECT id, name, email, phone, email_bounced_at FROM member WHERE id IN ({marks})"  # noqa: S608
    return {
        key: Contact(name, email, phone, moment_in(bounced_at))
        for key, name, email, phone, bounced_at in store.rows(sql, member_ids)
    }


def add(store: Store, letter: NewLetter) -> int:
    """Write a letter; returns its id."""
    into, marks = ", ".join(_COLUMNS), _marks(_COLUMNS)
    sql = f"INSERT INTO letter ({into}) VALUES ({marks}) RETURNING id"  # noqa: S608
    return int(store.rows(sql, _row(letter))[0][0])


def add_many(store: Store, written: Sequence[NewLetter]) -> None:
    """Write letters by as few statements as can be."""
    store.insert_many("letter", _COLUMNS, [_row(letter) for letter in written])


def count(store: Store, member_id: int, kinds: Sequence[str], since: datetime) -> int:
    """How many letters of these kinds were written to a member since a moment, void ones apart."""
    row = store.one(
        "SELECT COUNT(*) FROM letter "  # noqa: S608
        f"WHERE member_id = ? AND created_at > ? AND state <> 'void' AND kind IN ({_marks(kinds)})",
        (member_id, moment_out(since), *kinds),
    )
    return int(row[0]) if row else 0


def is_due(store: Store, channels: Sequence[str], now: datetime, but: Sequence[str] = ()) -> bool:
    """Tell whether a worker would find anything; a read, so that looking often costs nobody a lock.

    Both values of `urgent` are named so that the index is searched and not walked; kinds in `but` wait.
    """
    where = f"{_WAITING} AND urgent IN (0, 1) AND due_at <= ? AND {_which(channels, but)}"
    sql = f"SELECT 1 FROM letter WHERE {where} LIMIT 1"  # noqa: S608
    return store.one(sql, (moment_out(now), *channels, *but)) is not None


def claim(
    store: Store, channels: Sequence[str], now: datetime, runs_out: datetime, but: Sequence[str] = ()
) -> Letter | None:
    """Take the next due letter, an urgent one first; None when there is none or another worker was faster.

    Kinds in `but` are left where they are.
    Whoever comes second waits for the row and then finds it no longer due, on either database.
    """
    due = f"{_WAITING} AND due_at <= ?"
    rows = store.rows(
        "UPDATE letter SET state = 'claimed', due_at = ?, tries = tries + 1, "  # noqa: S608
        "lost = lost + CASE WHEN state = 'claimed' THEN 1 ELSE 0 END "
        f"WHERE id = (SELECT id FROM letter WHERE {due} AND {_which(channels, but)} "
        f"ORDER BY urgent DESC, due_at, id LIMIT 1) AND {due} "
        "RETURNING id, kind, channel, recipient, facts, member_id, created_at, useful_until, tries, lost",
        (moment_out(runs_out), moment_out(now), *channels, *but, moment_out(now)),
    )
    return _letter(rows[0]) if rows else None


def sent(store: Store, letter: Letter, facts: dict[str, str], at: datetime) -> bool:
    """Settle a claimed letter as sent, keeping only these facts; False when overtaken by another worker."""
    return _settle(store, letter, "sent", facts, at, "", sent_at=at)


def postpone(store: Store, letter: Letter, error: str, until: datetime) -> bool:
    """Give a claimed letter back, to be tried again at a moment."""
    return _settle(store, letter, "new", letter.facts, until, error)


def set_aside(store: Store, letter: Letter, facts: dict[str, str], error: str, at: datetime) -> bool:
    """Settle a claimed letter as never to be sent, keeping only these facts."""
    return _settle(store, letter, "poison", facts, at, error)


def waiting(store: Store) -> tuple[int, datetime | None]:
    """How many letters wait, and since when the oldest of them has been due."""
    row = store.one(f"SELECT COUNT(*), MIN(due_at) FROM letter WHERE {_WAITING}")  # noqa: S608
    return (int(row[0]), moment_in(row[1])) if row else (0, None)


def withdraw(store: Store, member_id: int, kinds: Sequence[str]) -> int:
    """Let letters of some kinds to a member that nobody has begun to send go nowhere; returns how many."""
    which = f"member_id = ? AND state = 'new' AND kind IN ({_marks(kinds)})"
    return store.write(f"UPDATE letter SET state = 'void' WHERE {which}", (member_id, *kinds))  # noqa: S608


def trim(store: Store, sent_before: datetime, void_before: datetime, most: int) -> int:
    """Delete some of the sent and void letters that are older than need be; returns how many."""
    return store.write(
        "DELETE FROM letter WHERE id IN (SELECT id FROM letter WHERE created_at < ? "
        "AND (state = 'void' OR (state = 'sent' AND created_at < ?)) LIMIT ?)",
        (moment_out(void_before), moment_out(sent_before), most),
    )


def _settle(
    store: Store,
    letter: Letter,
    state: str,
    facts: dict[str, str],
    due_at: datetime,
    error: str,
    sent_at: datetime | None = None,
) -> bool:
    """The number of tries is the claim's name: whoever was overtaken changes nothing."""
    return bool(
        store.write(
            "UPDATE letter SET state = ?, facts = ?, due_at = ?, last_error = ?, sent_at = ? "
            "WHERE id = ? AND state = 'claimed' AND tries = ?",
            (
                state, _json(facts), moment_out(due_at), error, moment_out(sent_at), letter.id,
                letter.tries,
            ),
        )
    )  # fmt: skip


def _row(letter: NewLetter) -> tuple[Any, ...]:
    return (
        letter.kind, letter.channel, letter.recipient, _json(letter.facts), letter.member_id,
        int(letter.urgent), "new" if letter.recipient else "void", moment_out(letter.created_at),
        moment_out(letter.due_at), moment_out(letter.useful_until),
    )  # fmt: skip


def _letter(row: Sequence[Any]) -> Letter:
    key, kind, channel, recipient, facts, member_id, made, useful, tries, lost = row
    return Letter(
        key, kind, channel, recipient, json.loads(facts), member_id, moment_in(made), moment_in(useful),
        tries, lost,
    )  # fmt: skip


def _json(facts: dict[str, str]) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def _which(channels: Sequence[str], but: Sequence[str]) -> str:
    return f"channel IN ({_marks(channels)})" + (f" AND kind NOT IN ({_marks(but)})" if but else "")


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
