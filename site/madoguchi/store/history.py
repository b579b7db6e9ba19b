"""Reads of one contract's entries, newest value date first: pages by keyset, bounded sums, streams.

Each shape of filter has one SQL text, made once. Rows come as plain tuples in the order of COLUMNS.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

from madoguchi.domain.history import COVERING, DRAWN, PAID, UNDONE_BY, Filters, Totals
from madoguchi.domain.ledger import Account, EntryKind
from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out

COLUMNS: Final = (
    "seq", "kind", "value_date", "amount", "fees", "damages", "interest", "principal", "deposit", "balance",
    "cause",
)  # fmt: skip
Row = tuple[Any, ...]
Shape = tuple[bool, ...]

_ALL: Final = ", ".join(COLUMNS)
_NEWEST: Final = "ORDER BY value_date DESC, seq DESC"
_CONDITIONS: Final = (
    "value_date >= ?",
    "value_date <= ?",
    f"kind % {UNDONE_BY} = ?",
    "amount >= ?",
    "amount <= ?",
)


def page(
    store: Store, contract_id: int, filters: Filters, after: tuple[int, int] | None, most: int
) -> list[Row]:
    """Return at most `most` entries, newest first, that follow the position (stored day, seq) `after`."""
    shape, values = _asked(filters)
    if after is None:
        return store.rows(_page_sql(shape, False), (contract_id, *values, most))
    return store.rows(_page_sql(shape, True), (contract_id, *values, *after, most))


def stream(store: Store, contract_id: int, filters: Filters) -> Iterator[Row]:
    """Return all entries of the filters, newest first, as they come."""
    shape, values = _asked(filters)
    return store.stream(_stream_sql(shape), (contract_id, *values))


def entry(store: Store, contract_id: int, seq: int) -> Row | None:
    """Return one entry and, behind COLUMNS, what it has to do with others; None for no such.

    That is: the numbers of what it undoes, replaces, is undone by and is replaced by, whether it has a paper
    and the contract a due date that was moved, and its posted_at.
    """
    return store.one(_ENTRY, (contract_id, seq))


def overview(
    store: Store, contract_id: int, filters: Filters, most: int | None, days: Sequence[date]
) -> tuple[Totals, list[tuple[date, int]]]:
    """Return sums over the newest `most` entries (None: over all), and the balance at the end of each day.

    Days before the first entry are left out. One statement: both stand on the same page.
    """
    shape, values = _asked(filters)
    bound = [*map(day_out, days), contract_id, *values, *([] if most is None else [most])]
    bound += [contract_id] if days else []
    found = store.rows(_overview_sql(shape, most is not None, len(days)), bound)
    sums = next(row for row in found if row[0] == 0)
    balances = sorted((row[0], row[1]) for row in found if row[0] and row[1] is not None)
    count, drawn, paid, interest, damages = (int(value) for value in sums[1:])
    return Totals(count, drawn, paid, interest, damages), [(day_in(day), yen) for day, yen in balances]


def drawn_after(store: Store, contract_id: int, day: date, most: int) -> list[tuple[date, int]]:
    """Return (day, amount) of the drawdowns that stand, valued after a day, oldest first, at most `most`."""
    found = store.rows(_DRAWN_AFTER, (contract_id, int(EntryKind.DRAWDOWN), day_out(day), contract_id, most))
    return [(day_in(stored), amount) for stored, amount in found]


def before(store: Store, contract_id: int, seq: int, most: int) -> list[tuple[int, date, int]]:
    """Return (kind, value date, balance after) of the entries posted before one, newest first.

    Those that were undone by then are left out, with what undoes them.
    """
    found = store.rows(_BEFORE, (contract_id, seq, most))
    gone = {row[-1] for row in found if row[-1] is not None}
    stand = [row for row in found if row[-1] is None and row[0] not in gone]
    return [(kind, day_in(stored), balance) for _, kind, stored, balance, _ in stand]


def settled(store: Store, contract_id: int, seq: int) -> tuple[int, int]:
    """Return the interest and the damages, in yen, that became receivable with an entry."""
    found = dict(store.rows(_SETTLED, (contract_id, seq)))
    return int(found.get(Account.INTEREST_RECEIVABLE, 0)), int(found.get(Account.DAMAGES_RECEIVABLE, 0))


_ENTRY: Final = (
    f"SELECT {_ALL}, undoes, replaces, "  # noqa: S608
    "(SELECT u.seq FROM entry u WHERE u.contract_id = entry.contract_id AND u.undoes = entry.seq), "
    "(SELECT r.seq FROM entry r WHERE r.contract_id = entry.contract_id AND r.replaces = entry.seq), "
    "EXISTS (SELECT 1 FROM paper p WHERE p.contract_id = entry.contract_id "
    "AND p.seq = entry.seq), EXISTS (SELECT 1 FROM term t WHERE t.contract_id = entry.contract_id "
    "AND t.kind = 'due_moved'), posted_at FROM entry WHERE contract_id = ? AND seq = ?"
)
_DRAWN_AFTER: Final = (
    "SELECT value_date, amount FROM entry WHERE contract_id = ? AND kind = ? AND value_date > ? "
    "AND seq NOT IN (SELECT undoes FROM entry WHERE contract_id = ? AND undoes IS NOT NULL) "
    "ORDER BY value_date, seq LIMIT ?"
)
_BEFORE: Final = (
    "SELECT seq, kind, value_date, balance, undoes FROM entry WHERE contract_id = ? AND seq < ? "
    "ORDER BY seq DESC LIMIT ?"
)
_SETTLED: Final = "SELECT account, SUM(debit) FROM line WHERE contract_id = ? AND seq = ? GROUP BY account"
_BALANCES: Final = (
    " UNION ALL SELECT day, (SELECT balance FROM entry WHERE contract_id = ? AND value_date <= day "
    "ORDER BY value_date DESC, seq DESC LIMIT 1), 0, 0, 0, 0 FROM days"
)


def _asked(filters: Filters) -> tuple[Shape, list[int]]:
    """Return which conditions are asked for, and their values in the order of _CONDITIONS."""
    parts = (
        day_out(filters.since), day_out(filters.until), filters.kind and int(filters.kind),
        filters.low, filters.high,
    )  # fmt: skip
    return tuple(part is not None for part in parts), [part for part in parts if part is not None]


@lru_cache(maxsize=128)
def _where(shape: Shape) -> str:
    wanted = [text for text, asked in zip(_CONDITIONS, shape, strict=True) if asked]
    return " AND ".join(["contract_id = ?", *wanted])


@lru_cache(maxsize=128)
def _page_sql(shape: Shape, further: bool) -> str:
    keyset = " AND (value_date, seq) < (?, ?)" if further else ""
    return f"SELECT {_ALL} FROM entry WHERE {_where(shape)}{keyset} {_NEWEST} LIMIT ?"  # noqa: S608


@lru_cache(maxsize=64)
def _stream_sql(shape: Shape) -> str:
    return f"SELECT {_ALL} FROM entry WHERE {_where(shape)} {_NEWEST}"  # noqa: S608


@lru_cache(maxsize=1024)
def _overview_sql(shape: Shape, bounded: bool, days: int) -> str:
    """The sums stand in a row whose day is 0, the balances in rows of their days.

    The days are a table of their own: a SELECT for each took three times as long.
    """
    newest = f"{_NEWEST} LIMIT ?" if bounded else ""
    sums = (
        f"SELECT 0, COUNT(*), {_sum('amount', DRAWN)}, {_sum('amount', PAID)}, "  # noqa: S608
        f"{_sum('interest', COVERING)}, {_sum('damages', COVERING)} "
        "FROM (SELECT kind, amount, interest, damages FROM entry "
        f"WHERE {_where(shape)} {newest}) AS newest"
    )
    if not days:
        return sums
    return f"WITH days (day) AS (VALUES {', '.join(['(?)'] * days)}) {sums}{_BALANCES}"


def _sum(column: str, kinds: Sequence[EntryKind]) -> str:
    numbers = ", ".join(str(int(kind)) for kind in kinds)
    undone = ", ".join(str(kind + UNDONE_BY) for kind in kinds)
    signed = f"WHEN kind IN ({numbers}) THEN {column} WHEN kind IN ({undone}) THEN -{column}"
    return f"CAST(COALESCE(SUM(CASE {signed} ELSE 0 END), 0) AS BIGINT)"
