"""What we need of the bank that carries money to members.

A key names one order for ever. The bank pays a key at most once. Whoever does not know what became of an
order asks about its key and never sends it again: a bank that is asked about a key it has not seen closes the
key and says no, so that an order which was still on its way is refused when it arrives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class TransferOrder:
    """So many yen to an account, on a day; `account_kind` is 1 ordinary or 2 current, the holder in kana."""

    key: str
    amount: int
    bank_code: str
    branch_code: str
    account_kind: int
    account_number: str
    holder_kana: str
    on: date


@dataclass(frozen=True, slots=True)
class Settled:
    """The money reached the account on a day; `reference` is the bank's own name for that."""

    reference: str
    on: date


@dataclass(frozen=True, slots=True)
class Rejected:
    """The bank's no, for good; `reason` is a short Japanese sentence that the member may read."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pending:
    """Not known yet: the bank is at it, did not answer in time, or its answer was lost."""


Answer = Settled | Rejected | Pending


@dataclass(frozen=True, slots=True)
class Known:
    """An order as the bank's side has it in its own records, which nothing of ours writes to.

    `answer` is what asking about it would bring; `on` and `reference` stand in a Settled one.
    """

    key: str
    amount: int
    answer: Answer


class Bank(Protocol):
    """Carries money out; both acts answer within a bounded time, with Pending when they cannot know."""

    def send(self, order: TransferOrder) -> Answer:
        """Hand an order over, once."""
        ...

    def ask(self, key: str) -> Answer:
        """What became of an order; a key the bank has not seen is closed by asking, and answered Rejected."""
        ...


class Books(Protocol):
    """The bank's side as it can be looked over, to hold it against our own books."""

    def known(self) -> Iterator[Known]:
        """Every order it has, by key (in the order of its bytes); looking changes nothing."""
        ...


class Trouble(Enum):
    """What can happen between us and a bank."""

    NONE = ""
    NOT_REACHED = "not_reached"  # timed out before the bank had it
    ANSWER_LOST = "answer_lost"  # timed out after the bank had done it


@dataclass(frozen=True, slots=True)
class Temper:
    """How the demo's bank behaves: slow by so many seconds, refusing with a code, and the line's troubles."""

    delay_seconds: int = 0
    refusal: str = ""
    sending: Trouble = Trouble.NONE
    asking: Trouble = Trouble.NONE


@dataclass(frozen=True, slots=True)
class Received:
    """An order as the demo's bank knows it; `state` is taken, paid, refused, or closed before it came."""

    key: str
    state: str
    amount: int
    account: str
    holder_kana: str
    on: date | None
    seen_at: datetime
    reason: str


class PlayBank(Bank, Protocol):
    """The demo's bank, which testers can put in a temper."""

    def temper(self) -> Temper:
        """How it behaves now."""
        ...

    def put_into(self, temper: Temper) -> None:
        """Behave so from now on."""
        ...

    def refusals(self) -> dict[str, str]:
        """The codes it can refuse with, and what it then says."""
        ...

    def newest(self, most: int) -> Sequence[Received]:
        """The orders that came last, the newest first."""
        ...

    def empty(self) -> None:
        """Forget everything."""
        ...
