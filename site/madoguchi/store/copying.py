"""A whole SQLite database written into a PostgreSQL one, table by table, and what proves both the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from hashlib import sha256
from typing import Any, Final

from peewee import DataError, IntegrityError

from madoguchi.domain.faults import Unfit
from madoguchi.store.db import Store

BATCH: Final = 1000  # rows in memory at a time
OWN: Final = "schema_migration"  # each database says itself what it has been through
_TABLES: Final = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
_REFERENCES: Final = (
    "SELECT child.relname, parent.relname, condeferred FROM pg_constraint "
    "JOIN pg_class child ON child.oid = conrelid JOIN pg_class parent ON parent.oid = confrelid "
    "WHERE contype = 'f' AND conrelid <> confrelid AND child.relnamespace = current_schema()::regnamespace"
)
_COUNTED: Final = (
    "SELECT table_name, column_name FROM information_schema.columns "
    "WHERE table_schema = current_schema() AND is_identity = 'YES' ORDER BY table_name"
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the source: its columns, and those of its primary key in their order."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """How many rows a table has, and a sum over their hashes, for databases sort texts differently."""

    rows: int
    mark: int


def stranger(target: Store) -> bool:
    """Tell whether a PostgreSQL database holds tables of something else."""
    names = _names(target)
    return bool(names) and OWN not in names


def in_use(target: Store) -> str | None:
    """Name a table that holds a row already, or None."""
    for name in _ours(target):
        if target.one(f"SELECT 1 FROM {name} LIMIT 1"):  # noqa: S608 - names are the schema's own
            return name
    return None


def tables(source: Store, target: Store) -> list[Table]:
    """The tables in the order in which the target takes their rows.

    What is referred to goes first, but after what may refer to it until the end of the act: lines stand
    before the entry that seals them.
    """
    order: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(_ours(target), ()))
    for child, parent, deferred in target.rows(_REFERENCES):
        order.add(*((parent, child) if deferred else (child, parent)))
    return [_table(source, name) for name in order.static_order()]


def copy(source: Store, target: Store, table: Table) -> None:
    """Write all rows of a table inside an act of the target; raises Unfit for one that it refuses."""
    for page in _pages(source, table):
        try:
            target.insert_many(table.name, table.columns, page)
        except (DataError, IntegrityError) as fault:
            raise Unfit(f"PostgreSQL refuses a row of {table.name}: {str(fault).splitlines()[0]}") from fault


def check(target: Store) -> None:
    """Check now what the act's end would check; raises Unfit for a row whose other half is missing."""
    try:
        target.write("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError as fault:
        raise Unfit(f"PostgreSQL refuses the rows: {str(fault).splitlines()[0]}") from fault


def content(store: Store, table: Table) -> Content:
    """Count the rows of a table and hash each."""
    mark = 0
    for page in _pages(store, table):
        mark += sum(int.from_bytes(sha256(repr(tuple(row)).encode()).digest()) for row in page)
    row = store.one(f"SELECT COUNT(*) FROM {table.name}")  # noqa: S608 - names are the schema's own
    assert row is not None
    return Content(row[0], mark % (1 << 256))


def count_on(source: Store, target: Store) -> None:
    """Let the target's automatic keys go on behind the source's last, also where that row is gone."""
    last = dict(source.rows("SELECT name, seq FROM sqlite_sequence"))
    for table, column in target.rows(_COUNTED):
        if table != OWN and last.get(table):
            target.rows("SELECT setval(pg_get_serial_sequence(?, ?), ?)", (table, column, last[table]))


def _names(target: Store) -> list[str]:
    return [name for (name,) in target.rows(_TABLES)]


def _ours(target: Store) -> list[str]:
    return [name for name in _names(target) if name != OWN]


def _table(source: Store, name: str) -> Table:
    found = source.rows("SELECT name, pk FROM pragma_table_info(?)", (name,))
    key = sorted((place, column) for column, place in found if place)
    return Table(name, tuple(column for column, _ in found), tuple(column for _, column in key))


def _pages(store: Store, table: Table) -> Iterator[Sequence[tuple[Any, ...]]]:
    """All rows by the primary key, in which triggers want them; each page goes on behind the last."""
    key, places = ", ".join(table.key), [table.columns.index(column) for column in table.key]
    select = f"SELECT {', '.join(table.columns)} FROM {table.name}"  # noqa: S608 - the schema's own
    behind = f"WHERE ({key}) > ({', '.join('?' * len(places))})"
    order = f"ORDER BY {key} LIMIT {BATCH}"
    page = store.rows(f"{select} {order}")
    while page:
        yield page
        page = store.rows(f"{select} {behind} {order}", [page[-1][place] for place in places])
