"""Sums over the whole book, each one statement; the database adds, and names apart what it cannot advance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from madoguchi.domain.interest import UNITS_PER_YEN
from madoguchi.domain.ledger import EntryKind
from madoguchi.store import contracts
from madoguchi.store.contracts import ContractRow
from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out

# The day on which the newest rate was agreed, cut out of the text that holds them: `…, [20260401, 1780]]`.
_AGREED: Final = "CAST(substr(rates, length(rates) - length(CAST(rate AS TEXT)) - 11, 8) AS BIGINT)"
# Quiet: up to today one stretch of days with one rate, no due date to be judged, nothing that arrives.
_QUIET: Final = (
    "coming_on IS NULL AND (accrued_to IS NULL OR ((due_on IS NULL OR due_on >= ?) AND "
    "(late_since IS NOT NULL OR principal < ? OR "
    f"((free_until IS NULL OR free_until <= accrued_to) AND {_AGREED} <= accrued_to))))"
)
_STAGE: Final = (
    "CASE WHEN late_since IS NULL THEN 0 WHEN late_since >= ? THEN 1 WHEN late_since >= ? THEN 2 "
    "WHEN late_since >= ? THEN 3 ELSE 4 END"
)
_NEW: Final = "CASE WHEN principal < ? OR late_since IS {} NULL THEN 0 ELSE principal * {} * {{grown}} END"
_SUMS: Final = (
    "SELECT {group}, COUNT(*), SUM(principal), "  # noqa: S608 - days and factors of our own
    f"SUM(carried_interest + (interest_units + {_NEW.format('NOT', 'rate')}) / {UNITS_PER_YEN}), "
    f"SUM(carried_damages + (damages_units + {_NEW.format('', '?')}) / {UNITS_PER_YEN}), "
    "SUM(fees), SUM(deposit) "
    f"FROM contract WHERE {_QUIET} "
)
# Most of a book is in no state and not late: added up apart, so that only the rest has to be sorted.
_PLAIN: Final = "states = 0 AND late_since IS NULL"
_MOST: Final = _SUMS.replace("{group}", "0, 0") + f"AND {_PLAIN} HAVING COUNT(*) > 0"
_REST: Final = _SUMS.replace("{group}", f"states, {_STAGE} AS stage") + (
    f"AND NOT ({_PLAIN}) GROUP BY states, stage"
)
_RESTLESS: Final = contracts.SELECT + f"WHERE NOT ({_QUIET})"
# Through the contracts, whose entries of some days an index finds: the ledger's length does not matter.
_FLOWS: Final = (
    "SELECT e.value_date, e.kind, SUM(e.amount), SUM(e.interest + e.damages) FROM contract c "
    "CROSS JOIN entry e WHERE e.contract_id = c.id AND e.value_date >= ? AND e.value_date <= ? "
    "GROUP BY e.value_date, e.kind"
)


def counted_to(store: Store) -> list[date]:
    """Return the days up to which contracts are counted: few, since each due date counts anew."""
    rows = store.rows("SELECT DISTINCT accrued_to FROM contract WHERE accrued_to IS NOT NULL")
    return [day_in(day) for (day,) in rows]


def sums(
    store: Store,
    on: date,
    factors: Mapping[date, int],
    stages: Sequence[date],
    damages_rate: int,
    remainder_below: int,
) -> list[tuple[int, ...]]:
    """Return (states, stage, contracts, principal, interest, damages, fees, deposit) of quiet contracts.

    `factors` says by how much a balance and rate multiply from each day of counted_to to today, in units;
    `stages` are the first days of lateness by which stages part (three).
    """
    days = sorted((day_out(day), factor) for day, factor in {on: 0, **factors}.items())
    grown = _grown(days)
    bound = (remainder_below, remainder_below, damages_rate, day_out(on), remainder_below)
    late = [day_out(day) for day in stages]
    most = store.rows(_MOST.replace("{grown}", grown), bound)
    rest = store.rows(_REST.replace("{grown}", grown), (*late, *bound))
    return [tuple(int(value) for value in row) for row in (*most, *rest)]


def _grown(days: Sequence[tuple[int, int]]) -> str:
    """The factor of a contract's own day, by halves: a row is compared a few times, not with every day."""
    if len(days) == 1:
        return str(days[0][1])
    half = len(days) // 2
    left, right = _grown(days[:half]), _grown(days[half:])
    return f"CASE WHEN accrued_to < {days[half][0]} THEN {left} ELSE {right} END"


def restless(store: Store, on: date, remainder_below: int) -> Iterator[ContractRow]:
    """Yield the contracts that `sums` leaves out: in free days, with a due date to be judged, on its way."""
    rows: Iterator[tuple[Any, ...]] = store.stream(_RESTLESS, (day_out(on), remainder_below))
    return (contracts.contract_of(row) for row in rows)


def flows(store: Store, first: date, last: date) -> list[tuple[date, EntryKind, int, int]]:
    """Return (value date, kind, yen, yen of interest and damages) of the entries of some days."""
    rows = store.rows(_FLOWS, (day_out(first), day_out(last)))
    return [(day_in(day), EntryKind(kind), int(amount), int(earned)) for day, kind, amount, earned in rows]
