"""Payouts as rows: promised with an entry of the ledger, claimed by one worker at a time, answered once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out, moment_in, moment_out

# Written just so in the partial indexes, so that both databases use them.
OPEN: Final = "state IN ('promised', 'handed')"


@dataclass(frozen=True, slots=True)
class NewPayout:
    """Money to be sent for one entry of the ledger; `account` is bank, branch, kind, number, holder."""

    kind: str
    contract_id: int
    seq: int
    entry_key: str
    bank_key: str
    amount: int
    value_date: date
    account: tuple[str, str, int, str, str]
    promised_at: datetime


@dataclass(frozen=True, slots=True)
class Payout:
    """A payout; `tries` counts how often it was taken up, and 1 is the only time that it is sent."""

    id: int
    kind: str
    contract_id: int
    seq: int
    entry_key: str
    bank_key: str
    amount: int
    value_date: date
    bank_code: str
    branch_code: str
    account_kind: int
    account_number: str
    holder_kana: str
    state: str
    promised_at: datetime
    tries: int
    handed_at: datetime | None
    answered_at: datetime | None
    reference: str
    paid_on: date | None
    code: str
    reason: str


_COLUMNS: Final = (
    "id, kind, contract_id, seq, entry_key, bank_key, amount, value_date, bank_code, branch_code, "
    "account_kind, account_number, holder_kana, state, promised_at, tries, handed_at, answered_at, "
    "reference, paid_on, code, reason"
)
_INSERT: Final = (
    "INSERT INTO payout (kind, contract_id, seq, entry_key, bank_key, amount, value_date, bank_code, "
    "branch_code, account_kind, account_number, holder_kana, state, promised_at, due_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'promised', ?, ?) RETURNING id"
)
_NEXT: Final = f"SELECT id FROM payout WHERE {OPEN} AND due_at <= ? ORDER BY due_at, id LIMIT 1"  # noqa: S608


def add(store: Store, payout: NewPayout) -> int:
    """Write a payout, due at once; returns its id."""
    at = moment_out(payout.promised_at)
    facts = (
        payout.kind, payout.contract_id, payout.seq, payout.entry_key, payout.bank_key, payout.amount,
        day_out(payout.value_date), *payout.account, at, at,
    )  # fmt: skip
    return int(store.rows(_INSERT, facts)[0][0])


def of_entry(store: Store, contract_id: int, seq: int) -> Payout | None:
    """The payout of one entry of the ledger."""
    row = store.one(
        f"SELECT {_COLUMNS} FROM payout WHERE contract_id = ? AND seq = ?",  # noqa: S608
        (contract_id, seq),
    )
    return _payout(row) if row else None


def by_id(store: Store, payout_id: int) -> Payout | None:
    """One payout."""
    row = store.one(f"SELECT {_COLUMNS} FROM payout WHERE id = ?", (payout_id,))  # noqa: S608
    return _payout(row) if row else None


def unknown(store: Store, promised_before: datetime, day: date, most: int) -> list[Payout]:
    """Payouts without an answer that were promised before a moment for a day that has come.

    Those that had a case already are left out.
    """
    told = "SELECT 1 FROM case_file c WHERE c.kind = 'transfer' AND c.subject_id = payout.id"
    where = f"WHERE {OPEN} AND promised_at < ? AND value_date <= ? AND NOT EXISTS ({told})"
    sql = f"SELECT {_COLUMNS} FROM payout {where} ORDER BY id LIMIT ?"  # noqa: S608
    rows = store.rows(sql, (moment_out(promised_before), day_out(day), most))
    return [_payout(row) for row in rows]


def lately(store: Store, contract_id: int, kind: str, since: datetime) -> Payout | None:
    """The newest payout of a kind that has no answer yet, or was promised since a moment and not returned."""
    row = store.one(
        f"SELECT {_COLUMNS} FROM payout WHERE contract_id = ? AND kind = ? "  # noqa: S608
        f"AND ({OPEN} OR (state = 'settled' AND promised_at > ?)) ORDER BY seq DESC LIMIT 1",
        (contract_id, kind, moment_out(since)),
    )
    return _payout(row) if row else None


def sending(store: Store, contract_id: int, kind: str) -> int:
    """How many yen of a kind are on their way for a contract without an answer of the bank."""
    of_kind = f"WHERE contract_id = ? AND kind = ? AND {OPEN}"
    row = store.one(
        f"SELECT COALESCE(SUM(amount), 0) FROM payout {of_kind}",  # noqa: S608
        (contract_id, kind),
    )
    return int(row[0]) if row else 0


def is_due(store: Store, now: datetime) -> bool:
    """Tell whether a worker would find anything; a read, so that looking often costs nobody a lock."""
    return store.one(_NEXT, (moment_out(now),)) is not None


def claim(store: Store, now: datetime, runs_out: datetime) -> Payout | None:
    """Take the next due payout and mark it handed; None when there is none that nobody else holds."""
    rows = store.rows(
        "UPDATE payout SET state = 'handed', due_at = ?, tries = tries + 1, "  # noqa: S608
        f"handed_at = COALESCE(handed_at, ?) WHERE id = ({store.passing(_NEXT)}) AND {OPEN} AND due_at <= ? "
        f"RETURNING {_COLUMNS}",
        (moment_out(runs_out), moment_out(now), moment_out(now), moment_out(now)),
    )
    return _payout(rows[0]) if rows else None


def postpone(store: Store, payout: Payout, until: datetime) -> bool:
    """Give a claimed payout back, to be asked about at a moment; False when another worker overtook this."""
    sql = "UPDATE payout SET due_at = ? WHERE id = ? AND state = 'handed' AND tries = ?"
    return bool(store.write(sql, (moment_out(until), payout.id, payout.tries)))


def settle(store: Store, payout: Payout, reference: str, paid_on: date, at: datetime) -> bool:
    """Note the bank's yes; False when it has been answered already."""
    return bool(
        store.write(
            "UPDATE payout SET state = 'settled', reference = ?, paid_on = ?, answered_at = ? "
            "WHERE id = ? AND state = 'handed'",
            (reference, day_out(paid_on), moment_out(at), payout.id),
        )
    )


