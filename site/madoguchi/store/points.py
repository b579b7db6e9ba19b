"""Accounts of points and their ledger, which only grows; the account's balance is its cache."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from madoguchi.domain.points import Kind
from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out, moment_in, moment_out

COLUMNS: Final = "member_id, seq, kind, amount, balance, day, at, cause, contract_id, first_day, last_day"


@dataclass(frozen=True, slots=True)
class Account:
    """Who takes part: `left_at` is set, or `joined_at` is not, of who does not; `open` with a contract."""

    member_id: int
    balance: int
    last_seq: int
    joined_at: datetime | None
    left_at: datetime | None
    open: bool

    @property
    def takes_part(self) -> bool:
        """Whether points are earned and spent."""
        return self.joined_at is not None and self.left_at is None and self.open


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: points that came (above 0) or went, and the balance after it, on a day in Japan.

    `first_day` to `last_day` on the contract is what points bought.
    """

    member_id: int
    seq: int
    kind: Kind
    amount: int
    balance: int
    day: date
    at: datetime
    cause: str
    contract_id: int | None = None
    first_day: date | None = None
    last_day: date | None = None


_OPEN: Final = "EXISTS (SELECT 1 FROM contract c WHERE c.member_id = a.member_id AND c.closed_on IS NULL)"
_ACCOUNT: Final = (
    "SELECT a.member_id, a.balance, a.last_seq, a.joined_at, a.left_at, "  # noqa: S608
    f"CASE WHEN {_OPEN} THEN 1 ELSE 0 END FROM point_account a WHERE a.member_id = ?"
)
_ENTRIES: Final = f"SELECT {COLUMNS} FROM point_entry "  # noqa: S608
_INSERT: Final = f"INSERT INTO point_entry ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_AT_END: Final = (
    "SELECT a.member_id FROM point_account a WHERE a.member_id > ? AND a.joined_at < ? "  # noqa: S608
    f"AND a.left_at IS NULL AND {_OPEN} ORDER BY a.member_id LIMIT ?"
)

_BOUGHT: Final = (
    "SELECT 'entry', 'points:' || member_id || ':' || seq, contract_id, first_day, last_day "
    "FROM point_entry WHERE first_day IS NOT NULL "
    "UNION ALL SELECT 'atm_waiver', cause, contract_id, first_day, last_day "
    "FROM atm_waiver WHERE cause LIKE 'points:%' "
    "UNION ALL SELECT 'free_days', cause, contract_id, 0, value "
    "FROM term WHERE kind = 'free_days' AND cause LIKE 'points:%'"
)


def read(store: Store, member_id: int) -> Account | None:
    """Return an account without holding it."""
    row = store.one(_ACCOUNT, (member_id,))
    return _account(row) if row else None


def hold(store: Store, member_id: int) -> Account | None:
    """Return an account and hold it until the act ends; the contract, where one is held too, comes before."""
    row = store.one(store.locked(_ACCOUNT), (member_id,))
    return _account(row) if row else None


def begin(store: Store, member_id: int) -> Account:
    """Return the account held, an empty one where there was none."""
    store.write("INSERT INTO point_account (member_id) VALUES (?) ON CONFLICT DO NOTHING", (member_id,))
    found = hold(store, member_id)
    assert found is not None, "it was written a moment ago"
    return found


def joined(store: Store, member_id: int, at: datetime) -> None:
    """Note that a member takes part from now on."""
    sql = "UPDATE point_account SET joined_at = ?, left_at = NULL WHERE member_id = ?"
    store.write(sql, (moment_out(at), member_id))


def left(store: Store, member_id: int, at: datetime) -> None:
    """Note that a member takes part no more."""
    store.write("UPDATE point_account SET left_at = ? WHERE member_id = ?", (moment_out(at), member_id))


