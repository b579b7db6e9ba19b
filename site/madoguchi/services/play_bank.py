"""The demo's bank, as testers see and set it."""

from __future__ import annotations

from collections.abc import Sequence

from madoguchi.ports.bank import PlayBank, Received, Temper
from madoguchi.services.office import Office


def temper(office: Office) -> Temper:
    """How the bank behaves now."""
    return _bank(office).temper()


def put_into(office: Office, wished: Temper) -> None:
    """Let the bank behave so from now on."""
    _bank(office).put_into(wished)


def refusals(office: Office) -> dict[str, str]:
    """The codes it can refuse with, and what it then says."""
    return _bank(office).refusals()


def newest(office: Office, most: int) -> Sequence[Received]:
    """The orders that reached it last, the newest first."""
    return _bank(office).newest(most)


def _bank(office: Office) -> PlayBank:
    if office.demo is None or office.demo.bank is None:
        raise LookupError("this office has no bank to play with")
    return office.demo.bank
