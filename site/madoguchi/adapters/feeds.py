"""The status page as iCalendar and Atom, by the libraries icalendar and feedgen; loaded when first asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from madoguchi.ports import JAPAN
from madoguchi.ports.feeds import Event

UNKNOWN: Final = timedelta(hours=1)  # how long an outage is drawn whose end nobody knows


class LibraryFeeds:
    """Writes both."""

    def calendar(self, title: str, address: str, events: Sequence[Event]) -> bytes:
        """See ports.feeds.Feeds."""
        import icalendar

        made = icalendar.Calendar()
        made.add("prodid", "-//Madoguchi//status//JA")
        made.add("version", "2.0")
        made.add("method", "PUBLISH")
        made.add("x-wr-calname", title)
        tokyo = ZoneInfo("Asia/Tokyo")
        for one in events:
            item = icalendar.Event()
            item.add("uid", _uid(one, address))
            item.add("dtstamp", one.updated)
            item.add("dtstart", one.begins.astimezone(tokyo))
            item.add("dtend", (one.ends or one.begins + UNKNOWN).astimezone(tokyo))
            item.add("summary", one.title)
            item.add("description", one.text)
            item.add("url", address)
            item.add("transp", "TRANSPARENT")
            made.add_component(item)
        made.add_missing_timezones()
        return bytes(made.to_ical())

    def atom(self, title: str, address: str, events: Sequence[Event], updated: datetime) -> bytes:
        """See ports.feeds.Feeds."""
        from feedgen.feed import FeedGenerator

        made = FeedGenerator()
        made.id(address)
        made.title(title)
        made.language("ja")
        made.author({"name": title})
        made.link(href=address, rel="alternate")
        made.link(href=f"{address}.atom", rel="self")
        made.updated(updated.astimezone(JAPAN))
        for one in events:
            item = made.add_entry(order="append")
            item.id(f"tag:{urlsplit(address).hostname},2026:{one.name}")
            item.title(one.title)
            item.link(href=address)
            item.content(one.text)
            item.updated(one.updated.astimezone(JAPAN))
        return bytes(made.atom_str(pretty=True))


def _uid(one: Event, address: str) -> str:
    return f"{one.name}@{urlsplit(address).hostname}"