def append(store: Store, entry: Entry) -> None:
    """Write an entry behind the last one of an account that is held, and its balance into the account."""
    store.write(
        _INSERT,
        (
            entry.member_id, entry.seq, entry.kind.value, entry.amount, entry.balance, day_out(entry.day),
            moment_out(entry.at), entry.cause, entry.contract_id, day_out(entry.first_day),
            day_out(entry.last_day),
        ),
    )  # fmt: skip
    sql = "UPDATE point_account SET balance = ?, last_seq = ? WHERE member_id = ?"
    store.write(sql, (entry.balance, entry.seq, entry.member_id))


def by_cause(store: Store, member_id: int, cause: str) -> Entry | None:
    """Return the entry that a cause made."""
    row = store.one(_ENTRIES + "WHERE member_id = ? AND cause = ?", (member_id, cause))
    return _entry(row) if row else None


def by_seq(store: Store, member_id: int, seq: int) -> Entry | None:
    """Return one entry of a member."""
    row = store.one(_ENTRIES + "WHERE member_id = ? AND seq = ?", (member_id, seq))
    return _entry(row) if row else None


def newest(store: Store, member_id: int, before: int, most: int) -> list[Entry]:
    """Return entries numbered below `before`, the newest first."""
    sql = _ENTRIES + "WHERE member_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?"
    return [_entry(row) for row in store.rows(sql, (member_id, before, most))]


def happened(store: Store, member_id: int, causes: Sequence[str]) -> frozenset[str]:
    """Return those of some causes that made an entry already."""
    marks = ", ".join("?" * len(causes))
    sql = f"SELECT cause FROM point_entry WHERE member_id = ? AND cause IN ({marks})"  # noqa: S608
    return frozenset(row[0] for row in store.rows(sql, (member_id, *causes)))


def at_end(store: Store, end: datetime, after: int, most: int) -> list[int]:
    """Return members numbered above `after` who take part since before a moment."""
    return [row[0] for row in store.rows(_AT_END, (after, moment_out(end), most))]


def chosen_then(store: Store, members: Sequence[int], before: datetime) -> dict[tuple[int, str], str]:
    """Return what members had chosen before a moment, by (member, name)."""
    marks = ", ".join("?" * len(members))
    sql = (
        "SELECT member_id, name, value FROM choice "  # noqa: S608
        f"WHERE member_id IN ({marks}) AND chosen_at < ? ORDER BY id"
    )
    rows = store.rows(sql, (*members, moment_out(before)))
    return {(member_id, name): value for member_id, name, value in rows}


def accounts_after(store: Store, after: int, most: int) -> list[Account]:
    """Return accounts numbered above `after`, held until the act ends."""
    sql = _ACCOUNT.replace("a.member_id = ?", "a.member_id > ? ORDER BY a.member_id LIMIT ?")
    return [_account(row) for row in store.rows(store.locked(sql), (after, most))]


def stream(store: Store, first: int, last: int) -> Iterator[Entry]:
    """Return the entries of members numbered first to last, in the order they were written."""
    sql = _ENTRIES + "WHERE member_id BETWEEN ? AND ? ORDER BY member_id, seq"
    return map(_entry, store.stream(sql, (first, last)))


def bought(store: Store) -> Iterator[tuple[str, str, int, int, int]]:
    """Return, of one moment, what points bought and what it made: (where, cause, contract, first, last).

    Where is entry, atm_waiver or free_days. Days are as stored; a term of free days holds their number as
    its last.
    """
    return store.stream(_BOUGHT)


def _account(row: tuple[Any, ...]) -> Account:
    member_id, balance, last_seq, joined_at, left_at, has_contract = row
    return Account(member_id, balance, last_seq, moment_in(joined_at), moment_in(left_at), bool(has_contract))


def _entry(row: tuple[Any, ...]) -> Entry:
    member_id, seq, kind, amount, balance, day, at, cause, contract_id, first, last = row
    return Entry(
        member_id, seq, Kind(kind), amount, balance, day_in(day), moment_in(at), cause, contract_id,
        day_in(first), day_in(last),
    )  # fmt: skip
