"""The operator's commands about the files that go to the lender's bank and come from it."""

from __future__ import annotations

import csv
import sys
from datetime import date
from pathlib import Path

import click

from madoguchi.ports import JAPAN
from madoguchi.ports.debit import Word
from madoguchi.ports.transfer_files import TransferFiles
from madoguchi.services import bank_files, debit_files, debit_results, mandates, rounds
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


def make_mandates(office: Office) -> click.Command:
    """`mandates`."""

    @click.command("mandates")
    def command() -> None:
        """List, as CSV, the mandates that wait for the bank's answer, which `mandate NUMBER` takes."""
        lines = csv.writer(sys.stdout, lineterminator="\n")
        lines.writerow(
            ("number", "member_number", "name_kana", "bank", "branch", "kind", "account_number", "since")
        )
        for wish in mandates.wishes(office):
            one, account = wish.named.mandate, wish.named.mandate.account
            bank = f"{account.bank_code} {wish.named.bank}"
            branch = f"{account.branch_code} {wish.named.branch}"
            since = one.asked_at.astimezone(JAPAN).date()
            kind = mandates.KINDS[account.kind]
            lines.writerow(
                (one.id, wish.member_number, wish.name_kana, bank, branch, kind, account.number, since)
            )

    return command


def make_transfer_file(office: Office) -> click.Command:
    """`transfer-file`."""

    @click.command("transfer-file")
    @click.option("--on", "on", type=Day(), help="The day of the transfers; what waits for it goes out.")
    @click.option("--again", "number", type=int, help="Write this file once more instead.")
    @click.option("--out", type=click.Path(dir_okay=False), required=True, help="Where to write the file.")
    def command(on: date | None, number: int | None, out: str) -> None:
        """Write the file of transfers (総合振込) that members' drawdowns and returns wait for."""
        if (on is None) == (number is None):
            raise click.UsageError("say --on DAY or --again NUMBER")
        files = _files(office)
        made = files.make(on) if on else files.again(number or 0)
        if made is None:
            click.echo("No transfer waits." if on else f"There is no file {number}.", err=True)
            sys.exit(1)
        _write(Path(out), made.data)
        click.echo(f"{out}: file {made.number}, {made.count} transfers, {made.total} yen, on {made.on}.")

    return command


def make_transfers_done(office: Office) -> click.Command:
    """`transfers-done`."""

    @click.command("transfers-done")
    @click.argument("number", type=int)
    @click.option("--returned", type=(int, str), multiple=True, metavar="REFERENCE WHY",
                  help="A transfer that came back, and why, as the member is told.")  # fmt: skip
    def command(number: int, returned: tuple[tuple[int, str], ...]) -> None:
        """Say that the bank carried out file NUMBER; what it returned is given back to the members."""
        try:
            settled = _files(office).done(number, dict(returned))
        except ValueError as fault:
            click.echo(f"Nothing was changed: {fault}.", err=True)
            sys.exit(1)
        if settled is None:
            click.echo(f"There is no file {number}.", err=True)
            sys.exit(1)
        click.echo(f"File {number}: {settled} transfers are settled, {len(returned)} came back.")

    return command


def make_bank_files_here(office: Office) -> click.Command:
    """`bank-files-here`."""

    @click.command("bank-files-here")
    def command() -> None:
        """Say that this machine has the bank's files from now on, whoever had them (docs/bank-files.md)."""
        _files(office, moving=True)
        bank_files.move_here(office)
        click.echo(
            "The bank's files are this machine's. A worker elsewhere leaves payouts alone from now on."
        )

    return command


def _files(office: Office, *, moving: bool = False) -> TransferFiles:
    if office.bank_elsewhere:
        click.echo("Another machine has the files of transfers (MADOGUCHI_RAILS): ask there.", err=True)
        sys.exit(1)
    if office.transfers is None:
        click.echo("This site's bank is not reached by files.", err=True)
        sys.exit(1)
    if not (moving or bank_files.are_here(office)):
        click.echo(f"{bank_files.SENTENCE}.", err=True)
        sys.exit(1)
    return office.transfers


def _write(target: Path, data: bytes) -> None:
    """Whole or not at all: half a file must not reach a bank."""
    fresh = target.with_name(f".{target.name}.new")
    fresh.write_bytes(data)
    fresh.replace(target)
