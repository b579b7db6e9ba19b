"""Restoring a backup into an empty place, and the drill: restore, migrate, prove, throw away."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from madoguchi.domain.faults import Unfit
from madoguchi.services import backups, verify
from madoguchi.services.backups import POSTGRES, SQLITE
from madoguchi.services.office import Office
from madoguchi.store import backups as rows
from madoguchi.store import schema, snapshot, stamps
from madoguchi.store.backups import Ledger
from madoguchi.store.db import Store

DRILL: Final = "drill"  # the stamp that the doctor reads
# What a site makes at each start where it is missing, so that a folder with nothing else is not in use.
MADE_ANEW: Final = {"templates", "metrics", "start.lock", "round.lock", "backup.lock"}
TOLD: Final = 20  # differences that a drill names, at most


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored: the data folder, the database's address, and what its ledger holds."""

    data: Path
    database: str
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class Drilled:
    """What a drill found; no faults mean that the backup would bring the house back."""

    ledger: Ledger
    migrated: tuple[str, ...]
    faults: tuple[str, ...]


def restore(office: Office, file: Path, into: Path, database: str = "") -> Restored:
    """Restore into a data folder that is missing or empty, and on PostgreSQL into a blank database.

    Nothing is changed unless the ledger is what the manifest says. Raises Unfit.
    """
    if into.exists() and (not into.is_dir() or {one.name for one in into.iterdir()} - MADE_ANEW):
        raise Unfit(f"{into} is in use: nothing is overwritten. Name a folder that is missing or empty")
    fresh = not into.exists()
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=into) as room:
            url, ledger = _filled(office, file, Path(room) / "data", database)
            for one in sorted((Path(room) / "data").iterdir(), key=lambda found: found.is_file()):
                one.replace(into / one.name)  # the database last: where it stands, all stands
    except BaseException:
        if fresh:
            into.rmdir()
        raise
    if url.startswith("sqlite:"):
        url = f"sqlite:///{into / 'madoguchi.db'}"
    return Restored(into, url, ledger)


def drill(office: Office, file: Path, database: str = "") -> Drilled:
    """Prove in a scratch place, removed afterwards, that a backup brings the house back. Raises Unfit."""
    assert office.backups is not None
    office.backups.data.mkdir(parents=True, exist_ok=True)
    schema.migrate(office.store)  # the outcome is noted in the books of today
    with (
        tempfile.TemporaryDirectory(prefix=".drill-", dir=office.backups.data) as room,
        _somewhere(office, database) as url,
    ):
        where, ledger = _filled(office, file, Path(room) / "data", url)
        found = _proved(replace(office, store=Store(where)), ledger)
    if not found.faults:
        with office.store.transaction():
            stamps.put(office.store, DRILL, office.now())
    return found


@contextmanager
def _somewhere(office: Office, database: str) -> Iterator[str]:
    """A blank database for the drill, where the books are not a file of their own."""
    assert office.backups is not None
    if office.store.sqlite or database:
        yield database
        return
    with office.backups.tools.scratch(office.store.url) as url:
        yield url


def _filled(office: Office, file: Path, place: Path, database: str) -> tuple[str, Ledger]:
    """Unpack into `place`; gives the database's address and its ledger, which is as promised."""
    assert office.backups is not None
    place.mkdir(mode=0o700)
    facts = office.backups.archives.unpack(file, place)
    promised = backups.facts_of(facts)
    url = _loaded(office, place, database)
    store = Store(url)
    try:
        found = rows.ledger(store)
    finally:
        store.close()
    if found != promised:
        raise Unfit("The ledger in the backup is not the one that it was made from: take an older one")
    return url, found


def _loaded(office: Office, place: Path, database: str) -> str:
    """Put the database where it belongs; gives its address."""
    assert office.backups is not None
    dump, file = place / POSTGRES, place / SQLITE
    if not dump.exists():
        if database:
            raise Unfit("The backup holds an SQLite database: it needs no --database")
        file.replace(place / "madoguchi.db")
        file.parent.rmdir()
        return f"sqlite:///{place / 'madoguchi.db'}"
    if not database.startswith(("postgresql://", "postgres://")):
        raise Unfit("The backup holds a PostgreSQL database: name a blank one with --database postgresql://…")
    store = Store(database)
    try:
        if not snapshot.is_blank(store):
            raise Unfit("The database named holds tables: nothing is overwritten. Name a blank one")
    finally:
        store.close()
    office.backups.tools.load(database, dump)
    dump.unlink()
    dump.parent.rmdir()
    return database


def _proved(restored: Office, promised: Ledger) -> Drilled:
    """Bring the copy to this version's schema and recompute every figure in it."""
    store, faults = restored.store, []
    try:
        migrated = schema.migrate(store)
        ledger = rows.ledger(store)
        if ledger != promised:
            faults.append("migrating it changed the ledger")
        for sentence in verify.differences(restored):
            faults.append(sentence)
            if len(faults) >= TOLD:
                break
    finally:
        store.close()
    return Drilled(ledger, tuple(migrated), tuple(faults))
