"""Many rows at once, for imports: the same rows that opening a contract writes one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Final

from madoguchi.domain.ledger import Line
from madoguchi.domain.state import Standing
from madoguchi.store import entries, members, terms
from madoguchi.store.credentials import fold
from madoguchi.store.db import Store
from madoguchi.store.entries import Entry
from madoguchi.store.members import NewMember
from madoguchi.store.terms import Term
from madoguchi.store.values import moment_out

_CHUNK: Final = 500
_UNIQUE: Final = {
    "member_number": "SELECT number FROM member WHERE number IN ",
    "card_number": "SELECT number FROM card WHERE number IN ",
    "web_id": "SELECT folded FROM web_id WHERE folded IN ",
}


def taken(store: Store, what: str, values: Sequence[str]) -> Iterator[str]:
    """Yield which of these member numbers, card numbers or folded Web-IDs are in use."""
    for start in range(0, len(values), _CHUNK):
        chunk = values[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        yield from (row[0] for row in store.rows(f"{_UNIQUE[what]}({marks})", chunk))


def add_members(store: Store, joined: Sequence[tuple[NewMember, datetime]]) -> dict[str, int]:
    """Write members and return their ids by member number."""
    before = _highest(store, "member")
    store.insert_many("member", members.COLUMNS, [members.member_row(who, at) for who, at in joined])
    return dict(store.stream("SELECT number, id FROM member WHERE id > ?", (before,)))


def add_contracts(store: Store, opened: Sequence[tuple[int, date, Standing, int, int]]) -> dict[int, int]:
    """Write contracts (member, day, figures, last seq, states) and return their ids by member."""
    before = _highest(store, "contract")
    names = (*members.CONTRACT_COLUMNS, "states")
    rows = [
        (*members.contract_row(who, on, seq, figures), states) for who, on, figures, seq, states in opened
    ]
    store.insert_many("contract", names, rows)
    return dict(store.stream("SELECT member_id, id FROM contract WHERE id > ?", (before,)))


def add_cards(store: Store, cards: Sequence[tuple[int, str, str]], since: datetime) -> None:
    """Write cards (contract, number, hash of the PIN)."""
    at = moment_out(since)
    names = ("contract_id", "number", "pin_hash", "state_since")
    store.insert_many("card", names, [(*card, at) for card in cards])


def add_web_ids(store: Store, web_ids: Sequence[tuple[int, str, str]], since: datetime) -> None:
    """Write Web-IDs (member, Web-ID, hash of the password)."""
    at = moment_out(since)
    names = ("member_id", "web_id", "folded", "password_hash", "password_since")
    rows = [(who, web_id, fold(web_id), secret, at) for who, web_id, secret in web_ids]
    store.insert_many("web_id", names, rows)


def add_terms(store: Store, agreed: Iterable[Term], recorded_at: datetime) -> None:
    """Write terms in the order they were agreed."""
    terms.append(store, list(agreed), recorded_at)


def add_entries(store: Store, posted: Sequence[tuple[Entry, Sequence[Line]]]) -> None:
    """Write all lines and then the entries that seal them."""
    rows = [row for entry, lines in posted for row in entries.line_rows(entry.contract_id, entry.seq, lines)]
    store.insert_many("line", entries.LINE_COLUMNS, rows)
    store.insert_many("entry", entries.COLUMNS, [entries.entry_row(entry) for entry, _lines in posted])


def _highest(store: Store, table: str) -> int:
    row = store.one(f"SELECT COALESCE(MAX(id), 0) FROM {table}")  # noqa: S608
    return int(row[0]) if row else 0
