"""Applications as rows: one for each, and one more for everything that became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from madoguchi.domain.applications import Kind, Stage
from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out, moment_in, moment_out


@dataclass(frozen=True, slots=True)
class Application:
    """An application as it stands; `facts` are what was wished, `reply_by` the last day for an answer."""

    id: int
    member_id: int
    contract_id: int
    kind: Kind
    stage: Stage
    facts: dict[str, Any]
    sent_at: datetime
    moved_at: datetime
    reply_by: date | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that became of an application, by whom, and in what words."""

    at: datetime
    by_whom: str
    stage: Stage
    words: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What the books say of whoever applies, in yen; `elsewhere` are the limits of other contracts here."""

    limit: int
    elsewhere: int
    income: int
    other_debts: int


_SELECT: Final = (
    "SELECT a.id, a.member_id, a.contract_id, a.kind, a.stage, a.facts, a.sent_at, a.moved_at, a.reply_by "
    "FROM application a "
)
_OPEN: Final = "stage IN ('sent', 'taken', 'asked', 'making')"


def add(
    store: Store,
    member_id: int,
    contract_id: int,
    kind: Kind,
    stage: Stage,
    facts: Mapping[str, Any],
    at: datetime,
) -> int:
    """Write an application and return its id; 0 where one of its kind is open already."""
    rows = store.rows(
        "INSERT INTO application (member_id, contract_id, kind, stage, facts, sent_at, moved_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
        (member_id, contract_id, kind.value, stage.value, _json(facts), moment_out(at), moment_out(at)),
    )
    return int(rows[0][0]) if rows else 0


def note(store: Store, application_id: int, at: datetime, by_whom: str, stage: Stage, words: str) -> None:
    """Write down what became of an application."""
    store.write(
        "INSERT INTO application_event (application_id, at, by_whom, stage, words) VALUES (?, ?, ?, ?, ?)",
        (application_id, moment_out(at), by_whom, stage.value, words),
    )


def move(store: Store, application_id: int, stage: Stage, at: datetime, reply_by: date | None = None) -> None:
    """Take an application to another stage."""
    store.write(
        "UPDATE application SET stage = ?, moved_at = ?, reply_by = ? WHERE id = ?",
        (stage.value, moment_out(at), day_out(reply_by), application_id),
    )


def set_facts(store: Store, application_id: int, facts: Mapping[str, Any]) -> None:
    """Write the facts anew, with what was decided beside what was wished."""
    store.write("UPDATE application SET facts = ? WHERE id = ?", (_json(facts), application_id))


def read(store: Store, application_id: int) -> Application | None:
    """Return one application."""
    row = store.one(_SELECT + "WHERE a.id = ?", (application_id,))
    return _application(row) if row else None


def of_contract(store: Store, contract_id: int, most: int) -> list[Application]:
    """Return a contract's applications, the newest first."""
    rows = store.rows(_SELECT + "WHERE a.contract_id = ? ORDER BY a.id DESC LIMIT ?", (contract_id, most))
    return [_application(row) for row in rows]


def still_open(store: Store, contract_id: int) -> list[Application]:
    """Return a contract's open applications."""
    sql = _SELECT + f"WHERE a.contract_id = ? AND a.{_OPEN} ORDER BY a.id"
    return [_application(row) for row in store.rows(sql, (contract_id,))]


def newest(store: Store, contract_id: int, kind: Kind) -> Application | None:
    """Return the contract's last application of a kind."""
    sql = _SELECT + "WHERE a.contract_id = ? AND a.kind = ? ORDER BY a.id DESC LIMIT 1"
    row = store.one(sql, (contract_id, kind.value))
    return _application(row) if row else None


def unanswered(store: Store, day: date, after: int, most: int) -> list[int]:
    """Return applications numbered above `after` whose last day for an answer was a day or lies before it."""
    late = "stage = 'asked' AND reply_by <= ? AND +id > ?"  # the plus leads SQLite to the index of these
    sql = f"SELECT id FROM application WHERE {late} ORDER BY +id LIMIT ?"  # noqa: S608
    return [row[0] for row in store.rows(sql, (day_out(day), after, most))]


def events(store: Store, application_id: int) -> list[Event]:
    """Return what became of an application, the oldest first."""
    sql = "SELECT at, by_whom, stage, words FROM application_event WHERE application_id = ? ORDER BY id"
    rows = store.rows(sql, (application_id,))
    return [Event(moment_in(at), by_whom, Stage(stage), words) for at, by_whom, stage, words in rows]


def limits_elsewhere(store: Store, member_id: int, contract_id: int) -> int:
    """Return the limits in yen of a member's other contracts that are not closed."""
    sql = (
        "SELECT COALESCE(SUM(credit_limit), 0) FROM contract "
        "WHERE member_id = ? AND id <> ? AND closed_on IS NULL"
    )
    row = store.one(sql, (member_id, contract_id))
    return int(row[0]) if row else 0


def figures(store: Store, member_id: int, contract_id: int) -> Figures:
    """Return what is known beside an application."""
    row = store.one(
        "SELECT c.credit_limit, (SELECT COALESCE(SUM(o.credit_limit), 0) FROM contract o "
        "WHERE o.member_id = m.id AND o.id <> c.id AND o.closed_on IS NULL), m.annual_income, m.other_debts "
        "FROM contract c JOIN member m ON m.id = c.member_id WHERE m.id = ? AND c.id = ?",
        (member_id, contract_id),
    )
    assert row is not None, "an application is of a contract of its member"
    return Figures(*map(int, row))


def _json(facts: Mapping[str, Any]) -> str:
    return json.dumps(dict(facts), ensure_ascii=False, sort_keys=True)


def _application(row: tuple[Any, ...]) -> Application:
    key, member_id, contract_id, kind, stage, facts, sent, moved, reply_by = row[:9]
    return Application(
        key, member_id, contract_id, Kind(kind), Stage(stage), json.loads(facts), moment_in(sent),
        moment_in(moved), day_in(reply_by),
    )  # fmt: skip
