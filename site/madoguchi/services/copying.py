"""From SQLite to PostgreSQL: the whole house copied into an empty database, proved equal, or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from madoguchi.domain.faults import Unfit
from madoguchi.services import verify
from madoguchi.services.office import Office
from madoguchi.store import backups, copying, schema
from madoguchi.store.alone import DatabaseLock
from madoguchi.store.backups import Ledger
from madoguchi.store.db import Store

TOLD: Final = 20  # differences that are named, at most


@dataclass(frozen=True, slots=True)
class Copied:
    """What stands in the new database; `faults` are what verify finds there."""

    tables: int
    rows: int
    ledger: Ledger
    faults: tuple[str, ...]


def copy_to(office: Office, url: str) -> Copied:
    """Copy the books into the PostgreSQL database at `url`, all or nothing, and prove them there.

    Whoever wants to write to the old books meanwhile is told to try again. Raises Unfit for what the operator
    can mend, Unavailable where a database does not answer or somebody else holds it.
    """
    if not office.store.sqlite:
        raise Unfit("The books are not in SQLite: only from there can they be copied")
    if not url.startswith(("postgresql://", "postgres://")):
        raise Unfit("Name the database to copy to by its address: postgresql://USER@HOST/NAME")
    target = Store(url)
    try:
        # A site that starts on the new books, and whoever else copies to them, waits and finds them in use.
        with office.alone, DatabaseLock(target, "start"), DatabaseLock(target, "round"):
            _made_ready(office.store, target)
            return _proved(office, target, *_copied(office.store, target))
    finally:
        target.close()


def _made_ready(source: Store, target: Store) -> None:
    """Give an empty target the schema of the source; one that is not empty is left as it is."""
    if copying.stranger(target):
        raise Unfit("The database named holds tables of something else: name a blank one")
    _refuse_used(target)
    schema.migrate(target)
    if schema.applied(target) != schema.applied(source):
        raise Unfit("The two databases are not of the same schema: run this version's `migrate` first")


def _refuse_used(target: Store) -> None:
    if table := copying.in_use(target):
        raise Unfit(f"The database named is in use ({table} holds rows): nothing is overwritten")


def _copied(source: Store, target: Store) -> tuple[int, int, Ledger]:
    """Copy and compare in one act on either side: the source stands still, the target takes all or none."""
    with source.transaction(), target.transaction():
        _refuse_used(target)
        tables = copying.tables(source, target)
        for table in tables:
            copying.copy(source, target, table)
        copying.check(target)
        copying.count_on(source, target)
        rows = sum(_same(source, target, table) for table in tables)
        ledger = backups.ledger(target)
        if ledger != backups.ledger(source):
            raise Unfit("The ledger copied is not the ledger that was read: nothing was kept of the copy")
    return len(tables), rows, ledger


def _same(source: Store, target: Store, table: copying.Table) -> int:
    """How many rows both hold; raises Unfit where they differ."""
    here, there = copying.content(source, table), copying.content(target, table)
    if here.rows != there.rows:
        raise Unfit(f"{table.name} has {here.rows} rows here and {there.rows} there: nothing was kept")
    if here != there:
        raise Unfit(f"Rows of {table.name} are not the same here and there: nothing was kept of the copy")
    return here.rows


def _proved(office: Office, target: Store, tables: int, rows: int, ledger: Ledger) -> Copied:
    found = tuple(islice(verify.differences(replace(office, store=target)), TOLD))
    return Copied(tables, rows, ledger, found)
