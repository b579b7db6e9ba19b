"""Papers: who the lender was and what the contract was when an entry came to be; written once for ever."""

from __future__ import annotations

from typing import Any, Final

from madoguchi.store.db import Store

_LENDER: Final = "INSERT INTO lender (key, facts) VALUES (?, ?) ON CONFLICT (key) DO NOTHING"
_ADD: Final = "INSERT INTO paper (contract_id, seq, lender_key, terms) VALUES (?, ?, ?, ?)"
_READ: Final = (
    "SELECT e.kind, e.value_date, e.posted_at, e.amount, e.fees, e.damages, e.interest, e.principal, "
    "e.deposit, e.balance, e.cause, p.terms, l.facts, c.opened_on, m.number, m.name, m.name_kana, "
    "e.replaces, "
    "(SELECT r.seq FROM entry r WHERE r.contract_id = e.contract_id AND r.replaces = e.seq), "
    "(SELECT u.seq FROM entry u WHERE u.contract_id = e.contract_id AND u.undoes = e.seq) "
    "FROM paper p JOIN entry e ON e.contract_id = p.contract_id AND e.seq = p.seq "
    "JOIN lender l ON l.key = p.lender_key JOIN contract c ON c.id = p.contract_id "
    "JOIN member m ON m.id = c.member_id WHERE p.contract_id = ? AND p.seq = ?"
)

_PAGE: Final = (
    "SELECT e.seq, e.kind, e.value_date, e.amount FROM entry e "
    "JOIN paper p ON p.contract_id = e.contract_id AND p.seq = e.seq "
    "WHERE e.contract_id = ? AND (e.value_date, e.seq) < (?, ?) "
    "ORDER BY e.value_date DESC, e.seq DESC LIMIT ?"
)
_NEWEST: Final = (
    "SELECT e.seq, e.kind, e.value_date, e.amount FROM paper p "
    "JOIN entry e ON e.contract_id = p.contract_id AND e.seq = p.seq WHERE p.contract_id = ? "
    "AND NOT EXISTS (SELECT 1 FROM entry u WHERE u.contract_id = e.contract_id AND u.undoes = e.seq) "
    "ORDER BY e.value_date DESC, e.seq DESC LIMIT ?"
)


def add(store: Store, contract_id: int, seq: int, lender: tuple[str, str], terms: str) -> None:
    """Write the paper of an entry; `lender` is the key and the facts of who the lender is now."""
    keep_lender(store, lender)
    store.write(_ADD, (contract_id, seq, lender[0], terms))


def keep_lender(store: Store, lender: tuple[str, str]) -> None:
    """Keep who the lender is now, by key and facts, once."""
    store.write(_LENDER, lender)


def read(store: Store, contract_id: int, seq: int) -> tuple[Any, ...] | None:
    """Return a paper with its entry, its lender, its contract and its member; None when there is none."""
    return store.one(_READ, (contract_id, seq))


def newest(store: Store, contract_id: int, most: int) -> list[tuple[int, int, int, int]]:
    """Return (number, kind, stored day, amount) of the entries with papers that stand, newest first."""
    return store.rows(_NEWEST, (contract_id, most))


def page(
    store: Store, contract_id: int, before: tuple[int, int], most: int
) -> list[tuple[int, int, int, int]]:
    """Return what newest does of every entry with a paper before a place (stored day, number)."""
    return store.rows(_PAGE, (contract_id, *before, most))
