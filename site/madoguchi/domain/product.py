"""The lender's product as data: minimum payment, payment window, due days, rates and units."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from madoguchi.domain.money import MAX_YEN, Yen
from madoguchi.domain.rates import DAMAGES_CAP, Rate, legal_cap

MONTH_END = 31

# (highest balance or limit, both in yen and included, or None for "all above"; hundredths of a percent)
PercentBands = tuple[tuple[Yen | None, int], ...]


@dataclass(frozen=True, slots=True)
class PercentOfBalance:
    """Minimum payment as a percentage of the balance, the percentage chosen by the balance."""

    bands: PercentBands


@dataclass(frozen=True, slots=True)
class PercentOfLimit:
    """Minimum payment as a percentage of the balance, the percentage chosen by the credit limit."""

    bands: PercentBands


@dataclass(frozen=True, slots=True)
class MinimumTable:
    """Minimum payment read from rows (highest balance included, payment), in yen, rising.

    Above the last row step_payment is added for each step_balance begun; 0 for no rows above.
    """

    rows: tuple[tuple[Yen, Yen], ...]
    step_balance: Yen = 0
    step_payment: Yen = 0


Minimum = PercentOfBalance | PercentOfLimit | MinimumTable


@dataclass(frozen=True, slots=True)
class SincePreviousDue:
    """A payment counts for a due date from the day after the last one; the first from the drawdown."""


@dataclass(frozen=True, slots=True)
class DaysBefore:
    """A payment counts for a due date from this many days before it."""

    days: int


Window = SincePreviousDue | DaysBefore


@dataclass(frozen=True, slots=True)
class FirstDue:
    """First due date after a drawdown: months ahead, up to and with a day of the month, and after it."""

    due_day: int
    last_early_day: int
    early_months: int
    late_months: int


@dataclass(frozen=True, slots=True)
class FixedDays:
    """Due on the same day of each month; 31 means the end of the month. One row for each day on offer."""

    first_due: tuple[FirstDue, ...]

    @property
    def days(self) -> tuple[int, ...]:
        """The due days on offer, in the order of the rows."""
        return tuple(row.due_day for row in self.first_due)


@dataclass(frozen=True, slots=True)
class Cycle:
    """Due a number of days after the payment that met the amount due, or after the first drawdown."""

    days: int = 35


DueRule = FixedDays | Cycle


@dataclass(frozen=True, slots=True)
class Product:
    """What the lender decided, as the money rules need it; validate() tells what is wrong with it.

    rate_bands are (limits below this many yen or None, rate), as the law words its own bands.
    """

    minimum: Minimum
    window: Window
    due: DueRule
    rate_bands: tuple[tuple[Yen | None, Rate], ...]
    damages_rate: Rate = 2000
    free_days_first: int = 30
    remainder_below: Yen = 1000
    smallest_payment: Yen = 200
    drawdown_unit: Yen = 1000


def minimum_payment(rule: Minimum, balance: Yen, limit: Yen) -> Yen:
    """Return the minimum payment in yen for a balance, a multiple of 1,000 for percentages; 0 owes 0."""
    if balance <= 0:
        return 0
    match rule:
        case PercentOfBalance(bands):
            return _percent(bands, balance, balance)
        case PercentOfLimit(bands):
            return _percent(bands, limit, balance)
        case MinimumTable():
            return _from_table(rule, balance)


def rate_for_limit(product: Product, limit: Yen) -> Rate:
    """Return the rate that a new contract with this limit gets, never above the legal cap."""
    band = next(rate for below, rate in product.rate_bands if below is None or limit < below)
    return min(band, legal_cap(limit))


def _percent(bands: PercentBands, chosen_by: Yen, balance: Yen) -> Yen:
    percent = next((p for top, p in bands if top is None or chosen_by <= top), bands[-1][1])
    return -(-balance * percent // (10_000 * 1000)) * 1000


def _from_table(table: MinimumTable, balance: Yen) -> Yen:
    for top, payment in table.rows:
        if balance <= top:
            return payment
    top, payment = table.rows[-1]
    if not table.step_balance:
        return payment
    return payment + -(-(balance - top) // table.step_balance) * table.step_payment


def validate(product: Product) -> list[tuple[str, str]]:
    """Return (key, sentence) for each thing that cannot be; empty for a product that works."""
    return [
        *_minimum_faults(product.minimum),
        *_due_faults(product),
        *_rate_faults(product),
        *_unit_faults(product),
    ]


def _minimum_faults(rule: Minimum) -> Iterator[tuple[str, str]]:
    if isinstance(rule, MinimumTable):
        if not rule.rows:
            yield "minimum.rows", "needs at least one row"
        elif sorted(set(rule.rows)) != list(rule.rows):
            yield "minimum.rows", "must rise from row to row"
        elif any(payment <= 0 for _, payment in rule.rows):
            yield "minimum.rows", "must hold payments above 0 yen"
        if rule.step_balance < 0 or rule.step_payment < 0:
            yield "minimum.step", "cannot be negative"
        return
    yield from _band_faults("minimum.bands", rule.bands)
    if any(not 0 < percent <= 10_000 for _, percent in rule.bands):
        yield "minimum.bands", "must hold percentages above 0 and up to 100"


def _band_faults(key: str, bands: PercentBands) -> Iterator[tuple[str, str]]:
    tops = [top for top, _ in bands[:-1]]
    if not bands or bands[-1][0] is not None:
        yield key, "needs a last band without an upper end"
    elif None in tops or any(a >= b for a, b in pairwise(tops) if a and b):
        yield key, "must rise from band to band"


def _due_faults(product: Product) -> Iterator[tuple[str, str]]:
    if isinstance(product.window, DaysBefore) and not 1 <= product.window.days <= 60:
        yield "window.days", "must lie between 1 and 60"
    match product.due:
        case Cycle(days) if not 7 <= days <= 62:
            yield "due.days", "must lie between 7 and 62"
        case FixedDays(rows) if not rows:
            yield "due.first_due", "needs at least one due day"
        case FixedDays(rows):
            for row in rows:
                yield from _first_due_faults(row)


def _first_due_faults(row: FirstDue) -> Iterator[tuple[str, str]]:
    key = f"due.first_due.{row.due_day}"
    if not (1 <= row.due_day <= 28 or row.due_day == MONTH_END):
        yield key, "must be a day from 1 to 28, or 31 for the end of the month"
    if not 1 <= row.last_early_day <= MONTH_END:
        yield key, "must divide the month at a day from 1 to 31"
    if not 0 <= row.early_months <= row.late_months <= 2:
        yield key, "must lie 0 to 2 months ahead, and not sooner for later drawdowns"
    elif (row.early_months == 0 and row.last_early_day >= row.due_day) or row.late_months == 0:
        yield key, "would fall due on or before the day of the drawdown"


def _rate_faults(product: Product) -> Iterator[tuple[str, str]]:
    yield from _band_faults("rates.bands", product.rate_bands)
    for below, rate in product.rate_bands:
        highest = MAX_YEN if below is None else below - 1
        if not 0 < rate <= legal_cap(highest):
            yield "rates.bands", f"must be above 0 and within the legal cap for limits of {highest:,} yen"
    if not 0 < product.damages_rate <= DAMAGES_CAP:
        yield "rates.damages", "must be above 0 and at most 20 percent"


def _unit_faults(product: Product) -> Iterator[tuple[str, str]]:
    for key in ("remainder_below", "smallest_payment", "drawdown_unit"):
        if getattr(product, key) < 1:
            yield f"units.{key}", "must be at least 1 yen"
    if product.drawdown_unit < product.remainder_below:
        yield "units.drawdown_unit", "must not be below the remainder that bears no interest"
    if not 0 <= product.free_days_first <= 365:
        yield "free_days_first", "must lie between 0 and 365"
