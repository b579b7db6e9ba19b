"""What we need to know of Japan's banks and their branches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Place:
    """A bank or a branch: its code in digits, the name that pages show, and its name in bank kana."""

    code: str
    name: str
    kana: str


class BankDirectory(Protocol):
    """The list of banks and branches; codes are four and three digits."""

    def bank(self, code: str) -> Place | None:
        """The bank of this code."""
        ...

    def branch(self, bank: str, code: str) -> Place | None:
        """The branch of this code at a bank."""
        ...

    def banks_called(self, words: str, most: int) -> Sequence[Place]:
        """Banks of this name, written in any usual way; when none is, those whose name begins with it."""
        ...

    def branches_called(self, bank: str, words: str, most: int) -> Sequence[Place]:
        """Branches of a bank of this name; when none is, those whose name begins with it."""
        ...
