"""Finding members at the desk; each search is noted, without what was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from madoguchi.domain.finding import By, Wish
from madoguchi.services import audit
from madoguchi.services.audit import Noted
from madoguchi.services.office import Office
from madoguchi.services.staff import Colleague
from madoguchi.store import finding as rows
from madoguchi.store.db import Store
from madoguchi.store.finding import Found

MOST: Final = 50

_WAYS: Final[dict[By, Callable[[Store, Any, int], list[Found]]]] = {
    By.NUMBER: rows.by_number,
    By.LAST_FOUR: rows.by_last_four,
    By.PHONE: rows.by_phone,
    By.BIRTH_DATE: rows.by_birth_date,
    By.KANA: rows.by_kana,
}


@dataclass(frozen=True, slots=True)
class Members:
    """Who was found, and whether there are more than are shown."""

    found: Sequence[Found]
    more: bool


def id_of(office: Office, number: str) -> int:
    """Return the id of the member with a number, 0 where nobody has it."""
    return rows.id_of(office.store, number)


def search(office: Office, wish: Wish, born: date | None, who: Colleague) -> Members:
    """Return who fits a wish, and a birthday as well where one is given."""
    found = _WAYS[wish.by](office.store, wish.value, MOST + 1)
    more = len(found) > MOST
    fit = [row for row in found if born is None or row.birth_date == born]
    with office.store.transaction():
        audit.note_within(office, Noted.SEARCHED, who.name, by=wish.by.value, count=len(fit))
    return Members(fit[:MOST], more)
