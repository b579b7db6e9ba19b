"""The operator's commands about letters: send them, look after them, say that one came back."""

from __future__ import annotations

import signal
import sys

import click

from madoguchi.jobs.worker import Keeper, Payer, Reminder, Worker
from madoguchi.services import doctor, letters, post
from madoguchi.services.office import Office


def make_worker(office: Office) -> click.Command:
    """`worker`."""

    @click.command("worker")
    def command() -> None:
        """Send letters, money and reminders until stopped; several may run at once, on any machines."""
        worker, others = Worker(office), (Payer(office), Reminder(office), Keeper(office))

        def stop(*_: object) -> None:
            for one in (worker, *others):
                one.stop()

        for stopping in (signal.SIGTERM, signal.SIGINT):
            signal.signal(stopping, stop)
        click.echo("Sending letters and money; stop with Ctrl+C.")
        for one in others:
            one.start()
        worker.run()
        for one in others:
            one.join()

    return command


def make_doctor(office: Office) -> click.Command:
    """`doctor`."""

    @click.command("doctor")
    def command() -> None:
        """Say in plain words what an operator should look at; exit code 1 when there is anything."""
        found = list(doctor.complaints(office))
        for sentence in found or ["All is well."]:
            click.echo(sentence)
        click.echo(doctor.queue(office))
        sys.exit(1 if found else 0)

    return command


def make_letter(office: Office) -> click.Command:
    """`letter`."""

    @click.command("letter")
    @click.argument("number", type=int)
    @click.option("--again", "act", flag_value="again", help="Put it back into the queue.")
    @click.option("--drop", "act", flag_value="drop", help="Delete it.")
    def command(number: int, act: str | None) -> None:
        """Deal with a letter that `doctor` says was set aside."""
        if act is None:
            raise click.UsageError("say --again or --drop")
        outcome = post.again(office, number) if act == "again" else post.drop(office, number)
        match outcome:
            case post.Requeued():
                click.echo(f"Letter {number} will be tried again.")
            case post.Dropped():
                click.echo(f"Letter {number} is deleted.")
            case post.SecretGone():
                click.echo(
                    f"Letter {number} held a code or link that is blanked; only --drop is left.", err=True
                )
                sys.exit(1)
            case post.NotAside():
                click.echo(f"No letter {number} is set aside.", err=True)
                sys.exit(1)

    return command


def make_bounced(office: Office) -> click.Command:
    """`bounced`."""

    @click.command("bounced")
    @click.argument("address")
    def command(address: str) -> None:
        """Say that mail to ADDRESS came back: no codes and links go there from now on."""
        count = letters.bounced(office, address)
        click.echo(f"{count} members have this address; it is marked.")
        sys.exit(0 if count else 1)

    return command
