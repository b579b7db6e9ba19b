"""What the product needs from outside, as protocols of one or two methods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Protocol

from madoguchi.domain.letters import Kind
from madoguchi.domain.passwords import Strength

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

    def outdated(self, stored: str) -> bool:
        """Whether `stored` was made with other parameters than new hashes are."""
        ...


class PasswordList(Protocol):
    """A list of common passwords, and with it an estimate of how soon a password is guessed."""

    def strength(self, password: str, words: Sequence[str]) -> Strength:
        """How strong a password is against somebody who also tries `words`, in small letters."""
        ...


class Gate(Protocol):
    """The limit on failed attempts from one place; made for each request."""

    def take(self) -> int:
        """Take one slot; 0 when one was free, else the seconds until then. Unavailable without its store."""
        ...

    def give_back(self) -> None:
        """Return the slot that was taken: the attempt was right, or was never compared."""
        ...


@dataclass(frozen=True, slots=True)
class Printed:
    """A letter in words: plain text, and the same as simple HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Message:
    """A printed letter with its address; `key` stays at every try, so that a second copy is known as one."""

    key: str
    to: str  # one bare mail address or mobile number
    printed: Printed
    at: datetime


class Press(Protocol):
    """Turns a kind and its facts into words."""

    def compose(self, kind: Kind, facts: Mapping[str, str]) -> Printed:
        """The letter. Raises ValueError when the facts do not fill the template."""
        ...


class NotSent(Exception):
    """A try that failed. `cause` is short and holds nothing of the letter, so it may be logged and kept."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class Later(NotSent):
    """Not this letter and not now; another try may succeed."""


class Unreachable(NotSent):
    """The carrier as a whole does not answer: nothing can be sent now."""


class Never(NotSent):
    """Refused for good; `nobody_there` when that was because the address does not exist."""

    def __init__(self, cause: str, nobody_there: bool = False) -> None:
        super().__init__(cause)
        self.nobody_there = nobody_there


class Carrier(Protocol):
    """Takes letters out of the house: mail, or SMS."""

    def send(self, message: Message) -> None:
        """Hand one letter on, within a bounded time; raises NotSent."""
        ...


@dataclass(frozen=True, slots=True)
class Delivered:
    """A letter as it lies in the demo's mailbox."""

    key: str
    to: str
    subject: str
    text: str
    at: datetime


class Mailbox(Protocol):
    """Where the demo's letters end."""

    def newest(self, most: int) -> list[Delivered]:
        """The letters that came last, the newest first."""
        ...

    def empty(self) -> None:
        """Throw all of them away."""
        ...


def business_date(clock: Clock) -> date:
    """Today in Japan: the only door from a moment to a day."""
    return clock.now().astimezone(JAPAN).date()
