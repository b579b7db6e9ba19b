"""What an operator does with files of transfers: has one made, carries it, says what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
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
class Held:
    """Orders whose day has come, in no file yet and in files, and files of days gone by without an answer."""

    unfiled: int
    filed: int
    overdue: tuple[int, ...]


class TransferFiles(Protocol):
    """Gathers the orders that a Bank took into files."""

    def make(self, on: date) -> TransferFile | None:
        """A new file of every order that waits for this day or an earlier one; None when none does."""
        ...

    def again(self, number: int) -> TransferFile | None:
        """The very same file once more; None when there is no such file."""
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
