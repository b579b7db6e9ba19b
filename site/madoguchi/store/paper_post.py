"""The list of papers of drawdowns and payments that go by post, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from madoguchi.store.db import Store
from madoguchi.store.values import day_in, moment_in, moment_out


@dataclass(frozen=True, slots=True)
class PaperToPost:
    """A paper that is to be posted, of which entry, and where to; amounts in yen."""

    contract_id: int
    seq: int
    kind: int
    day: date
    amount: int
    waits_since: datetime
    member_number: str
    name: str
    postcode: str
    address: str


_NEWEST: Final = (
    "(SELECT value FROM choice h WHERE h.member_id = c.member_id AND h.name = ? ORDER BY id DESC LIMIT 1)"
)
# What was never chosen has the default that the caller names.
_LIST: Final = (
    "INSERT INTO paper_post (contract_id, seq) SELECT c.id, CAST(? AS BIGINT) "  # noqa: S608
    f"FROM contract c WHERE c.id = ? AND COALESCE({_NEWEST}, ?) = ? AND COALESCE({_NEWEST}, ?) = ?"
)
_OPEN: Final = (
    "SELECT p.contract_id, p.seq, e.kind, e.value_date, e.amount, e.posted_at, m.number, m.name, m.postcode, "
    "m.address FROM paper_post p JOIN entry e ON e.contract_id = p.contract_id AND e.seq = p.seq "
    "JOIN contract c ON c.id = p.contract_id JOIN member m ON m.id = c.member_id "
    "WHERE p.posted_at IS NULL AND (p.contract_id, p.seq) > (?, ?) AND NOT EXISTS "
    "(SELECT 1 FROM entry u WHERE u.contract_id = p.contract_id AND u.undoes = p.seq) "
    "ORDER BY p.contract_id, p.seq LIMIT ?"
)
_DONE: Final = "UPDATE paper_post SET posted_at = ?, posted_by = ? WHERE posted_at IS NULL"

Wanted = tuple[str, str, str]  # the name of a choice, its default, and the value that is asked for


def put(store: Store, contract_id: int, seq: int, first: Wanted, second: Wanted) -> None:
    """Put a paper on the list if the member's two choices are as wanted; one statement, as each act waits."""
    store.write(_LIST, (seq, contract_id, *first, *second))


def waiting(store: Store, after: tuple[int, int], most: int) -> list[PaperToPost]:
    """Return papers of entries that stand and wait for the post behind (contract, entry), in their order."""
    return [
        PaperToPost(contract_id, seq, kind, day_in(day), amount, moment_in(at), *whose)
        for contract_id, seq, kind, day, amount, at, *whose in store.rows(_OPEN, (*after, most))
    ]


def posted(store: Store, contract_id: int, seq: int, at: datetime, by_whom: str) -> int:
    """Note that a paper was posted; returns 0 where it does not wait."""
    sql = f"{_DONE} AND contract_id = ? AND seq = ?"
    return store.write(sql, (moment_out(at), by_whom, contract_id, seq))


def all_posted(store: Store, at: datetime, by_whom: str) -> None:
    """Note that all papers were posted."""
    store.write(_DONE, (moment_out(at), by_whom))
