"""What we need to keep files that members send, and to look into them before we do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Why(Enum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"  # in one form
    TOO_MUCH = "too_much"  # all of a form together
    TOO_OFTEN = "too_often"  # of one member in a day
    STRANGE = "strange"  # neither an image nor a PDF of ours to take
    HEIC = "heic"  # told apart: whoever has an iPhone can do something about it
    BROKEN = "broken"
    PIXELS = "pixels"
    PAGES = "pages"
    LOCKED = "locked"  # by a password, or against reading by programs
    ACTIVE = "active"  # scripts, files inside, things that start


@dataclass(frozen=True, slots=True)
class Clean:
    """What may be kept of a file: made anew by us, so that nothing else stands in it."""

    kind: str  # a media type: image/jpeg, image/png or application/pdf
    content: bytes


class Inspector(Protocol):
    """Looks into files by what they hold, never by their name."""

    def inspected(self, content: bytes) -> Clean | Why:
        """The file made anew, or why it cannot be taken; slow, so never inside a transaction."""
        ...


class Shelf(Protocol):
    """Keeps files under names that nobody can guess, where no web server looks."""

    def put(self, content: bytes, name: str = "") -> str:
        """Keep a file, on the disk before this returns; without a name it gets a new one."""
        ...

    def get(self, name: str) -> bytes | None:
        """The file, or None where there is none of that name."""
        ...

    def remove(self, name: str) -> None:
        """Throw a file away; one that is gone is no fault."""
        ...
