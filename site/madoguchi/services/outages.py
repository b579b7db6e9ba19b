"""Outages: published, told more about, ended and withdrawn by staff; each at once, for every page to tell.

What is published here shuts nothing by itself but sign-in and money (web/maintenance.py), for which the page
then says why; a due date whose last hours it took is moved (services/forgiving.py).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

from madoguchi.domain.maintenance import Function
from madoguchi.services import audit, forgiving, once
from madoguchi.services.audit import Noted
from madoguchi.services.office import Office
from madoguchi.store import outages

MOST_WORDS: Final = 500  # letters of what is said about one


class Why(Enum):
    """Why nothing was published."""

    NO_FUNCTION = "no_function"  # an outage is of something
    NO_WORDS = "no_words"
    TOO_LONG = "too_long"
    BACKWARDS = "backwards"  # it ends before it begins, or a planned one is over already
    AHEAD = "ahead"  # what begins later is announced, what has begun is begun
    UNKNOWN = "unknown"  # there is no such outage, or it is over


@dataclass(frozen=True, slots=True)
class Published:
    """It stands; `moved` is how many contracts whose due date had passed were told again."""

    outage_id: int
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was published or changed."""

    why: Why


def announce(
    office: Office,
    functions: Collection[Function],
    begins: datetime,
    ends: datetime,
    words: str,
    by_whom: str,
    *,
    key: str = "",
) -> Published | Refused:
    """Announce a window besides the calendar, once for each key; both moments aware, the end ahead of now."""
    if why := _wrong(functions, words):
        return Refused(why)
    now = office.now()
    if ends <= begins or ends <= now:
        return Refused(Why.BACKWARDS)
    return _publish(office, functions, (begins, ends, None), words, by_whom, planned=True, key=key)


def begin(
    office: Office,
    functions: Collection[Function],
    words: str,
    by_whom: str,
    *,
    at: datetime | None = None,
    expected: datetime | None = None,
    until: datetime | None = None,
    key: str = "",
) -> Published | Refused:
    """Publish an outage that has begun, now or at an earlier moment; over at `until` where that is known.

    It is published once for each key.
    """
    now = office.now()
    begins = at or now
    if why := _wrong(functions, words):
        return Refused(why)
    if begins > now or (until is not None and until > now):
        return Refused(Why.AHEAD)
    soonest = begins if until is not None else now  # when it may be expected to end
    if (until is not None and until < begins) or (expected is not None and expected <= soonest):
        return Refused(Why.BACKWARDS)
    span = (begins, until, expected)
    return _publish(office, functions, span, words, by_whom, planned=False, key=key)


def end(office: Office, outage_id: int, by_whom: str, *, at: datetime | None = None) -> Published | Refused:
    """Say that an outage is over, now or since an earlier moment."""
    now = office.now()
    if at is not None and at > now:
        return Refused(Why.AHEAD)
    with office.store.transaction():
        if not outages.end(office.store, outage_id, at or now, by_whom):
            return Refused(Why.UNKNOWN)
        moment = (at or now).isoformat(timespec="seconds")
        audit.note_within(office, Noted.OUTAGE_ENDED, by_whom, outage=outage_id, at=moment)
    return Published(outage_id, forgiving.forgive(office))


def tell(office: Office, outage_id: int, text: str, by_whom: str) -> Published | Refused:
    """Say more about an outage that stands."""
    if why := _wrong({Function.LETTERS}, text):
        return Refused(why)
    with office.store.transaction():
        if not outages.note(office.store, outage_id, office.now(), by_whom, text.strip()):
            return Refused(Why.UNKNOWN)
        audit.note_within(office, Noted.OUTAGE_TOLD, by_whom, outage=outage_id, words=text.strip())
    return Published(outage_id)


def withdraw(office: Office, outage_id: int, by_whom: str) -> Published | Refused:
    """Take back what was published in error; a due date that it moved stays moved."""
    with office.store.transaction():
        if not outages.withdraw(office.store, outage_id, office.now(), by_whom):
            return Refused(Why.UNKNOWN)
        audit.note_within(office, Noted.OUTAGE_WITHDRAWN, by_whom, outage=outage_id)
    return Published(outage_id)


def _publish(
    office: Office,
    functions: Collection[Function],
    span: tuple[datetime, datetime | None, datetime | None],
    words: str,
    by_whom: str,
    *,
    planned: bool,
    key: str,
) -> Published:
    now = office.now()

    def write() -> int:
        number = outages.add(office.store, functions, span, words.strip(), now, by_whom, planned=planned)
        what = " ".join(sorted(one.value for one in functions))
        audit.note_within(office, Noted.OUTAGE_PUBLISHED, by_whom, outage=number, what=what)
        return number

    with office.store.transaction():
        number = once.within(office, key, write)
    return Published(number, forgiving.forgive(office))


def _wrong(functions: Collection[Function], words: str) -> Why | None:
    if not functions:
        return Why.NO_FUNCTION
    if not words.strip():
        return Why.NO_WORDS
    return Why.TOO_LONG if len(words.strip()) > MOST_WORDS else None
