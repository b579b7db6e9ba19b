"""The operator's commands, `flask --app run …`: plain sentences, and exit code 1 when something is wrong."""

from __future__ import annotations

import sys

import click

from madoguchi.jobs import backup_commands as backup
from madoguchi.jobs import bank_commands as bank
from madoguchi.jobs import letter_commands as letter
from madoguchi.jobs import personal_commands as personal
from madoguchi.jobs import publish_commands as publish
from madoguchi.jobs import staff_commands as people
from madoguchi.jobs.books_commands import make_reconcile
from madoguchi.jobs.outage_commands import make_outage
from madoguchi.services import capacity, debit_round, demo, importing, reminders, rounds, upkeep, verify
from madoguchi.services.office import Office


def register(group: click.Group, office: Office) -> None:
    """Add the commands to a group (the app's own)."""
    about_letters = (letter.make_worker, letter.make_doctor, letter.make_letter, letter.make_bounced)
    about_banks = (
        bank.make_debit_file,
        bank.make_import_debits,
        bank.make_mandate,
        bank.make_mandates,
        bank.make_transfer_file,
        bank.make_transfers_done,
        bank.make_bank_files_here,
        make_reconcile,
    )
    about_running = (backup.make_backup, backup.make_restore, backup.make_reseal, backup.make_copy)
    about_staff = (people.make_add, people.make_leave, people.make_list)
    about_persons = (personal.make_forget,)
    about_news = (
        publish.make_publish_notice,
        publish.make_withdraw_notice,
        publish.make_publish_coupon,
        publish.make_withdraw_coupon,
        make_outage,
    )
    plain = (_verify, _daily, _remind, _capacity_checks, _import_members, _demo_reset, _migrate)
    about_people = (*about_staff, *about_persons)
    for make in (*plain, *about_letters, *about_banks, *about_running, *about_people, *about_news):
        group.add_command(make(office))


def _verify(office: Office) -> click.Command:
    @click.command("verify")
    def command() -> None:
        """Recompute every contract from its entries and name each figure that differs."""
        count = 0
        for sentence in verify.differences(office):
            click.echo(sentence)
            count += 1
        click.echo(f"{count} differences." if count else "Every figure agrees with the ledger.")
        sys.exit(1 if count else 0)

    return command


def _daily(office: Office) -> click.Command:
    @click.command("daily")
    def command() -> None:
        """Close the days that are over; may be stopped and run again at any point."""
        for closed in rounds.close_days(office):
            click.echo(f"Closed {closed.day}: {closed.due_dates} due dates passed.")
            for name, count in closed.done.items():
                if count and name != "due dates":
                    click.echo(f"  {name}: {count}")
        for told in debit_round.run(office):
            click.echo(told)
        click.echo("All days before today are closed.")
        if count := reminders.run(office):
            click.echo(f"Reminders: {count} due dates were looked after.")

    return command


def _remind(office: Office) -> click.Command:
    @click.command("remind")
    def command() -> None:
        """Write the reminders whose hour has come; the worker does so every minute."""
        click.echo(f"{reminders.run(office)} due dates were looked after.")

    return command


def _capacity_checks(office: Office) -> click.Command:
    @click.command("capacity-checks")
    def command() -> None:
        """List, as CSV, whose capacity to repay the law wants looked at again, and until when."""
        click.echo("member_number,period_end,why,check_by")
        for check in capacity.open_checks(office):
            click.echo(f"{check.member_number},{check.period_end},{check.why},{check.check_by}")

    return command


def _import_members(office: Office) -> click.Command:
    @click.command("import-members")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False))
    @click.option("--dry-run", is_flag=True, help="Check the file and write nothing.")
    def command(file: str, dry_run: bool) -> None:
        """Take members with their contracts from a CSV file: all of them, or none (docs/importing.md)."""
        with open(file, encoding="utf-8-sig", newline="") as lines:
            outcome = importing.import_members(office, lines, dry_run=dry_run, say=click.echo)
        if isinstance(outcome, importing.Faulty):
            for fault in outcome.faults:
                click.echo(str(fault), err=True)
            click.echo(f"{outcome.told}; nothing was imported.", err=True)
            sys.exit(1)
        click.echo(str(outcome))

    return command


def _demo_reset(office: Office) -> click.Command:
    @click.command("demo-reset")
    def command() -> None:
        """Throw the demo away and make its people again."""
        if office.demo is None:
            click.echo("This is a production site: there is no demo to reset.", err=True)
            sys.exit(1)
        demo.start_over(office, click.echo)

    return command


def _migrate(office: Office) -> click.Command:
    @click.command("migrate")
    def command() -> None:
        """Bring the database to the newest schema (every start does so too)."""
        applied = upkeep.migrate(office)
        click.echo(f"Applied: {', '.join(applied)}." if applied else "The schema is the newest.")

    return command
