"""Letters to a member, to be read again behind sign-in: in full, also where a discreet one went out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from madoguchi.domain.letters import Kind
from madoguchi.services.office import Office
from madoguchi.store import sent_letters
from madoguchi.store.sent_letters import SentLetter

PAGE: Final = 20
FOOT: Final = "\n-- \n"  # who writes and from where, which stands around every page anyway
LARGEST: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Read:
    """One letter in words."""

    id: int
    at: datetime
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Pile:
    """Some letters, the newest first; `before` leads to older ones, None where there are none."""

    letters: tuple[Read, ...]
    before: int | None


def look(office: Office, member_id: int, before: int | None = None) -> Pile:
    """Return a page of the letters sent to a member, those numbered below `before`."""
    found = sent_letters.newest(office.store, member_id, LARGEST if before is None else before, PAGE + 1)
    read = tuple(words for letter in found[:PAGE] if (words := _read(office, letter)))
    return Pile(read, found[PAGE - 1].id if len(found) > PAGE else None)


def one(office: Office, member_id: int, letter_id: int) -> Read | None:
    """Return one letter of the member's own."""
    found = sent_letters.one(office.store, member_id, letter_id)
    return _read(office, found) if found else None


def _read(office: Office, letter: SentLetter) -> Read | None:
    """The letter in words as they are written today; None where nobody prints, or not any more."""
    if office.post is None:
        return None
    try:
        printed = office.post.press.compose(Kind(letter.kind), letter.facts)
    except ValueError:  # a kind or a fact of long ago
        return None
    return Read(letter.id, letter.sent_at, printed.subject, printed.text.partition(FOOT)[0])
