"""What somebody at the desk asked for and somebody else has to decide."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out

_READ: Final = (
    "SELECT r.id, r.act, r.contract_id, r.facts, r.reason, r.asked_by, a.name, r.asked_at, r.ends_at, "
    "COALESCE(d.name, ''), r.decided_at, r.outcome, r.words, r.shown FROM desk_request r "
    "JOIN staff a ON a.id = r.asked_by LEFT JOIN staff d ON d.id = r.decided_by "
)


@dataclass(frozen=True, slots=True)
class Request:
    """An act that was asked for: `facts` is what it needs, `ends_at` until when it can be decided.

    `outcome` is "", approved, refused or withdrawn; `words` what whoever decided said, `shown` the (name,
    value) that they had before their eyes.
    """

    id: int
    act: str
    contract_id: int | None
    facts: dict[str, Any]
    reason: str
    asked_by: int
    asked_by_name: str
    asked_at: datetime
    ends_at: datetime
    decided_by: str
    decided_at: datetime | None
    outcome: str
    words: str
    shown: list[tuple[str, str]]


def add(
    store: Store,
    act: str,
    contract_id: int | None,
    facts: Mapping[str, Any],
    reason: str,
    asked_by: int,
    at: datetime,
    ends_at: datetime,
) -> int:
    """Write a request and return its number."""
    told = json.dumps(dict(facts), ensure_ascii=False, sort_keys=True)
    row = store.rows(
        "INSERT INTO desk_request (act, contract_id, facts, reason, asked_by, asked_at, ends_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (act, contract_id, told, reason, asked_by, moment_out(at), moment_out(ends_at)),
    )
    return int(row[0][0])


def hold(store: Store, request_id: int) -> bool:
    """Hold a request until the act ends, so that it is decided once; False where there is none."""
    return store.one(store.locked("SELECT id FROM desk_request WHERE id = ?"), (request_id,)) is not None


def decide(
    store: Store,
    request_id: int,
    by: int,
    at: datetime,
    outcome: str,
    words: str,
    shown: Sequence[tuple[str, str]] = (),
) -> bool:
    """Note how a request ended; False where it had ended before."""
    sql = (
        "UPDATE desk_request SET decided_by = ?, decided_at = ?, outcome = ?, words = ?, shown = ? "
        "WHERE id = ? AND outcome = ''"
    )
    seen = json.dumps(list(shown), ensure_ascii=False)
    return bool(store.write(sql, (by, moment_out(at), outcome, words, seen, request_id)))


def note_contract(store: Store, request_id: int, contract_id: int) -> None:
    """Note the contract that came of a request."""
    store.write("UPDATE desk_request SET contract_id = ? WHERE id = ?", (contract_id, request_id))


def read(store: Store, request_id: int) -> Request | None:
    """Return a request, or None where there is none."""
    row = store.one(_READ + "WHERE r.id = ?", (request_id,))
    return _request(row) if row else None


def waiting(store: Store, now: datetime, most: int) -> list[Request]:
    """Return the requests that can still be decided, the one that ends first in front."""
    sql = _READ + "WHERE r.outcome = '' AND r.ends_at > ? ORDER BY r.ends_at, r.id LIMIT ?"
    return [_request(row) for row in store.rows(sql, (moment_out(now), most))]


def past(store: Store, now: datetime, most: int) -> list[Request]:
    """Return requests that were decided or ran out, the newest first."""
    sql = _READ + "WHERE r.outcome <> '' OR r.ends_at <= ? ORDER BY r.id DESC LIMIT ?"
    return [_request(row) for row in store.rows(sql, (moment_out(now), most))]


def of_contract(store: Store, contract_id: int, most: int) -> list[Request]:
    """Return the requests about a contract, the newest first."""
    sql = _READ + "WHERE r.contract_id = ? ORDER BY r.id DESC LIMIT ?"
    return [_request(row) for row in store.rows(sql, (contract_id, most))]


def _request(row: tuple[Any, ...]) -> Request:
    number, act, contract, facts, reason, by, name, asked, ends, decider, decided, outcome, words, shown = row
    moments = moment_in(asked), moment_in(ends)
    ended = decider, moment_in(decided), outcome, words
    seen = [(one, other) for one, other in json.loads(shown)]
    return Request(number, act, contract, json.loads(facts), reason, by, name, *moments, *ended, seen)
