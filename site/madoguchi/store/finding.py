"""Finding members at the desk, each way by an index of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out

# What the indexes hold; a query has to use the very same words for its index to be taken.
KANA: Final = "replace(replace(name_kana, ' ', ''), '　', '')"
PHONE: Final = "replace(replace(phone, '-', ''), ' ', '')"
LAST_FOUR: Final = "substr(number, length(number) - 3)"

_SHOWN: Final = (
    "SELECT m.number, m.name, m.name_kana, m.birth_date, c.id, c.states, c.closed_on "
    "FROM (SELECT id, number, name, name_kana, birth_date FROM member WHERE {where} LIMIT ?) m "
    "JOIN contract c ON c.member_id = m.id ORDER BY m.name_kana, m.number, c.id"
)
_CARD: Final = (
    "SELECT m.number, m.name, m.name_kana, m.birth_date, c.id, c.states, c.closed_on "  # noqa: S608
    f"FROM (SELECT contract_id FROM card WHERE {LAST_FOUR} = ? LIMIT ?) k "
    "JOIN contract c ON c.id = k.contract_id JOIN member m ON m.id = c.member_id "
    "ORDER BY m.name_kana, m.number, c.id"
)
_LAST: Final = "\uffff"  # behind every kana


@dataclass(frozen=True, slots=True)
class Found:
    """A member as a list shows them, once for each contract."""

    number: str
    name: str
    name_kana: str
    birth_date: date
    contract_id: int
    states: int
    closed_on: date | None


def id_of(store: Store, number: str) -> int:
    """Return the id of the member with this number, 0 where nobody has it."""
    row = store.one("SELECT id FROM member WHERE number = ?", (number,))
    return int(row[0]) if row else 0


def by_number(store: Store, number: str, most: int) -> list[Found]:
    """Return the member with this number."""
    return _found(store, "number = ?", (number,), most)


def by_phone(store: Store, digits: str, most: int) -> list[Found]:
    """Return members with this phone number, however it was written."""
    return _found(store, f"{PHONE} = ?", (digits,), most)


def by_birth_date(store: Store, day: date, most: int) -> list[Found]:
    """Return members who were born on a day."""
    return _found(store, "birth_date = ?", (day_out(day),), most)


def by_kana(store: Store, beginning: str, most: int) -> list[Found]:
    """Return members whose name in kana, without spaces, begins so."""
    word = KANA if store.sqlite else f'{KANA} COLLATE "C"'
    return _found(store, f"{word} >= ? AND {word} < ?", (beginning, beginning + _LAST), most)


def by_last_four(store: Store, digits: str, most: int) -> list[Found]:
    """Return the members whose card, old ones included, ends so."""
    return [_row(row) for row in store.rows(_CARD, (digits, most))]


def of_person(store: Store, kana: str, born: date) -> list[str]:
    """Return the numbers of members with this name in kana who were born on a day."""
    word = "".join(kana.split())
    where = f"birth_date = ? AND {KANA} = ?"
    sql = f"SELECT number FROM member WHERE {where} ORDER BY number LIMIT 10"  # noqa: S608
    return [row[0] for row in store.rows(sql, (day_out(born), word))]


def _found(store: Store, where: str, bound: tuple[Any, ...], most: int) -> list[Found]:
    return [_row(row) for row in store.rows(_SHOWN.format(where=where), (*bound, most))]


def _row(row: tuple[Any, ...]) -> Found:
    number, name, kana, born, contract_id, states, closed = row
    return Found(number, name, kana, day_in(born), contract_id, states, day_in(closed))
