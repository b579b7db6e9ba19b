"""The sections of lender.toml about what is lent: the product, its minimum payment and the lending terms."""

from __future__ import annotations

from madoguchi.domain import product as products
from madoguchi.domain.product import Product
from madoguchi.rules import LendingTerms
from madoguchi.sections import Section


def product(s: Section) -> Product:
    days_before = s.number("window_days_before", 0, 60)
    due, cycle_days = s.choice("due", ("fixed", "cycle")), s.number("cycle_days", 7, 62)
    first_due = tuple(_first_due(row) for row in s.sections("first_due"))
    made = Product(
        minimum=_minimum(s.section("minimum")),
        window=products.DaysBefore(days_before) if days_before else products.SincePreviousDue(),
        due=products.Cycle(cycle_days) if due == "cycle" else products.FixedDays(first_due),
        rate_bands=tuple(_band(row, "below") for row in s.sections("rates")),
        damages_rate=s.percent("damages_percent"),
        free_days_first=s.number("free_days_first", 0, 365),
        remainder_below=s.number("remainder_below", 1, 10_000),
        smallest_payment=s.number("smallest_payment", 1, 10_000),
        drawdown_unit=s.number("drawdown_unit", 1, 10_000),
    )
    s.done()
    for key, sentence in products.validate(made):
        raise s.fault(key, sentence)
    return made


def _first_due(s: Section) -> products.FirstDue:
    row = products.FirstDue(
        due_day=s.number("day", 1, 31),
        last_early_day=s.number("until", 1, 31),
        early_months=s.number("months", 0, 2),
        late_months=s.number("after_months", 0, 2),
    )
    s.done()
    return row


def _minimum(s: Section) -> products.Minimum:
    shape = s.choice("shape", ("balance", "limit", "table"))
    made: products.Minimum
    if shape == "table":
        rows = tuple(_table_row(row) for row in s.sections("rows"))
        step_balance, step_payment = s.number("step_balance", 0, 10**7), s.number("step_payment", 0, 10**6)
        made = products.MinimumTable(rows, step_balance, step_payment)
    else:
        kind = products.PercentOfBalance if shape == "balance" else products.PercentOfLimit
        made = kind(tuple(_band(row, "up_to") for row in s.sections("bands")))
    s.done()
    return made


def _table_row(s: Section) -> tuple[int, int]:
    row = (s.number("up_to", 1, 10**9), s.number("payment", 1, 10**9))
    s.done()
    return row


def _band(s: Section, top: str) -> tuple[int | None, int]:
    band = (s.number(top, 1, 10**9) if s.has(top) else None, s.percent("percent"))
    s.done()
    return band


def lending_terms(s: Section) -> LendingTerms:
    lowest, highest = s.number("limit_lowest", 1000, 10**8), s.number("limit_highest", 1000, 10**8)
    if lowest > highest:
        raise s.fault("limit_highest", "must not be below limit_lowest")
    texts = {name: s.text(name) for name in ("purposes", "who", "term", "security")}
    s.done()
    return LendingTerms(limit_lowest=lowest, limit_highest=highest, **texts)
