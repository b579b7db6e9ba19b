"""What the product needs from outside, as protocols of one or two methods."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Protocol

JAPAN = timezone(timedelta(hours=9), "JST")  # a fixed offset since 1951, so no zone table is needed


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """The moment now, aware, in UTC."""
        ...


class MovableClock(Clock, Protocol):
    """The demo's clock, which testers move forward."""

    def move(self, by: timedelta) -> None:
        """Go `by` forward (never back: the ledger knows no yesterday) and remember it across restarts."""
        ...

    def restart(self) -> None:
        """Go back to where it started, when everything else starts over too."""
        ...


class Hasher(Protocol):
    """Slow hashing of secrets, in two lanes: one for known devices, one for everyone else."""

    def hash(self, secret: str, *, keyed: bool) -> str:
        """A new hash of `secret`; `keyed` ones (PINs) also need the pepper."""
        ...

    def verify(self, stored: str | None, secret: str, *, keyed: bool, known_device: bool) -> bool:
        """Whether `secret` made `stored`; None compares a dummy in the same time.

        Raises Unavailable when the lane is full: then nothing was compared.
        """
        ...


class Gate(Protocol):
    """The limit on failed attempts from one place; made for each request."""

    def take(self) -> int:
        """Take one slot; 0 when one was free, else the seconds until then. Unavailable without its store."""
        ...

    def give_back(self) -> None:
        """Return the slot that was taken: the attempt was right, or was never compared."""
        ...


def business_date(clock: Clock) -> date:
    """Today in Japan: the only door from a moment to a day."""
    return clock.now().astimezone(JAPAN).date()
