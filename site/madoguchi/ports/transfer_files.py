"""What an operator does with files of transfers: has one made, carries it, says what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class TransferFile:
    """A file of transfers for a day, under its number; `total` is yen."""

    number: int
    on: date
    count: int
    total: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """One transfer of a file; `reference` is its number in the file's columns 102 to 111, amount in yen.

    `state` is filed, paid or returned, `reason` why it came back.
    """

    reference: int
    key: str
    account: str
    holder_kana: str
    amount: int
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Made:
    """A file as it stands: `done` once the operator said what became of it."""

    number: int
    on: date
    done: bool
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class Held:
    """Orders whose day has come, in no file yet and in files, and files of days gone by without an answer."""

    unfiled: int
    filed: int
    overdue: tuple[int, ...]


class TransferFiles(Protocol):
    """Gathers the orders that a Bank took into files."""

    def begun_at(self) -> datetime:
        """When this memory of orders was begun, to the microsecond: by that it is known from any other."""
        ...

    def make(self, on: date) -> TransferFile | None:
        """A new file of every order that waits for this day or an earlier one; None when none does."""
        ...

    def again(self, number: int) -> TransferFile | None:
        """The very same file once more; None when there is no such file."""
        ...

    def files(self, most: int) -> Sequence[Made]:
        """The files that were made last, the newest first."""
        ...

    def lines(self, number: int) -> Sequence[Line]:
        """The transfers of a file in their order; none where there is no such file."""
        ...

    def held(self, today: date) -> Held:
        """What waits for the operator."""
        ...

    def done(self, number: int, returned: Mapping[int, str]) -> int | None:
        """Say that the bank carried a file out, but for the references that it returned, with its reasons.

        Returns how many transfers became settled by it; None when there is no such file. Raises ValueError
        for a reference that does not stand in the file; then nothing was said.
        """
        ...
