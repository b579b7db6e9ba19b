"""What a member can ask of the history: filters, the sums under it, and at which days a balance is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from madoguchi.domain.days import end_of_month, in_month
from madoguchi.domain.ledger import EntryKind
from madoguchi.domain.money import Yen

# What is undone later counts back, so that nothing is summed twice.
UNDONE_BY: Final = 20  # an undoing entry's kind is that of what it undoes, and so much more
DRAWN: Final = (EntryKind.DRAWDOWN,)
PAID: Final = (EntryKind.REPAYMENT,)
# A deposit was counted as paid when it came; what it covers later is interest paid all the same.
COVERING: Final = (EntryKind.REPAYMENT, EntryKind.DEPOSIT_USED)

_FEW_MONTHS: Final = 3

# How an amount changes what is owed: a member reads the sign.
# The same as sets of plain numbers: a page asks some hundred times.
_DRAWN, _PAID, _COVERING = (frozenset(map(int, kinds)) for kinds in (DRAWN, PAID, COVERING))
SIGNS: Final = {
    EntryKind.DRAWDOWN: "+",
    EntryKind.OPENING: "+",
    EntryKind.FEE: "+",
    EntryKind.REPAYMENT: "\u2212",
    EntryKind.DEPOSIT_USED: "\u2212",
    EntryKind.WAIVER: "\u2212",
    EntryKind.DRAWDOWN_UNDONE: "\u2212",
    EntryKind.FEE_UNDONE: "\u2212",
    EntryKind.REPAYMENT_UNDONE: "+",
    EntryKind.DEPOSIT_USED_UNDONE: "+",
    EntryKind.WAIVER_UNDONE: "+",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Which entries are meant: value dates and amounts in yen, each end included and each part optional."""

    since: date | None = None
    until: date | None = None
    kind: EntryKind | None = None
    low: Yen | None = None
    high: Yen | None = None

    @property
    def by_day_only(self) -> bool:
        """Whether every entry of the days is meant, so that their balances follow one another."""
        return self.kind is None and self.low is None and self.high is None


EVERYTHING: Final = Filters()


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums in yen over `count` entries; `all_counted` is False when older matching ones were left out."""

    count: int
    drawn: Yen
    paid: Yen
    interest: Yen
    damages: Yen
    all_counted: bool = True


def totals(entries: Iterable[tuple[int, Yen, Yen, Yen]]) -> Totals:
    """Sum entries given as (kind, amount, interest, damages)."""
    count = drawn = paid = interest = damages = 0
    for kind, amount, part_interest, part_damages in entries:
        count += 1
        kind, sign = (kind - UNDONE_BY, -1) if kind > UNDONE_BY else (kind, 1)
        if kind in _DRAWN:
            drawn += sign * amount
        if kind in _PAID:
            paid += sign * amount
        if kind in _COVERING:
            interest += sign * part_interest
            damages += sign * part_damages
    return Totals(count, drawn, paid, interest, damages)


# The same for everybody who asks on one day.
@lru_cache(maxsize=512)
def reading_days(first: date, last: date, most: int) -> tuple[date, ...]:
    """Return at most `most` days, rising, at which a balance is read; the last day is one of them.

    Ends of months, every second or third … one where there are many; within three months, days evenly apart.
    """
    months = (last.year - first.year) * 12 + last.month - first.month
    if months < _FEW_MONTHS:
        every = -(-(last - first).days // (most - 1)) or 1
        back = range(last.toordinal(), first.toordinal() - 1, -every)
        return tuple(date.fromordinal(n) for n in reversed(back))
    every = -(-months // (most - 1)) or 1
    ends = [end_of_month(in_month(last.year, last.month - n, 1)) for n in range(every, months + 1, every)]
    return (*reversed(ends), last)
