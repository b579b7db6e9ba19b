"""/lending-terms: what the law wants to be read before a contract, every figure worked from the product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, current_app

from madoguchi.domain.product import (
    MONTH_END,
    Cycle,
    DueRule,
    FirstDue,
    Minimum,
    MinimumTable,
    PercentOfBalance,
    Product,
    minimum_payment,
    rate_for_limit,
)
from madoguchi.domain.rates import format_rate, legal_cap
from madoguchi.domain.simulation import Schedule, simulate
from madoguchi.web.filters import man, yen
from madoguchi.web.guard import public
from madoguchi.web.render import page

blueprint = Blueprint("lending_terms", __name__)

EXAMPLES = (50_000, 100_000, 300_000, 500_000, 1_000_000, 1_500_000)  # balances worked out on the page
SAMPLE = 100_000  # the balance whose payments are listed one by one
CAPS = (("10万円未満", 99_999), ("10万円以上100万円未満", 999_999), ("100万円以上", 1_000_000))
MONTHS = ("同じ月", "翌月", "翌々月")


@dataclass(frozen=True, slots=True)
class Terms:
    """The rows of the page's tables, in words and yen."""

    rates: list[tuple[str, int]]  # limits, rate in hundredths of a percent
    caps: list[tuple[str, int]]  # the law's own, by limit
    minimum_rule: list[tuple[str, str]]
    examples: list[tuple[int, int]]  # balance, minimum payment
    due: list[tuple[str, str]]
    schedules: list[Schedule]  # paying only the first minimum each month
    sample: Schedule  # the one whose payments are listed


@blueprint.get("/lending-terms")
@public
def show() -> Response:
    """The terms of lending."""
    office = current_app.config["OFFICE"]
    return page("public/lending-terms.html", terms=terms_of(office.rules.product, office.business_day()))


def terms_of(product: Product, today: date) -> Terms:
    """Work the product's rules out as rows; a schedule that the simulator refuses is left out."""
    examples = [(balance, minimum_payment(product.minimum, balance, balance)) for balance in EXAMPLES]
    found = (
        simulate("months", balance, rate_for_limit(product, balance), None, payment, "month", today)
        for balance, payment in examples
    )
    schedules = [schedule for schedule in found if isinstance(schedule, Schedule)]
    return Terms(
        rates=_rates(product),
        caps=[(words, legal_cap(limit)) for words, limit in CAPS],
        minimum_rule=minimum_rule(product.minimum),
        examples=examples,
        due=_due(product.due),
        schedules=schedules,
        sample=next((s for s in schedules if s.principal == SAMPLE), schedules[0]),
    )


def _rates(product: Product) -> list[tuple[str, int]]:
    rows, floor = [], 0
    for below, rate in product.rate_bands:
        words = f"{man(floor)}以上" if floor else ""
        words += f"{man(below)}未満" if below else ""
        rows.append((words or "すべて", rate))
        floor = below or floor
    return rows


def minimum_rule(rule: Minimum) -> list[tuple[str, str]]:
    """The rule of the least payment: for which balance, and how much."""
    if isinstance(rule, MinimumTable):
        rows = [(f"残高{man(top)}まで", yen(payment)) for top, payment in rule.rows]
        if rule.step_balance:
            rows.append(
                (f"それを超えると{man(rule.step_balance)}ごとに", f"{yen(rule.step_payment)}を足した額")
            )
        return rows
    what = "残高" if isinstance(rule, PercentOfBalance) else "利用限度額"
    rows, last = [], 0
    for top, percent in rule.bands:
        words = f"{what}{man(top)}まで" if top else f"{what}{man(last)}を超えるとき"
        rows.append((words, f"残高の{format_rate(percent)}%（1,000円未満は切り上げ）"))
        last = top or last
    return rows


def _due(rule: DueRule) -> list[tuple[str, str]]:
    if isinstance(rule, Cycle):
        return [(f"{rule.days}日ごと", f"借りた日、またはご返済の日の{rule.days}日後")]
    return [(f"毎月{_day(row.due_day)}", _first(row)) for row in rule.first_due]


def _first(row: FirstDue) -> str:
    early, late = MONTHS[row.early_months], MONTHS[row.late_months]
    if early == late or row.last_early_day >= MONTH_END:
        return f"{early}の{_day(row.due_day)}"
    return f"1日〜{row.last_early_day}日に借りると{early}、それより後は{late}の{_day(row.due_day)}"


def _day(day: int) -> str:
    return "末日" if day == MONTH_END else f"{day}日"
