"""What we need to give the status page to calendars and feed readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Event:
    """Something that is shut, in words; `ends` is None while nobody knows. `name` stays the same for ever.

    `updated` is when what it says was last changed.
    """

    name: str
    title: str
    text: str
    begins: datetime
    ends: datetime | None
    updated: datetime


class Feeds(Protocol):
    """Writes events in the two formats that others read; the same events give the same bytes."""

    def calendar(self, title: str, address: str, events: Sequence[Event]) -> bytes:
        """An iCalendar file in Japan's time; one whose end is not known is shown as an hour long."""
        ...

    def atom(self, title: str, address: str, events: Sequence[Event], updated: datetime) -> bytes:
        """An Atom feed of the page at `address` (whole, with its host)."""
        ...
