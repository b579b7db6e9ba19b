"""The operator's commands about notices and coupons: publish one that a file describes, take one back."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from madoguchi.domain.bulletins import NewCoupon, NewNotice
from madoguchi.services import coupons, notices
from madoguchi.services.notices import Faulty, Published
from madoguchi.services.office import Office

NOTICE = {"title": str, "body": str, "first": date, "last": date, "points": int}
COUPON = {"shop": str, "title": str, "body": str, "code": str, "first": date, "last": date, "once": bool}

_file = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_by = click.option("--by", "by_whom", required=True, help="Who at the lender answers for it.")
_number = click.argument("number", type=click.IntRange(1, 2**62))


def make_publish_notice(office: Office) -> click.Command:
    """`publish-notice`."""

    @click.command("publish-notice")
    @_file
    @_by
    def command(file: Path, by_whom: str) -> None:
        """Publish the notice that a TOML file describes (docs/operating.md)."""
        notice = NewNotice(**_read(file, NOTICE, optional={"points": 0}))
        _say("Notice", notices.publish(office, notice, by_whom), notice.first)

    return command


def make_withdraw_notice(office: Office) -> click.Command:
    """`withdraw-notice`."""
    return _withdraw(office, "notice", notices.withdraw)


def make_publish_coupon(office: Office) -> click.Command:
    """`publish-coupon`."""

    @click.command("publish-coupon")
    @_file
    @_by
    def command(file: Path, by_whom: str) -> None:
        """Publish the coupon that a TOML file describes (docs/operating.md)."""
        coupon = NewCoupon(**_read(file, COUPON, optional={}))
        _say("Coupon", coupons.publish(office, coupon, by_whom), coupon.first)

    return command


def make_withdraw_coupon(office: Office) -> click.Command:
    """`withdraw-coupon`."""
    return _withdraw(office, "coupon", coupons.withdraw)


def _withdraw(office: Office, what: str, act: Callable[[Office, int, str], bool]) -> click.Command:
    @click.command(f"withdraw-{what}", help=f"Take a {what} back; nobody sees it from now on.")
    @_number
    @_by
    def command(number: int, by_whom: str) -> None:
        if not act(office, number, by_whom):
            click.echo(f"There is no {what} {number} to take back.", err=True)
            sys.exit(1)
        click.echo(f"{what.capitalize()} {number} is taken back.")

    return command


def _read(file: Path, keys: dict[str, type], optional: dict[str, Any]) -> dict[str, Any]:
    """The file's values, each of its kind; leaves with every fault named."""
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        _leave([f"{file.name} cannot be read: {fault}"])
    found = optional | found
    faults = [f"{key} is no key that is known here" for key in sorted(found.keys() - keys.keys())]
    for key, kind in keys.items():
        if key not in found:
            faults.append(f"{key} is missing")
        elif type(found[key]) is not kind:
            faults.append(f"{key} must be {_KINDS[kind]}, not {found[key]!r}")
    if faults:
        _leave(faults)
    return found


def _say(what: str, outcome: Published | Faulty, first: date) -> None:
    if isinstance(outcome, Faulty):
        _leave(outcome.faults)
    click.echo(f"{what} {outcome.number} is published; it is shown from {first} on.")


def _leave(faults: Any) -> Any:
    for fault in faults:
        click.echo(f"{fault}.", err=True)
    click.echo("Nothing was published.", err=True)
    sys.exit(1)


_KINDS = {
    str: "a text in quotes",
    date: "a day such as 2026-11-20",
    int: "a whole number",
    bool: "true or false",
}
