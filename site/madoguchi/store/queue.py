"""The queue of open cases, who has which, and who looks at one now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from madoguchi.store.cases import COLUMNS, Case, case_of
from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out

# Written just so in the index, so that both databases use it.
_TAKEN: Final = "(CASE WHEN c.taken_by = '' THEN 0 ELSE 1 END)"
_CASE: Final = ", ".join(f"c.{column}" for column in COLUMNS.split(", "))
_WITH_MEMBER: Final = (
    f"SELECT {_CASE}, COALESCE(m.number, ''), COALESCE(m.name, '') "  # noqa: S608
    "FROM case_file c LEFT JOIN member m ON m.id = c.member_id "
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the queue, after which it goes on."""

    taken: int
    due_at: datetime
    case_id: int


@dataclass(frozen=True, slots=True)
class Row:
    """A case, and the number and name of its member ("" where it has none)."""

    case: Case
    number: str
    name: str

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(int(self.case.taken_by != ""), self.case.due_at, self.case.id)


@dataclass(frozen=True, slots=True)
class Count:
    """How many open cases of a kind there are, and how many of them nobody looked at in time."""

    kind: str
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here, and when they were last seen at one case."""

    id: int
    name: str
    role: str
    seen_at: datetime | None


def listed(store: Store, kind: str, taken_by: str | None, after: Place | None, most: int) -> list[Row]:
    """Open cases: those that nobody has in front, then the one that is to be looked at first.

    `kind` is "" for all; `taken_by` is None for all and "" for those that nobody has.
    """
    wheres, values = ["c.closed_at IS NULL"], list[Any]()
    if kind:
        wheres, values = [*wheres, "c.kind = ?"], [*values, kind]
    if taken_by is not None:
        wheres, values = [*wheres, "c.taken_by = ?"], [*values, taken_by]
    if after:
        wheres.append(f"({_TAKEN}, c.due_at, c.id) > (?, ?, ?)")
        values += [after.taken, moment_out(after.due_at), after.case_id]
    where = f"WHERE {' AND '.join(wheres)} ORDER BY {_TAKEN}, c.due_at, c.id LIMIT ?"
    return [_row(row) for row in store.rows(_WITH_MEMBER + where, (*values, most))]


def counts(store: Store, now: datetime) -> list[Count]:
    """How many cases are open, by kind."""
    rows = store.rows(
        "SELECT kind, COUNT(*), SUM(CASE WHEN taken_by = '' AND due_at < ? THEN 1 ELSE 0 END) "
        "FROM case_file WHERE closed_at IS NULL GROUP BY kind",
        (moment_out(now),),
    )
    return [Count(kind, int(held), int(late)) for kind, held, late in rows]


def read(store: Store, case_id: int) -> Row | None:
    """One case with its member."""
    row = store.one(_WITH_MEMBER + "WHERE c.id = ?", (case_id,))
    return _row(row) if row else None


def hold(store: Store, case_id: int) -> tuple[Case, int] | None:
    """A case that nobody else works on until the act ends, and the number of its last note (0 without)."""
    if store.one(store.locked("SELECT id FROM case_file WHERE id = ?"), (case_id,)) is None:
        return None
    last = "(SELECT COALESCE(MAX(id), 0) FROM case_note WHERE case_id = case_file.id)"
    row = store.one(f"SELECT {COLUMNS}, {last} FROM case_file WHERE id = ?", (case_id,))  # noqa: S608
    return (case_of(row), int(row[-1])) if row else None


def give(store: Store, case_id: int, to: str, at: datetime | None) -> None:
    """Let somebody have a case from a moment on; "" and None for nobody."""
    sql = "UPDATE case_file SET taken_by = ?, taken_at = ? WHERE id = ?"
    store.write(sql, (to, moment_out(at), case_id))


def people(store: Store, case_id: int) -> list[Person]:
    """Everybody who works here, by name, and when each was last seen at a case."""
    rows = store.rows(
        "SELECT s.id, s.name, s.role, p.seen_at FROM staff s "
        "LEFT JOIN case_presence p ON p.staff_id = s.id AND p.case_id = ? "
        "WHERE s.left_at IS NULL ORDER BY s.name",
        (case_id,),
    )
    return [Person(key, name, role, moment_in(seen)) for key, name, role, seen in rows]


def see(store: Store, case_id: int, staff_id: int, now: datetime, noted_before: datetime) -> bool:
    """Note that somebody looks at a case; True when the log has no line of it since a moment."""
    at, before = moment_out(now), moment_out(noted_before)
    if store.write(
        "UPDATE case_presence SET seen_at = ? WHERE case_id = ? AND staff_id = ? AND noted_at > ?",
        (at, case_id, staff_id, before),
    ):
        return False
    store.write(
        "INSERT INTO case_presence (case_id, staff_id, seen_at, noted_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (case_id, staff_id) DO UPDATE SET seen_at = excluded.seen_at, "
        "noted_at = excluded.noted_at",
        (case_id, staff_id, at, at),
    )
    return True


def forget(store: Store, before: datetime) -> int:
    """Delete what was seen before a moment."""
    return store.write("DELETE FROM case_presence WHERE seen_at < ?", (moment_out(before),))


def _row(row: Sequence[Any]) -> Row:
    return Row(case_of(row), row[-2], row[-1])