def give_back(store: Store, payout: Payout, code: str, reason: str, at: datetime) -> bool:
    """Note the bank's no; False when it has been answered already."""
    return bool(
        store.write(
            "UPDATE payout SET state = 'returned', code = ?, reason = ?, answered_at = ? "
            "WHERE id = ? AND state = 'handed'",
            (code, reason, moment_out(at), payout.id),
        )
    )


def waiting(store: Store, promised_before: datetime | None = None, day: date | None = None) -> int:
    """How many payouts have no answer yet: all, or those promised before a moment for a day that has come."""
    sql = f"SELECT COUNT(*) FROM payout WHERE {OPEN}"  # noqa: S608
    if promised_before is None or day is None:
        row = store.one(sql)
    else:
        row = store.one(
            sql + " AND promised_at < ? AND value_date <= ?", (moment_out(promised_before), day_out(day))
        )
    return int(row[0]) if row else 0


def by_bank_key(store: Store) -> Iterator[Payout]:
    """Yield every payout in the order of the keys that the bank knows, byte by byte."""
    order = "bank_key" if store.sqlite else 'bank_key COLLATE "C"'
    return map(_payout, store.stream(f"SELECT {_COLUMNS} FROM payout ORDER BY {order}"))  # noqa: S608


def in_transit(store: Store) -> int:
    """Return the yen of payouts without an answer."""
    row = store.one(f"SELECT COALESCE(SUM(amount), 0) FROM payout WHERE {OPEN}")  # noqa: S608
    return int(row[0]) if row else 0


def oldest(store: Store) -> datetime | None:
    """When the oldest payout without an answer was promised, or None without one."""
    row = store.one(f"SELECT MIN(promised_at) FROM payout WHERE {OPEN}")  # noqa: S608
    return moment_in(row[0]) if row and row[0] else None


def differences(store: Store) -> Iterator[tuple[int, str]]:
    """Yield (number, what is wrong) of each payout that is not what the two journals say; one statement each.

    A payout belongs to an entry of its amount, a settled one to an entry of the house, a returned one to an
    entry that undoes the first; no other has either.
    """
    for sql, fault in _WRONG:
        yield from ((int(number), fault) for (number,) in store.rows(sql))


_ENTRY: Final = "FROM entry e WHERE e.contract_id = p.contract_id AND "
_SENT: Final = (
    "(SELECT COUNT(*) FROM house_entry h WHERE h.idempotency_key = 'payout:' || CAST(p.id AS TEXT) "
    "AND h.amount = p.amount)"
)
_UNDONE: Final = f"(SELECT COUNT(*) {_ENTRY} e.undoes = p.seq)"
_WRONG: Final = tuple(
    (f"SELECT p.id FROM payout p WHERE {where} ORDER BY p.id", fault)  # noqa: S608
    for where, fault in (
        (
            f"NOT EXISTS (SELECT 1 {_ENTRY} e.seq = p.seq AND e.amount = p.amount)",
            "no entry of its amount stands in the ledger",
        ),
        (
            f"(p.state = 'settled') <> ({_SENT} = 1)",
            "its state and the house's journal differ on whether it was sent",
        ),
        (
            f"(p.state = 'returned') <> ({_UNDONE} = 1)",
            "its state and the ledger differ on whether it was given back",
        ),
    )
)


def _payout(row: Sequence[Any]) -> Payout:
    (
        key, kind, contract_id, seq, entry_key, bank_key, amount, value_date, bank, branch, account_kind,
        number, holder, state, promised_at, tries, handed_at, answered_at, reference, paid_on, code, reason,
    ) = row  # fmt: skip
    return Payout(
        key, kind, contract_id, seq, entry_key, bank_key, amount, day_in(value_date), bank, branch,
        account_kind, number, holder, state, moment_in(promised_at), tries, moment_in(handed_at),
        moment_in(answered_at), reference, day_in(paid_on), code, reason,
    )  # fmt: skip
