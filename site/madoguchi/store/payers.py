"""Contracts that payments may be for, by member numbers and by names in kana, many at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from madoguchi.store import contracts
from madoguchi.store.contracts import WIDTH, ContractRow, contract_of
from madoguchi.store.db import Store
from madoguchi.store.finding import KANA

# Names as bank files carry them, in full width: what payers' names are compared with, held by an index.
_BY_THE_BANKS: Final = dict(zip("ァィゥェォャュョッヮヲヰヱー", "アイウエオヤユヨツワオイエ-", strict=True))


def _banked(word: str) -> str:
    for letter, other in _BY_THE_BANKS.items():
        word = f"replace({word}, '{letter}', '{other}')"
    return word


BANKED: Final = _banked(KANA)

_SELECT: Final = (
    "SELECT c.id, c.member_id, c.opened_on, c.closed_on, c.states, c.last_seq, "  # noqa: S608
    f"{contracts.columns('c')}, m.number, m.name, m.name_kana "
    "FROM contract c JOIN member m ON m.id = c.member_id WHERE "
)
_AT: Final = 6 + WIDTH
_CHUNK: Final = 400


@dataclass(frozen=True, slots=True)
class Payer:
    """A contract with the member it belongs to."""

    row: ContractRow
    number: str
    name: str
    name_kana: str


def by_numbers(store: Store, numbers: Collection[str]) -> list[Payer]:
    """Return the contracts of the members with these numbers."""
    return _found(store, "m.number", sorted(numbers))


def by_names(store: Store, names: Collection[str]) -> list[Payer]:
    """Return the contracts of members of these names: full-width kana as banks write it, without blanks."""
    return _found(store, BANKED.replace("name_kana", "m.name_kana"), sorted(names))


def by_contracts(store: Store, ids: Collection[int]) -> list[Payer]:
    """Return contracts by their numbers."""
    return _found(store, "c.id", sorted(ids))


def _found(store: Store, word: str, values: list[str] | list[int]) -> list[Payer]:
    made: list[Payer] = []
    for start in range(0, len(values), _CHUNK):
        chunk = values[start : start + _CHUNK]
        sql = f"{_SELECT}{word} IN ({', '.join('?' * len(chunk))}) ORDER BY c.id"
        made += [Payer(contract_of(row), *row[_AT:]) for row in store.rows(sql, chunk)]
    return made
