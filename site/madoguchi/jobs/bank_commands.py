"""The operator's commands about the files that go to the lender's bank and come from it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from madoguchi.ports.debit import Word
from madoguchi.services import debit_files, debit_results, mandates, rounds
from madoguchi.services.debit_files import Unfit
from madoguchi.services.mandates import NothingOpen
from madoguchi.services.office import Office


class Day(click.ParamType):
    """A day such as 2026-11-25."""

    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a sentence that says what would be right."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day such as 2026-11-25", param, ctx)


def make_debit_file(office: Office) -> click.Command:
    """`debit-file`."""

    @click.command("debit-file")
    @click.option("--on", "on", type=Day(), required=True, help="The due date to be debited.")
    @click.option("--out", type=click.Path(dir_okay=False), required=True, help="Where to write the file.")
    def command(on: date, out: str) -> None:
        """Write the file of direct debits (預金口座振替) for a due date, which freezes their amounts."""
        for _ in rounds.close_days(office):
            pass  # `daily` tells them; here they only have to be over
        made = debit_files.make(office, on)
        if isinstance(made, Unfit):
            click.echo(f"No file was made: {made.sentence}", err=True)
            sys.exit(1)
        _write(Path(out), debit_files.request(office, made.file))
        debit_files.note_handed(office, made.file)
        again = " It had been made before and is the same." if made.again else ""
        click.echo(f"{out}: {made.file.count} debits, {made.file.total} yen, on {on}.{again}")

    return command


def make_import_debits(office: Office) -> click.Command:
    """`import-debits`."""

    @click.command("import-debits")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False))
    def command(file: str) -> None:
        """Take a result file of direct debits: all of it, or nothing; the same file twice does nothing."""
        outcome = debit_results.take(office, Path(file).read_bytes())
        match outcome:
            case debit_results.Refused():
                click.echo(f"{file}: {outcome}", err=True)
                click.echo("The file was refused whole; nothing was changed.", err=True)
                sys.exit(1)
            case debit_results.TakenBefore(due_on):
                click.echo(f"The result for {due_on} was taken before; nothing was done.")
            case debit_results.Taken(due_on, paid, failed):
                click.echo(f"The result for {due_on} was taken: {paid} paid, {failed} not paid.")

    return command


def make_mandate(office: Office) -> click.Command:
    """`mandate`."""

    @click.command("mandate")
    @click.argument("number", type=int)
    @click.option("--agreed", "word", flag_value=Word.AGREED.value, help="The bank will debit the account.")
    @click.option("--declined", "word", flag_value=Word.DECLINED.value, help="The bank will not.")
    def command(number: int, word: str | None) -> None:
        """Say what the bank answered on paper to a member's mandate."""
        if word is None:
            raise click.UsageError("say --agreed or --declined")
        if isinstance(mandates.answer(office, number, Word(word)), NothingOpen):
            click.echo(f"No mandate {number} waits for an answer.", err=True)
            sys.exit(1)
        click.echo(f"Mandate {number} is {word}; the member gets a letter.")

    return command


def _write(target: Path, data: bytes) -> None:
    """Whole or not at all: half a file must not reach a bank."""
    fresh = target.with_name(f".{target.name}.new")
    fresh.write_bytes(data)
    fresh.replace(target)
