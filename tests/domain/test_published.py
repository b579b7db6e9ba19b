"""What lenders and advisers print, to the yen, under the convention that each row names."""

import json
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from madoguchi.domain.annuity import Periods, level_payment
from madoguchi.domain.due import first_due, next_nominal, window_opens
from madoguchi.domain.interest import interest_for_days
from madoguchi.domain.product import Cycle, DaysBefore, minimum_payment
from madoguchi.domain.rates import DAMAGES_CAP
from madoguchi.domain.simulation import Schedule, simulate
from madoguchi.domain.standing import Balance, open_with_balance, pay, payoff
from tests.domain.products import (
    BY_LIMIT,
    FOUR_DAYS,
    MINIMUMS,
    SHIPPED,
    TABLE_CYCLE,
    TABLE_FIXED,
    THREE_BANDS,
    WITHOUT_FREE_DAYS,
    hanako,
)

ROWS = json.loads(Path(__file__).with_name("published.json").read_text(encoding="utf-8"))
CONVENTIONS = {"month = rate/12": "month", "every 30 days": "30days", "every 35 days": "35days"}
START = date(2026, 4, 1)
seen: set[int] = set()


def rows(*kinds):
    """Parametrise a test with every row of some kinds."""
    chosen = [row for row in ROWS if row["kind"] in kinds]
    seen.update(row["id"] for row in chosen)
    return pytest.mark.parametrize(
        ("given", "expected", "formula"),
        [pytest.param(r["inputs"], r["expected"], r["formula"], id=f"{r['kind']}-{r['id']}") for r in chosen],
    )


def hundredths(rate) -> int:
    """A printed rate as hundredths of a percent."""
    exact = Fraction(str(rate)) * 100
    assert exact.denominator == 1
    return int(exact)


@rows("interest", "interest_per_day", "interest_per_year", "late_damages")
def test_printed_interest_is_reproduced(given, expected, formula):
    balance, rate, days, year = given["balance"], hundredths(given["rate"]), given["days"], given["year_days"]
    exact = Fraction(balance * rate * days, 10_000 * year)
    if "interest_unrounded" in expected:
        printed = str(expected["interest_unrounded"])
        digits = len(printed.partition(".")[2])
        assert abs(exact - Fraction(printed)) < Fraction(1, 10**digits)
        assert interest_for_days(balance, rate, days, year) == int(exact)
    elif "days" in expected:
        month_day = [date(2027, *map(int, given[key].split("-"))) for key in ("borrowed", "repaid")]
        assert (month_day[1] - month_day[0]).days == expected["days"]
    else:
        told = expected.get("interest", expected.get("damages"))
        assert interest_for_days(balance, rate, days, year) == told


@rows("payoff", "allocation")
def test_printed_payoffs_and_splits_are_reproduced(given, expected, formula):
    settled = date(2027, 4, 1)
    owed = hanako(given["balance"], settled, date(2027, 5, 5), rate=hundredths(given["rate"]))
    on = settled + timedelta(days=given["days"])
    if "payoff" in expected:
        assert payoff(owed, on, WITHOUT_FREE_DAYS).total == expected["payoff"]
        return
    after, split = pay(owed, on, given["payment"], WITHOUT_FREE_DAYS)
    told = {"interest": split.interest, "principal": split.principal, "balance_after": after.principal}
    assert told == expected


@rows("interest_split")
def test_a_split_at_the_month_end_adds_up_before_flooring(given, expected, formula):
    rate = hundredths(given["rate"])
    exact = sum(Fraction(s["balance"] * rate * s["days"], 10_000 * 365) for s in given["segments"])
    whole = interest_for_days(90_000, rate, sum(s["days"] for s in given["segments"]))
    assert int(exact) == whole == expected["interest"]


@rows("cap_rate")
def test_the_general_caps_on_damages_are_documented_and_not_used(given, expected, formula):
    caps = [Fraction(rate) * Fraction(str(given["factor"])) for rate in (20, 18, 15)]
    assert caps == [Fraction(str(cap)) for cap in expected["late_caps"]]
    assert min(caps) * 100 > DAMAGES_CAP == 2000


@rows("minimum_payment", "minimum_payment_pct")
def test_printed_minimum_payments_are_reproduced(given, expected, formula):
    rule = MINIMUMS[given["lender"]]
    limit = given.get("limit", 500_000)
    limit = 500_000 if limit == ">300k" else limit
    assert minimum_payment(rule, given["balance"], limit) == expected["payment"]
    if "pct" in given:
        assert hundredths(given["pct"]) == BY_LIMIT.bands[-1][1]


