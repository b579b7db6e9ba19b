"""What we need to know of Japan's postcodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Town:
    """A place that a postcode stands for; `name` is "" where the code stands for a city's other towns."""

    prefecture: str
    city: str
    name: str

    @property
    def text(self) -> str:
        """As the beginning of an address."""
        return self.prefecture + self.city + self.name


class Postcodes(Protocol):
    """The list of postcodes."""

    def towns(self, postcode: str) -> Sequence[Town]:
        """The towns of seven digits, written with a hyphen or without; none for a code that nobody has."""
        ...
