"""What we need of the bank that debits members' accounts: it is asked by files and answers by files.

A file or a wish goes under a name of ours and is taken at most once under it, so that whoever does not know
whether it arrived hands it in again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class MandateWish:
    """A member's wish that an account be debited; `kind` is 1 ordinary or 2 current, holder in bank kana."""

    key: str
    bank_code: str
    branch_code: str
    kind: int
    number: str
    holder_kana: str


class Word(Enum):
    """What the bank says to a wish."""

    AGREED = "agreed"
    DECLINED = "declined"
    WAITING = "waiting"  # it answers later, on paper or when it is asked again


@dataclass(frozen=True, slots=True)
class CameBack:
    """A file that came back, under the bank's name for it; whether it is any good is not said yet."""

    name: str
    data: bytes


class DebitBank(Protocol):
    """Takes wishes and request files; every act answers within a bounded time or raises Unavailable."""

    def register(self, wish: MandateWish) -> Word:
        """Whether the bank will debit this account; asked again under the same key it says no other thing."""
        ...

    def hand_in(self, name: str, on: date, request: bytes) -> None:
        """Take a request file for debits on a day; the same name again changes nothing."""
        ...

    def results(self, today: date) -> Sequence[CameBack]:
        """The files that came back up to a day and were not put away."""
        ...

    def put_away(self, name: str) -> None:
        """Not to name a file among the results again."""
        ...


@dataclass(frozen=True, slots=True)
class Mood:
    """How the demo's bank behaves: its word to wishes, and how many business days a file takes.

    `code` is the result of every debit without one of its own.
    """

    word: Word = Word.AGREED
    days: int = 0
    code: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A debit as the demo's bank sees it: our number, whose account, how many yen, and the result to come."""

    customer: int
    holder: str
    amount: int
    code: int


@dataclass(frozen=True, slots=True)
class AtBank:
    """A request file at the demo's bank, the day of its debits, and whether it has come back."""

    name: str
    on: date
    back: bool
    lines: tuple[Line, ...]


class PlayDebits(DebitBank, Protocol):
    """The demo's bank, whose answers testers choose."""

    def mood(self) -> Mood:
        """How it behaves now."""
        ...

    def put_into(self, mood: Mood) -> None:
        """Behave so from now on."""
        ...

    def files(self, most: int) -> Sequence[AtBank]:
        """The files that came last, the newest first."""
        ...

    def decide(self, name: str, customer: int, code: int) -> bool:
        """Choose the result of one debit; False when the file is gone or has come back."""
        ...

    def answer_now(self, name: str) -> bool:
        """Send a file back, on the day of its debits at the earliest; False when none is out."""
        ...

    def empty(self) -> None:
        """Forget everything."""
        ...
