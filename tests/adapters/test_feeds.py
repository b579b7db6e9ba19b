"""The status as calendar and feed: others read it, the same events give the same bytes."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import icalendar
import pytest

from madoguchi.adapters.feeds import LibraryFeeds
from madoguchi.ports import JAPAN
from madoguchi.ports.feeds import Event

AT = datetime(2026, 11, 23, 0, 0, tzinfo=JAPAN)
PAGE = "https://madoguchi.example/status"
EVENTS = (
    Event(
        "maintenance-1",
        "お休みの予定：会員ログイン",
        "月曜；の点検, です\n二行目",
        AT,
        AT + timedelta(hours=7),
        AT,
    ),
    Event("outage-2", "障害：<ATM> & ほか", "終わりは未定", AT, None, AT + timedelta(minutes=5)),
)


def test_a_calendar_holds_japans_hours_with_their_zone():
    made = icalendar.Calendar.from_ical(LibraryFeeds().calendar("稼働状況", PAGE, EVENTS))
    first, second = made.walk("VEVENT")
    assert first["DTSTART"].params["TZID"] == "Asia/Tokyo"
    assert made.walk("VTIMEZONE")
    assert str(first["DESCRIPTION"]) == EVENTS[0].text
    assert second["DTEND"].dt - second["DTSTART"].dt == timedelta(hours=1)


def test_a_feed_escapes_and_keeps_its_ids():
    feed = ElementTree.fromstring(LibraryFeeds().atom("稼働状況", PAGE, EVENTS, AT))
    names = {"a": "http://www.w3.org/2005/Atom"}
    assert [one.text for one in feed.findall("a:entry/a:title", names)] == [one.title for one in EVENTS]
    assert [one.text for one in feed.findall("a:entry/a:id", names)] == [
        "tag:madoguchi.example,2026:maintenance-1",
        "tag:madoguchi.example,2026:outage-2",
    ]
    assert feed.findtext("a:updated", namespaces=names) == "2026-11-23T00:00:00+09:00"


@pytest.mark.parametrize("kind", ["calendar", "atom"])
@pytest.mark.parametrize("events", [EVENTS, ()])
def test_the_same_gives_the_same_bytes(kind, events):
    more = (AT,) if kind == "atom" else ()
    made = [getattr(LibraryFeeds(), kind)("稼働状況", PAGE, events, *more) for _ in range(2)]
    assert made[0] == made[1]
