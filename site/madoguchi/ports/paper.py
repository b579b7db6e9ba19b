"""What we need to put a paper that the law asks for into a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a head; `wide` are the widths of the columns in percent, `words` how many of them,
    from the left, hold words and no figures."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: tuple[int, ...]
    words: int


@dataclass(frozen=True, slots=True)
class Proof:
    """How whoever holds a paper asks whether it is genuine: what to type where, and a link with both."""

    number: str
    code: str
    address: str
    link: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper in words, from top to bottom; `made_at` is when what it tells happened."""

    title: str
    number: str
    to: str
    sentence: str
    headline: tuple[str, str]
    rows: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    sender: tuple[str, ...]
    made_at: datetime
    table: Table | None = None
    proof: Proof | None = None


class Printer(Protocol):
    """Puts sheets into files."""

    def printed(self, sheet: Sheet) -> bytes:
        """A PDF whose words can be read out; the same sheet gives the same bytes."""
        ...
