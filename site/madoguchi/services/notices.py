"""Notices: published and withdrawn by staff, read by everybody, some of them for points."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

from madoguchi.domain import points as law
from madoguchi.domain.bulletins import NewNotice, notice_faults
from madoguchi.domain.faults import Unavailable
from madoguchi.domain.points import NOT_IN, Kind
from madoguchi.services import audit, once, points
from madoguchi.services.audit import Noted
from madoguchi.services.office import Office
from madoguchi.services.posting import NotAllowed
from madoguchi.store import notices
from madoguchi.store import points as accounts
from madoguchi.store.notices import NOBODY, Notice

SHOWN: Final = 20  # on one page
MOST: Final = 100  # on the page of those who publish
NEWEST: Final = (date.max, 0)  # the place before all


@dataclass(frozen=True, slots=True)
class Published:
    """It is shown from now on, or from its first day."""

    number: int


@dataclass(frozen=True, slots=True)
class Faulty:
    """Nothing was published; a sentence for each thing that is wrong."""

    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotShown:
    """There is no such notice, or it is shown no more."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """The points for reading it, in an entry of their ledger; 0 when they came before."""

    points: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A notice as one member sees it: `claim` when its points can be had, `claimed` when they came."""

    notice: Notice
    takes_part: bool = False
    claimed: bool = False

    @property
    def claim(self) -> bool:
        """Whether pressing the button earns points."""
        return self.takes_part and self.notice.points > 0 and not self.claimed


def publish(office: Office, notice: NewNotice, by_whom: str, key: str = "") -> Published | Faulty:
    """Publish a notice at once, or for a day to come; once for each key."""
    rules = office.rules.points
    bounds = rules.notice_least, rules.notice_most
    if faults := tuple(notice_faults(notice, office.business_day(), *bounds)):
        return Faulty(faults)
    with office.store.transaction():
        return Published(once.within(office, key, lambda: _publish(office, notice, by_whom)))


def withdraw(office: Office, number: int, by_whom: str) -> bool:
    """Take a notice back at once; points that it earned stay. False where there is none to take back."""
    with office.store.transaction():
        done = notices.withdraw(office.store, number, office.now(), by_whom)
        if done:
            audit.note_within(office, Noted.NOTICE_WITHDRAWN, by_whom, notice=number)
        return done


def current(office: Office) -> list[Notice]:
    """What is shown today or later, the newest first, as staff see it; MOST at most."""
    return notices.current(office.store, office.business_day(), MOST)


def of_number(office: Office, number: int) -> Notice | None:
    """A notice whether it is shown or not, as nobody in particular has it."""
    return notices.read(office.store, number, NOBODY)


def page(
    office: Office, member_id: int | None, before: tuple[date, int] = NEWEST, most: int = SHOWN
) -> tuple[list[Notice], tuple[date, int] | None]:
    """The notices of today behind a place, the newest first, and the place where more follow."""
    today = office.business_day()
    found = notices.standing(office.store, today, member_id or NOBODY, before, most + 1)
    shown = found[:most]
    return shown, (shown[-1].first, shown[-1].id) if len(found) > most else None


def newest(office: Office, most: int) -> list[Notice]:
    """The newest notices, as nobody in particular sees them."""
    return page(office, None, most=most)[0]


def unread(office: Office, member_id: int) -> int:
    """How many notices a member has not read; one statement."""
    return notices.unread(office.store, office.business_day(), member_id)


def read(office: Office, number: int, member_id: int | None) -> Reading | NotShown | None:
    """A notice for a member or for nobody in particular; None where none was ever published.

    Opening one is reading it, but where reading earns points: that takes a press of the button.
    """
    found = notices.read(office.store, number, member_id or NOBODY)
    if found is None or not found.stands(office.business_day()):
        return NotShown() if found else None
    if member_id is None:
        return Reading(found)
    reading = Reading(found)
    if found.points:
        takes_part = points.balance(office, member_id) is not None
        claimed = accounts.by_cause(office.store, member_id, law.by_notice(number)) is not None
        reading = Reading(found, takes_part, claimed)
    if not reading.claim and found.read_at is None:
        _note(office, number, member_id)
    return reading


def claim(office: Office, number: int, member_id: int) -> Claimed | NotShown | NotAllowed:
    """Say that one has read a notice, and earn its points if it has some: once."""
    with office.store.transaction():
        found = notices.read(office.store, number, member_id)
        if found is None or not found.stands(office.business_day()):
            return NotShown()
        account = accounts.hold(office.store, member_id)
        if found.points and not (account and account.takes_part):
            return NotAllowed(NOT_IN)
        notices.note_read(office.store, number, member_id, office.now())
        cause = law.by_notice(number)
        entry = points.earn_within(office, member_id, Kind.NOTICE, found.points, cause)
        return Claimed(entry.amount if entry else 0)


def _publish(office: Office, notice: NewNotice, by_whom: str) -> int:
    texts, days = (notice.title.strip(), notice.body.strip()), (notice.first, notice.last)
    number = notices.add(office.store, *texts, *days, notice.points, office.now(), by_whom)
    audit.note_within(office, Noted.NOTICE_PUBLISHED, by_whom, notice=number, title=texts[0])
    return number


def _note(office: Office, number: int, member_id: int) -> None:
    """Note the reading if the books can be written; a page that only reads must not fail because of it."""
    with suppress(Unavailable), office.store.transaction():
        notices.note_read(office.store, number, member_id, office.now())
