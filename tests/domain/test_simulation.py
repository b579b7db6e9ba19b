"""The public simulators."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.annuity import CONVENTIONS, Periods, level_payment
from madoguchi.domain.days import days_in_year
from madoguchi.domain.interest import interest
from madoguchi.domain.simulation import Schedule, SimulationError, interest_between, simulate

START = date(2026, 11, 20)
PRINCIPALS = st.integers(1_000, 8_000_000)
RATES = st.integers(10, 2_000)
MONTHS = st.integers(1, 120)
CONVENTION = st.sampled_from(CONVENTIONS)


def schedule(*args) -> Schedule:
    """The schedule, where one is expected."""
    told = simulate(*args)
    assert isinstance(told, Schedule), told
    return told


@given(PRINCIPALS, RATES, MONTHS, CONVENTION)
def test_payments_sum_to_principal_and_interest(principal, rate, months, convention):
    told = schedule("payment", principal, rate, months, None, convention, START)
    assert sum(row.payment for row in told.rows) == told.total == principal + told.interest
    assert sum(row.principal for row in told.rows) == principal
    assert told.rows[-1].balance == 0
    assert told.payments == len(told.rows) <= months
    assert {row.payment for row in told.rows[:-1]} <= {told.payment}


@given(PRINCIPALS, RATES, MONTHS)
def test_the_level_payment_is_the_textbook_one_floored(principal, rate, months):
    i = Fraction(rate, 120_000)
    exact = principal * i / (1 - 1 / (1 + i) ** months)
    assert level_payment(Periods(rate, "month", START), principal, months) == int(exact)


@given(st.integers(2_000, 500_000), RATES, MONTHS, CONVENTION)
def test_the_largest_principal_fits_the_payment_and_one_yen_more_does_not(payment, rate, months, convention):
    told = simulate("principal", None, rate, months, payment, convention, START)
    periods = Periods(rate, convention, START)
    if isinstance(told, SimulationError):
        assert (told.field, told.reason) == ("payment", "too_large")
        assert told.largest == level_payment(periods, 8_000_000, months) <= payment
        return
    assert told.payment == level_payment(periods, told.principal, months) <= payment
    assert level_payment(periods, told.principal + 1, months) > payment


@given(PRINCIPALS, RATES, CONVENTION)
def test_the_smallest_payment_named_works_and_one_yen_less_does_not(principal, rate, convention):
    told = simulate("months", principal, rate, None, 1, convention, START)
    assert isinstance(told, SimulationError)
    assert (told.field, told.reason) in {("payment", "never_repays"), ("payment", "too_long")}
    assert schedule("months", principal, rate, None, told.smallest, convention, START).payments <= 120
    assert isinstance(
        simulate("months", principal, rate, None, told.smallest - 1, convention, START), SimulationError
    )


def test_a_payment_that_never_repays_differs_from_one_that_takes_too_long():
    never = simulate("months", 500_000, 1780, None, 7_416, "month", START)
    long = simulate("months", 500_000, 1780, None, 8_000, "month", START)
    assert (never.reason, long.reason) == ("never_repays", "too_long")
    assert never.smallest == long.smallest == 8_945


def test_a_last_payment_is_smaller_when_the_payment_is_fixed():
    told = schedule("months", 100_000, 1800, None, 4_000, "month", START)
    assert (told.payments, told.rows[-1].payment, told.payment) == (32, 2_260, 4_000)


def test_a_debt_below_the_payment_is_paid_at_once():
    told = schedule("months", 1_000, 1800, None, 8_000, "month", START)
    assert (told.payments, told.payment, told.total) == (1, 1_015, 1_015)


def test_exact_takes_the_starts_day_each_month_clipped_and_unshifted():
    told = schedule("payment", 100_000, 1780, 4, None, "exact", date(2027, 10, 31))
    assert [row.day for row in told.rows] == [
        date(2027, 11, 30),
        date(2027, 12, 31),
        date(2028, 1, 31),
        date(2028, 2, 29),
    ]
    assert told.rows[2].interest == told.rows[1].balance * 1780 * 31 // (10_000 * 366)


@given(PRINCIPALS, RATES, st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(0, 900))
def test_interest_between_two_days_is_the_ledgers(balance, rate, start, days):
    end = start + timedelta(days=days)
    told = interest_between(balance, rate, start, end)
    daily = sum(
        Fraction(balance * rate, 10_000 * days_in_year((start + timedelta(days=n)).year))
        for n in range(1, days + 1)
    )
    assert (told.days, told.interest) == (days, interest(balance, rate, start, end)) == (days, int(daily))


def test_interest_from_a_day_to_itself_is_nothing_and_backwards_is_refused():
    assert interest_between(100_000, 1780, START, START).interest == 0
    with pytest.raises(ValueError, match="end before"):
        interest_between(100_000, 1780, START, START - timedelta(days=1))


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"kind": "other"}, "kind", "kind"),
        ({"convention": "weekly"}, "convention", "convention"),
        ({"principal": 999}, "principal", "range"),
        ({"principal": 8_000_001}, "principal", "range"),
        ({"principal": None}, "principal", "missing"),
        ({"rate": 9}, "rate", "range"),
        ({"rate": 2_001}, "rate", "range"),
        ({"rate": None}, "rate", "missing"),
        ({"months": 0}, "months", "range"),
        ({"months": 121}, "months", "range"),
        ({"months": None}, "months", "missing"),
        ({"kind": "months"}, "payment", "missing"),
        ({"kind": "principal", "payment": 0}, "payment", "range"),
        ({"kind": "principal", "payment": 10}, "payment", "too_small"),
    ],
)
def test_what_cannot_be_simulated_names_its_field(change, field, reason):
    asked = {
        "kind": "payment",
        "principal": 100_000,
        "rate": 1780,
        "months": 12,
        "payment": None,
        "convention": "month",
        "start": START,
    }
    told = simulate(**(asked | change))
    assert isinstance(told, SimulationError)
    assert (told.field, told.reason) == (field, reason)


def test_the_unused_field_is_ignored_even_when_it_is_nonsense():
    told = schedule("payment", 100_000, 1780, 12, -5, "month", START)
    assert told.payment == 9_158
    assert schedule("months", 100_000, 1780, 999, 4_000, "month", START).payments == 32
