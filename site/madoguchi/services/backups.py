"""Backups: the books as they are at one moment with the files on the shelf, proved by the ledger's hash."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from madoguchi.domain.faults import Unfit
from madoguchi.domain.retention import kept
from madoguchi.ports import JAPAN
from madoguchi.ports.backups import Backups
from madoguchi.services.office import Office
from madoguchi.store import backups as rows
from madoguchi.store import schema, snapshot
from madoguchi.store.backups import Ledger
from madoguchi.store.db import Store

EVERY: Final = timedelta(hours=24)
FORMAT: Final = 1
SQLITE: Final = "database/madoguchi.db"
POSTGRES: Final = "database/madoguchi.dump"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that stands on the disk, and how many older ones were thrown away for it."""

    path: Path
    bytes: int
    ledger: Ledger
    removed: int


def make(office: Office, to: Path | None = None) -> Made:
    """Make a backup in `to`, or where the settings say; members go on meanwhile.

    Raises Unfit for what the operator can mend, Unavailable for what may be better in a moment.
    """
    how = _how(office)
    folder = to or how.folder
    if folder is None:
        raise Unfit("Nobody said where backups go: set MADOGUCHI_BACKUP_DIR, or give --to")
    with how.alone:
        now = office.now()
        with _scratch(how) as room:
            database, ledger = _copied(office, room)
            facts = {
                "format": FORMAT,
                "at": now.isoformat(),
                "engine": "sqlite" if office.store.sqlite else "postgresql",
                "schema": schema.applied(office.store)[-1],
                "entries": ledger.entries,
                "ledger": ledger.hash,
            }
            path = how.archives.write(folder, now, _files(how, database), facts)
        size = path.stat().st_size
        if folder != how.folder:  # one for the hand: it is nobody's turn, and nothing there is thrown away
            return Made(path, size, ledger, 0)
        with office.store.transaction():
            rows.add(office.store, rows.Row(now, path.name, size, ledger, how.archives.seals))
        return Made(path, size, ledger, _thrown_away(how, folder))


def due(office: Office) -> bool:
    """Tell whether the last backup is a day old, where it is said where backups go."""
    if office.backups is None or office.backups.folder is None:
        return False
    last = rows.newest(office.store)
    return last is None or office.now() - last.at >= EVERY


def make_if_due(office: Office) -> Made | None:
    """Make the one of the day, but for who finds that another worker made it while this one waited."""
    if not due(office):
        return None
    with _how(office).alone:
        return make(office) if due(office) else None


def newest(office: Office) -> rows.Row | None:
    """Return the backup that was made last, or None."""
    return rows.newest(office.store)


def _how(office: Office) -> Backups:
    assert office.backups is not None, "wiring.py gives every office that serves its backups"
    return office.backups


@contextmanager
def _scratch(how: Backups) -> Iterator[Path]:
    """A private place beside the data, which holds the books in plain for a while, so not beside backups."""
    how.data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=how.data) as room:
        yield Path(room)


def _copied(office: Office, room: Path) -> tuple[tuple[str, Path], Ledger]:
    """Copy the database, and hash the ledger of the same moment."""
    store, how = office.store, _how(office)
    if store.sqlite:
        file = room / "madoguchi.db"
        snapshot.copy(store, file)
        own = Store(f"sqlite:///{file}")
        try:
            return (SQLITE, file), rows.ledger(own)
        finally:
            own.close()  # which leaves one file that holds everything
    file = room / "madoguchi.dump"
    with snapshot.held(store) as moment:
        ledger = rows.ledger(store)
        how.tools.dump(store.url, moment, file)
    return (POSTGRES, file), ledger


def _files(how: Backups, database: tuple[str, Path]) -> Iterator[tuple[str, Path]]:
    """The database first: whatever it names was on the shelf before it."""
    yield database
    shelf = how.data / "shelf"
    for path in sorted(shelf.rglob("*")):
        if path.is_file() and path.suffix != ".new":
            yield f"shelf/{path.relative_to(shelf).as_posix()}", path


def _thrown_away(how: Backups, folder: Path) -> int:
    found = how.archives.kept(folder)
    keep = kept((one.at.astimezone(JAPAN) for one in found), how.keep)
    gone = [one for one in found if one.at not in keep]
    for one in gone:
        one.path.unlink(missing_ok=True)
    return len(gone)


def facts_of(facts: Any) -> Ledger:
    """The ledger that a manifest promises; raises Unfit for one of another time or product."""
    try:
        if facts["format"] != FORMAT or facts["schema"] not in schema.names():
            raise Unfit(
                f"The backup was made by a newer version (schema {facts['schema']}): install that first"
            )
        return Ledger(int(facts["entries"]), str(facts["ledger"]))
    except (KeyError, TypeError, ValueError) as fault:
        raise Unfit("The file is no backup of this site") from fault
