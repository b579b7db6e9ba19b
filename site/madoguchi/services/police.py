"""The number that the police gave for a report: a note on its case, read back from there."""

from __future__ import annotations

from typing import Final

from madoguchi.services import cases
from madoguchi.services.cases import MEMBER
from madoguchi.services.office import Office
from madoguchi.store import cases as rows

MOST: Final = 40  # letters of a number
_BEGINS: Final = "警察の受理番号："


def number_on(office: Office, case_id: int) -> str:
    """Return the number that was noted last on a case, "" without one; one statement."""
    found = [note.text for note in rows.notes(office.store, case_id) if note.by_whom == MEMBER]
    return next((text.removeprefix(_BEGINS) for text in reversed(found) if text.startswith(_BEGINS)), "")


def keep_within(office: Office, case_id: int, number: str) -> None:
    """Note a number of at most MOST letters on a case in an open act, unless it stands there."""
    number = number.strip()
    if number and number != number_on(office, case_id):
        cases.note_within(office, case_id, MEMBER, _BEGINS + number)
