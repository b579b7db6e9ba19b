"""The operator's commands about backups, keys and another database: make, restore, drill, reseal, copy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from madoguchi.domain.faults import Unavailable, Unfit
from madoguchi.services import backups, copying, resealing, restoring
from madoguchi.services.office import Office

_folder = click.Path(file_okay=False, path_type=Path)


def make_backup(office: Office) -> click.Command:
    """`backup`."""

    @click.command("backup")
    @click.option("--to", type=_folder, help="Folder for it, instead of MADOGUCHI_BACKUP_DIR.")
    @click.option("--encrypt", is_flag=True, help="Refuse to make one that is not sealed.")
    def command(to: Path | None, encrypt: bool) -> None:
        """Write the books and members' files into one file while the site goes on (docs/operating.md)."""
        if encrypt and not (office.backups and office.backups.archives.seals):
            _leave("There is no key to seal it with: set MADOGUCHI_BACKUP_KEY (openssl rand -hex 32)")
        made = _asked(lambda: backups.make(office, to))
        click.echo(
            f"{made.path} ({made.bytes} bytes): {made.ledger.entries} entries, ledger {made.ledger.hash}."
        )
        if made.removed:
            click.echo(f"{made.removed} older backups were no longer to be kept.")

    return command


def make_restore(office: Office) -> click.Command:
    """`restore`."""

    @click.command("restore")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
    @click.option("--into", type=_folder, help="The new data folder: missing or empty.")
    @click.option("--drill", is_flag=True, help="Restore into a scratch place, prove it, and remove it.")
    @click.option("--database", default="", help="A blank database, for a backup of PostgreSQL.")
    def command(file: Path | None, into: Path | None, drill: bool, database: str) -> None:
        """Restore FILE, or the newest backup; nothing that is in use is overwritten."""
        file = file or _newest(office)
        if drill == bool(into):
            _leave("Say where to: --into FOLDER, or --drill")
        if into:
            _restored(office, file, into.absolute(), database)
        else:
            _drilled(office, file, database)

    return command


def make_reseal(office: Office) -> click.Command:
    """`reseal`."""

    @click.command("reseal")
    def command() -> None:
        """Seal anew, by MADOGUCHI_SECRET, what an older one in MADOGUCHI_SECRET_OLD sealed."""
        click.echo(f"{resealing.reseal(office)} secrets of apps were sealed anew.")

    return command


def make_copy(office: Office) -> click.Command:
    """`copy-to`."""

    @click.command("copy-to")
    @click.argument("database", metavar="postgresql://…")
    def command(database: str) -> None:
        """Copy the books from SQLite into an empty PostgreSQL database (docs/scaling.md).

        Stop the site, the worker and the timers first: what is written after the copy is not in it.
        """
        click.echo("Copying; whoever writes meanwhile is told to try again.")
        done = _asked(lambda: copying.copy_to(office, database))
        click.echo(f"{done.rows} rows of {done.tables} tables were copied, and read back they are the same.")
        click.echo(
            f"The ledger has {done.ledger.entries} entries here and there; its hash is {done.ledger.hash}."
        )
        for fault in done.faults:
            click.echo(fault, err=True)
        if done.faults:
            _leave(
                "The copy is whole, but these figures differ: mend the old books and copy to a blank database"
            )
        click.echo(
            "Every figure there agrees with the ledger. Set MADOGUCHI_DATABASE to it before the site starts:"
        )
        click.echo("the SQLite file was not changed, and must not be served from again.")

    return command


def _newest(office: Office) -> Path:
    how = office.backups
    found = how.archives.kept(how.folder) if how and how.folder else []
    if not found:
        _leave("There is no backup in MADOGUCHI_BACKUP_DIR: name a file")
    return found[0].path


def _restored(office: Office, file: Path, into: Path, database: str) -> None:
    done = _asked(lambda: restoring.restore(office, file, into, database))
    click.echo(f"Restored {done.ledger.entries} entries; the ledger is the one that was backed up.")
    if not done.database.startswith("sqlite:"):
        click.echo("The database named holds the books: set MADOGUCHI_DATABASE to it.")
    click.echo(f"Set MADOGUCHI_DATA={done.data} and start the site, which brings the schema up to date.")


def _drilled(office: Office, file: Path, database: str) -> None:
    found = _asked(lambda: restoring.drill(office, file, database))
    click.echo(
        f"{found.ledger.entries} entries were restored; their hash is {found.ledger.hash}, as promised."
    )
    if found.migrated:
        click.echo(f"Migrations that it needed: {', '.join(found.migrated)}.")
    for fault in found.faults:
        click.echo(fault, err=True)
    if found.faults:
        _leave("The drill failed: do not rely on this backup")
    click.echo("Every figure agrees with the ledger. This backup would bring the house back.")


def _asked(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except Unfit as fault:
        _leave(str(fault))
    except OSError as fault:
        _leave(f"{fault.filename} cannot be used: {fault.strerror}")
    except Unavailable as fault:
        _leave(f"The {fault.what} cannot be used: {str(fault.__cause__).splitlines()[0]}")


def _leave(sentence: str) -> None:
    click.echo(f"{sentence}.", err=True)
    sys.exit(1)
