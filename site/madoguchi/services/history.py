"""The history as a member looks at it: a page of entries, sums, balances over time, one entry, an export."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from typing import Final, NamedTuple

from madoguchi.domain import explain
from madoguchi.domain.days import in_month
from madoguchi.domain.history import COVERING, EVERYTHING, Filters, Totals, reading_days, totals
from madoguchi.domain.ledger import EntryKind
from madoguchi.domain.standing import Standing
from madoguchi.domain.state import ONE_DAY
from madoguchi.services import reasons
from madoguchi.services.office import Office
from madoguchi.services.reasons import Reason
from madoguchi.store import history as rows
from madoguchi.store.values import day_in, moment_in

PAGE: Final = 30
MOST_PAGES: Final = 10  # at once, when somebody comes back to where they had pressed for more
# Without being asked, no more is added up than this under a filter, and without one only what the page shows:
# a page must not feel how long a history is.
SUMMED: Final = 2000
READINGS: Final = 24
TRACED: Final = 100  # entries that are walked back from a payment to the one before it

_PLACE: Final = re.compile(r"((\d{8})\.(\d{1,18})\.(\d{1,18}))\.([0-9a-f]{16})", re.ASCII)


class Row(NamedTuple):
    """One entry as the books hold it; amounts in yen, balance is the principal after it."""

    seq: int
    kind: int
    stored_day: int
    amount: int
    fees: int
    damages: int
    interest: int
    principal: int
    deposit: int
    balance: int
    cause: str

    @property
    def day(self) -> date:
        """The value date."""
        return day_in(self.stored_day)

    @property
    def named(self) -> int:
        """The yen that an entry is named by: of a waiver, which moves none, what it gave up."""
        return self.amount or self.fees + self.damages + self.interest


@dataclass(frozen=True, slots=True)
class Look:
    """One page of the history, or several from the first on; `pages` lead up to its end.

    `after` is the place from which older entries follow, None at the end. `balances` are read at each entry
    if `each_entry`, else at the ends of single days; they are there on the first page only.
    """

    rows: tuple[Row, ...]
    after: str | None
    totals: Totals
    balances: tuple[tuple[date, int], ...] = ()
    each_entry: bool = False
    pages: int = 1


class Place(NamedTuple):
    """Where a page ended: the stored day and the number of its last entry, and how many pages led there."""

    day: int
    seq: int
    pages: int


@dataclass(frozen=True, slots=True)
class WrongPlace:
    """The place to go on from was not made here for this contract."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One entry with what stands behind it; `told` is how its interest came to be, where that is certain.

    `undoes`, `replaces`, `undone_by` and `replaced_by` are numbers of entries: a life told again leaves all.
    `moved` is a due date that an outage moved which shows in this payment: in time, or late from a later day;
    `recounted` why it no longer stands or stands for another, where an outage is the reason.
    """

    row: Row
    undoes: int | None
    replaces: int | None
    undone_by: int | None
    replaced_by: int | None
    has_paper: bool
    posted_at: datetime
    told: tuple[explain.Stretch, ...] = ()
    settled_interest: int = 0
    settled_damages: int = 0
    moved: Reason | None = None
    recounted: Reason | None = None


def look(
    office: Office,
    contract_id: int,
    filters: Filters,
    after: str = "",
    *,
    pages: int = 1,
    all_summed: bool = False,
) -> Look | WrongPlace:
    """Return the page that follows a place, or the first `pages`; all are summed up only when asked to."""
    place = _place_in(office, contract_id, after) if after else None
    if after and place is None:
        return WrongPlace()
    most, led = (PAGE, place.pages + 1) if place else (PAGE * pages, pages)
    found = rows.page(office.store, contract_id, filters, place and place[:2], most + 1)
    shown = tuple(map(Row._make, found[:most]))
    further = _place_out(office, contract_id, shown[-1], led) if len(found) > most else None
    whole = place is None and further is None
    if whole and len(shown) <= PAGE:
        return _complete(office, contract_id, filters, shown)
    days = _readings(office, filters) if place is None else ()
    bound = 0 if whole else None if all_summed else SUMMED if filters != EVERYTHING else 0
    summed, balances = rows.overview(office.store, contract_id, filters, bound, days)
    if bound == 0:
        summed = totals(_summed(shown))
    if bound is not None and summed.count >= bound and not whole:
        summed = Totals(*_figures(summed), all_counted=False)
    return Look(shown, further, summed, tuple(balances), pages=led)


def detail(office: Office, contract_id: int, standing: Standing, seq: int) -> Detail | None:
    """Return one entry of this contract; None for a number that it does not have."""
    found = rows.entry(office.store, contract_id, seq)
    if found is None:
        return None
    undoes, replaces, undone_by, replaced_by, has_paper, any_moved, posted_at = found[len(rows.COLUMNS) :]
    row, at = Row._make(found[: len(rows.COLUMNS)]), moment_in(posted_at)
    why = _recounted(office, contract_id, seq if replaced_by else replaces)
    plain = Detail(row, undoes, replaces, undone_by, replaced_by, bool(has_paper), at, recounted=why)
    if row.kind not in COVERING:
        return plain
    interest, damages = rows.settled(office.store, contract_id, seq)
    moved = reasons.of_moves(office, contract_id) if any_moved else []
    told = _traced(office, contract_id, standing, row, (interest, damages), moved)
    by_mercy = _shown(row.day, told, moved)
    return replace(plain, told=told, settled_interest=interest, settled_damages=damages, moved=by_mercy)


def export(office: Office, contract_id: int, filters: Filters) -> Iterator[Row]:
    """Return all entries that the filters mean, newest first, as they come from the database."""
    return map(Row._make, rows.stream(office.store, contract_id, filters))


def _recounted(office: Office, contract_id: int, seq: int | None) -> Reason | None:
    return reasons.of_recounts(office, contract_id, [seq]).get(seq) if seq else None


def _shown(day: date, told: Sequence[explain.Stretch], moved: Sequence[Reason]) -> Reason | None:
    """The move by which a payment of a day was in time, or by which its damages begin on a later day."""
    if in_time := next((one for one in moved if one.due < day <= one.to), None):
        return in_time
    first = next((stretch.first for stretch in told if stretch.bears is explain.Bears.DAMAGES), None)
    return next((one for one in moved if one.to + ONE_DAY == first), None)


def _complete(office: Office, contract_id: int, filters: Filters, shown: tuple[Row, ...]) -> Look:
    """All that is meant stands on this page, so sums and balances need no further statement."""
    summed = totals(_summed(shown))
    if filters.by_day_only or not shown:
        balances = tuple((row.day, row.balance) for row in reversed(shown))
        return Look(shown, None, summed, balances, each_entry=True)
    _, read = rows.overview(office.store, contract_id, filters, 1, _readings(office, filters))
    return Look(shown, None, summed, tuple(read))


def _summed(shown: tuple[Row, ...]) -> Iterator[tuple[int, int, int, int]]:
    return ((kind, amount, interest, damages) for _, kind, _, amount, _, damages, interest, *_ in shown)


def _readings(office: Office, filters: Filters) -> tuple[date, ...]:
    """The days at which a balance is read for the picture: of two years, or of the days asked for."""
    today = office.business_day()
    last = min(filters.until or today, today)
    first = filters.since or in_month(last.year, last.month - READINGS + 1, 1)
    return reading_days(first, last, READINGS) if first <= last else ()


def _figures(summed: Totals) -> tuple[int, int, int, int, int]:
    return summed.count, summed.drawn, summed.paid, summed.interest, summed.damages


def _place_out(office: Office, contract_id: int, last: Row, pages: int) -> str:
    place = f"{last.stored_day}.{last.seq}.{pages}"
    return f"{place}.{_seal(office, contract_id, place)}"


def _place_in(office: Office, contract_id: int, text: str) -> Place | None:
    """Read a place; None when it was forged, cut, or made for another contract."""
    found = _PLACE.fullmatch(text)
    if found is None or not hmac.compare_digest(_seal(office, contract_id, found[1]), found[5]):
        return None
    return Place(int(found[2]), int(found[3]), int(found[4]))


def _seal(office: Office, contract_id: int, place: str) -> str:
    return hmac.digest(office.secret, f"history:{contract_id}:{place}".encode(), "sha256")[:8].hex()


def _traced(
    office: Office,
    contract_id: int,
    standing: Standing,
    row: Row,
    settled: tuple[int, int],
    moved: Sequence[Reason],
) -> tuple[explain.Stretch, ...]:
    """Walk back to the payment before and tell what accrued since; nothing unless it comes out to the yen."""
    balances: dict[date, int] = {}
    for kind, day, balance in rows.before(office.store, contract_id, row.seq, TRACED):
        balances.setdefault(day, balance)  # the newest of a day comes first
        if kind in (*COVERING, EntryKind.OPENING):
            break
    known = sorted((day, yen) for day, yen in balances.items() if day <= row.day)
    product = office.rules.product
    begun = explain.late_beginnings(standing.due_day, known, row.day, product)
    for late_since in chain(begun, (one.to + ONE_DAY for one in moved)):
        terms = explain.Terms(standing.rates, standing.free, late_since)
        told = explain.stretches(known, row.day, terms, product)
        if explain.yields(told, *settled):
            return told
    return ()
