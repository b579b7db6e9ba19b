"""Inquiries without signing in: each becomes a case, and a letter says that it came.

Nothing here asks whether the writer is a member, and the letter carries nothing of what was written: its
address may be a stranger's.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from madoguchi.domain.hours import read_from
from madoguchi.domain.letters import Kind
from madoguchi.domain.topics import Topic
from madoguchi.services import cases, letters
from madoguchi.services.cases import CaseKind
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.store import inquiries
from madoguchi.store.inquiries import Inquiry

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
KEPT: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks, as they wrote it; birth date and phone may be left out."""

    name_kana: str
    email: str
    topic: Topic
    message: str
    birth_date: date | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """The inquiry has become a case; `number` is to be named on the phone, `read_from` when it is read."""

    number: str
    read_from: datetime
    repeated: bool = False


def ask(office: Office, asked: Asked, key: str) -> Received:
    """Make an inquiry a case, once for each form (`key`) and text; the same for members and all others."""
    now, number = office.now(), secrets.token_hex(4).upper()
    reads = read_from(office.rules.web_questions, now)
    row = Inquiry(_name(asked, key), number, asked.email.lower(), now, reads)
    with office.store.transaction():
        if not inquiries.claim(office.store, row):
            found = inquiries.read(office.store, row.key)
            return Received(found.number, found.read_from, repeated=True)
        opened = cases.open_within(office, CaseKind.CONTACT, _facts(asked, number))
        told: dict[str, letters.Fact] = {"at": now, "number": number, "reads": reads}
        written = _may_write(office, row.email, now) and letters.write(
            office, Kind.CONTACT_RECEIVED, told, to=asked.email, now=now
        )
        inquiries.settle(office.store, row.key, opened.case_id, written)
        return Received(number, reads)


@repeated
def sweep(office: Office) -> None:
    """Forget which forms came, once no browser sends them again."""
    with office.store.transaction():
        inquiries.forget_old(office.store, office.now() - KEPT)


def _may_write(office: Office, email: str, now: datetime) -> bool:
    """Whether this address, and all of them, may get one more letter: this form floods nobody."""
    rules = office.rules.contact
    return (
        inquiries.letters_to(office.store, email, now - DAY) < rules.address_day
        and inquiries.letters_since(office.store, now - HOUR) < rules.site_hour
    )


def _facts(asked: Asked, number: str) -> dict[str, Any]:
    birth = asked.birth_date.isoformat() if asked.birth_date else ""
    return asdict(asked) | {"topic": asked.topic.value, "birth_date": birth, "number": number}


def _name(asked: Asked, key: str) -> str:
    """A form with what it said: whoever goes back and writes something else asks once more."""
    said = "\0".join((key, asked.email.lower(), asked.topic.value, asked.message))
    return hashlib.sha256(said.encode()).hexdigest()