@rows("minimum_payment_bracket")
def test_printed_brackets_end_where_the_minimum_rises(given, expected, formula):
    top = expected["max_balance_step1000"]
    assert minimum_payment(THREE_BANDS, top, 500_000) == given["payment"]
    band_top = {"<=300k": 300_000, "300k-1M": 1_000_000}[given["band"]]
    assert top == band_top or minimum_payment(THREE_BANDS, top + 1000, 500_000) > given["payment"]


@rows("minimum_payment_table")
def test_printed_tables_are_reproduced(given, expected, formula):
    for column, payment in expected.items():
        rule = {"cycle": TABLE_CYCLE, "fixed_date": TABLE_FIXED}.get(column) or MINIMUMS[given["lender"]]
        assert minimum_payment(rule, given["balance"], 800_000) == payment


@rows("schedule")
def test_printed_schedules_are_reproduced(given, expected, formula):
    convention = next(name for words, name in CONVENTIONS.items() if formula.startswith(words))
    rate, payment = hundredths(given["rate"]), given["monthly_payment"]
    told = simulate("months", given["principal"], rate, None, payment, convention, START)
    assert isinstance(told, Schedule)
    facts = {
        "payments": told.payments,
        "total": told.total,
        "interest_total": told.interest,
        "last_payment": told.rows[-1].payment,
    }
    for name, printed in expected.items():
        if name != "approx":
            assert abs(facts[name] - printed) <= (expected.get("approx", 0) if name == "total" else 0)


@rows("schedule_rows")
def test_a_printed_schedule_is_reproduced_row_by_row(given, expected, formula):
    rate, payment = hundredths(given["rate"]), given["monthly_payment"]
    told = simulate("months", given["principal"], rate, None, payment, "month", START)
    assert isinstance(told, Schedule)
    for printed, row in zip(expected["rows"], told.rows, strict=False):
        balance = row.balance if printed[4] is not None else None
        assert printed == [row.number, row.payment, row.principal, row.interest, balance]


@rows("level_payment")
def test_printed_level_payments_are_reproduced(given, expected, formula):
    rate, months = hundredths(given["rate"]), given["months"]
    assert (
        level_payment(Periods(rate, "month", START), given["principal"], months)
        == expected["monthly_payment"]
    )
    told = simulate("payment", given["principal"], rate, months, None, "month", START)
    assert isinstance(told, Schedule)
    assert told.total == expected.get("total", told.total)


@rows("allocation_amounts")
def test_printed_allocations_with_a_shortfall_are_reproduced(given, expected, formula):
    settled = date(2026, 10, 5)
    balance = Balance(settled, 300_000, carried_interest=given["interest_due"], next_due=date(2026, 11, 5))
    owed = open_with_balance(500_000, 1780, 5, balance, SHIPPED)
    after, split = pay(owed, settled, given["payment"], SHIPPED)
    told = {
        "interest": split.interest,
        "principal": split.principal,
        "unpaid_interest": after.carried_interest,
    }
    assert told == expected


@rows("first_due_date")
def test_printed_first_due_dates_are_reproduced(given, expected, formula):
    due_day = 31 if given["due_day"] == "eom" else given["due_day"]
    found = first_due(FOUR_DAYS, due_day, date.fromisoformat(given["borrowed"]))
    assert found == date.fromisoformat(expected["first_due"])


@rows("cycle_due_date")
def test_printed_turns_of_a_cycle_are_reproduced(given, expected, formula):
    rule, last = Cycle(given["cycle_days"]), date.fromisoformat(given["from_date"])
    told = date.fromisoformat(expected["next_due"])
    assert first_due(rule, 0, last) == next_nominal(rule, 0, last) == told


@rows("payment_window")
def test_printed_payment_windows_are_reproduced(given, expected, formula):
    due = date(2026, 11, given["due_day"])
    opens = window_opens(DaysBefore(given["days_before"]), due, date(2026, 10, given["due_day"]))
    assert (opens.day, due.day) == (expected["opens_day"], expected["closes_day"])


@rows("interest_month12")
def test_printed_monthly_interest_is_reproduced(given, expected, formula):
    periods = Periods(hundredths(given["rate"]), "month", START)
    assert periods.interest(given["balance"], 1) == expected["interest"]


def test_no_published_row_is_left_out():
    assert seen == {row["id"] for row in ROWS}
    assert len(ROWS) == 118
