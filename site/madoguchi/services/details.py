"""A member's details on file: the one way to change them, which keeps what was, when, by whom and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

from madoguchi.domain.letters import Channel, Kind
from madoguchi.services import codes, letters
from madoguchi.services.cases import MEMBER
from madoguchi.services.office import Office
from madoguchi.store import details as rows
from madoguchi.store.details import Change, OnFile, Value

SHOWN: Final = 10  # changes of one detail that a page shows

# By which way a change came.
ON_SITE, BY_LINK, AT_DESK = "site", "link", "desk"
# How a wish for a mail address ended that never became one.
WITHDRAWN, REPLACED, LAPSED = "withdrawn", "replaced", "lapsed"


class Detail(Enum):
    """What can be changed, each a history of its own."""

    ADDRESS = "address"
    PHONE = "phone"
    MAIL = "mail"
    WORK = "work"
    ACCOUNT = "account"
    NAME = "name"
    MAIL_WISH = "mail_wish"  # an address that was asked for and never confirmed: nothing was changed


# The columns of the member's row; the bank account has rows of its own.
COLUMNS: Final[dict[Detail, tuple[str, ...]]] = {
    Detail.ADDRESS: ("postcode", "address"),
    Detail.PHONE: ("phone",),
    Detail.MAIL: ("email",),
    Detail.WORK: ("employer", "income_stated"),
    Detail.NAME: ("name", "name_kana", "name_romaji"),
}
LETTERS: Final[dict[Detail, Kind]] = {
    Detail.ADDRESS: Kind.ADDRESS_CHANGED,
    Detail.PHONE: Kind.PHONE_CHANGED,
    Detail.WORK: Kind.WORK_CHANGED,
}


@dataclass(frozen=True, slots=True)
class Changed:
    """It is changed; `was` is what stood before."""

    was: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """It stood so already; nothing was written and nobody told."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A yearly income in yen that the member stated and no paper has shown, and when it was put on file."""

    income: int
    at: datetime


def on_file(office: Office, member_id: int) -> OnFile:
    """Return what is on file, and a mail address that waits."""
    return rows.on_file(office.store, member_id)


def past(office: Office, member_id: int, detail: Detail) -> list[Change]:
    """Return the last changes of a detail, the newest first."""
    return rows.past(office.store, member_id, detail.value, SHOWN)


def change(
    office: Office, member_id: int, detail: Detail, new: Mapping[str, Value], by_whom: str = MEMBER
) -> Changed | Unchanged:
    """Change address, phone or work and tell the member by letter; a phone's old number is told as well.

    `new` holds just the columns of the detail; an income in it is stated only and opens nothing. Mail and
    bank account have acts of their own.
    """
    with office.store.transaction():
        done = change_within(office, member_id, detail, new, by_whom)
        if isinstance(done, Changed):
            now = office.now()
            letters.write(office, LETTERS[detail], {"at": now}, member_id=member_id, now=now)
            if detail is Detail.PHONE and codes.carried(office, Channel.TEXT):
                old = str(done.was["phone"])
                text = Kind.PHONE_CHANGED_TEXT
                letters.write(office, text, {"at": now}, member_id=member_id, to=old, now=now)
        return done


def change_within(
    office: Office, member_id: int, detail: Detail, new: Mapping[str, Value], by_whom: str, way: str = ""
) -> Changed | Unchanged:
    """Change columns of a detail inside an act that is open and keep what was; the letter is the caller's."""
    assert set(new) == set(COLUMNS[detail]), f"{detail.value} has {COLUMNS[detail]}, not {sorted(new)}"
    was = rows.values(office.store, member_id, COLUMNS[detail])
    if was == dict(new):
        return Unchanged()
    rows.put(office.store, member_id, new)
    note_within(office, member_id, detail, was, new, by_whom, way)
    return Changed(was)


def note_within(
    office: Office,
    member_id: int,
    detail: Detail,
    was: Mapping[str, Value],
    became: Mapping[str, Value],
    by_whom: str,
    way: str = "",
    at: datetime | None = None,
) -> None:
    """Write a change down inside the act that makes it; whoever is no member changes things at the desk.

    `at` is when it came about, where that was before this act.
    """
    way = way or (ON_SITE if by_whom == MEMBER else AT_DESK)
    rows.note(office.store, member_id, detail.value, Change(at or office.now(), by_whom, way, was, became))


def stated(office: Office, member_id: int) -> Stated | None:
    """Return the income that the member stated last; None where a paper has shown what is on file."""
    file = rows.on_file(office.store, member_id)
    newest = rows.past(office.store, member_id, Detail.WORK.value, 1) if file.stated else []
    return Stated(file.income, newest[0].at) if newest else None


def state_income_within(office: Office, member_id: int, income: int) -> None:
    """Put an income on file that the member stated without a paper, if it is lower than what stands there."""
    was = rows.values(office.store, member_id, COLUMNS[Detail.WORK])
    if not was["income_stated"] or income < int(was["income_stated"]):
        change_within(office, member_id, Detail.WORK, was | {"income_stated": income}, MEMBER)


def check_income_within(office: Office, member_id: int, income: int, by_whom: str) -> None:
    """Enter an income that papers have shown, in yen a year; what was only stated before is over."""
    was = rows.values(office.store, member_id, COLUMNS[Detail.WORK])
    rows.put(office.store, member_id, {"annual_income": income, "income_stated": 0})
    became = was | {"income_stated": income}
    note_within(office, member_id, Detail.WORK, was, became, by_whom, AT_DESK)
