"""`flask --app run outage …`: outages are published, told more about and ended from the command line."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from madoguchi.domain.maintenance import Function
from madoguchi.ports import JAPAN
from madoguchi.services import availability, outages
from madoguchi.services.office import Office
from madoguchi.services.outages import Published, Refused, Why

SENTENCES = {
    Why.NO_FUNCTION: "say what is shut, with --what",
    Why.NO_WORDS: "say it in words that members read, with --words",
    Why.TOO_LONG: f"the words are longer than {outages.MOST_WORDS} letters",
    Why.BACKWARDS: "it would be over before it begins, or is over already",
    Why.AHEAD: "that moment has not come; `outage announce` tells what begins later",
    Why.UNKNOWN: "there is no such outage, or it is over",
}


class Moment(click.ParamType):
    """A moment in Japan such as 2026-11-25T20:00."""

    name = "moment"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The moment, or a sentence that says what would be right."""
        if isinstance(value, datetime):
            return value
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no moment such as 2026-11-25T20:00", param, ctx)
        return found if found.tzinfo else found.replace(tzinfo=JAPAN)


WHAT = click.option(
    "--what",
    multiple=True,
    type=click.Choice([one.value for one in Function]),
    help="What is shut; may be said several times.",
)
WORDS = click.option("--words", default="", help="What members read, in Japanese.")
BY = click.option("--by", required=True, help="Who publishes it.")


def make_outage(office: Office) -> click.Command:
    """`outage` with what can be done about one."""
    group = click.Group("outage", help="Publish, end and list outages; /status tells them within a minute.")
    for make in (_begin, _announce, _tell, _end, _withdraw, _list):
        group.add_command(make(office))
    return group


def _begin(office: Office) -> click.Command:
    @click.command("begin")
    @WHAT
    @WORDS
    @BY
    @click.option("--at", type=Moment(), help="When it began; now without it.")
    @click.option("--expected", type=Moment(), help="When it is expected to be over.")
    @click.option("--until", type=Moment(), help="When it was over, of one that is told afterwards.")
    def command(
        what: tuple[str, ...],
        words: str,
        by: str,
        at: datetime | None,
        expected: datetime | None,
        until: datetime | None,
    ) -> None:
        """Say that something is shut since now or earlier."""
        functions = {Function(one) for one in what}
        _told(outages.begin(office, functions, words, by, at=at, expected=expected, until=until))

    return command


def _announce(office: Office) -> click.Command:
    @click.command("announce")
    @WHAT
    @WORDS
    @BY
    @click.option("--at", type=Moment(), required=True, help="When it begins.")
    @click.option("--until", type=Moment(), required=True, help="When it is over.")
    def command(what: tuple[str, ...], words: str, by: str, at: datetime, until: datetime) -> None:
        """Say that something will be shut besides the calendar."""
        _told(outages.announce(office, {Function(one) for one in what}, at, until, words, by))

    return command


def _tell(office: Office) -> click.Command:
    @click.command("tell")
    @click.argument("number", type=int)
    @WORDS
    @BY
    def command(number: int, words: str, by: str) -> None:
        """Say more about outage NUMBER."""
        _told(outages.tell(office, number, words, by))

    return command


def _end(office: Office) -> click.Command:
    @click.command("end")
    @click.argument("number", type=int)
    @BY
    @click.option("--at", type=Moment(), help="When it was over; now without it.")
    def command(number: int, by: str, at: datetime | None) -> None:
        """Say that outage NUMBER is over."""
        _told(outages.end(office, number, by, at=at))

    return command


def _withdraw(office: Office) -> click.Command:
    @click.command("withdraw")
    @click.argument("number", type=int)
    @BY
    def command(number: int, by: str) -> None:
        """Take back outage NUMBER, which was published in error."""
        _told(outages.withdraw(office, number, by))

    return command


def _list(office: Office) -> click.Command:
    @click.command("list")
    def command() -> None:
        """List, as CSV, the outages of the last 90 days and those ahead."""
        click.echo("number,what,begins,ends,planned")
        seen = availability.status(office)
        for one in (*seen.now, *seen.ahead, *seen.past):
            if one.number is not None:
                what = " ".join(sorted(function.value for function in one.functions))
                click.echo(f"{one.number},{what},{_japan(one.begins)},{_japan(one.ends)},{int(one.planned)}")

    return command


def _japan(moment: datetime | None) -> str:
    return moment.astimezone(JAPAN).isoformat(timespec="minutes") if moment else ""


def _told(outcome: Published | Refused) -> None:
    if isinstance(outcome, Refused):
        click.echo(f"Nothing was changed: {SENTENCES[outcome.why]}.", err=True)
        sys.exit(1)
    moved = f" {outcome.moved} contracts are no longer late by it." if outcome.moved else ""
    click.echo(f"Outage {outcome.outage_id} stands so on /status.{moved}")
