"""Interest in exact units, floored once."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.accrual import interest_units
from madoguchi.domain.interest import UNITS_PER_YEN, floor_yen, interest, interest_for_days, units
from madoguchi.domain.standing import draw, pay, payoff
from tests.domain.products import WITHOUT_FREE_DAYS, ichiro

BALANCES = st.integers(1_000, 8_000_000)
RATES = st.integers(10, 2_000)
STARTS = st.dates(date(2020, 1, 1), date(2032, 12, 31))


def test_the_day_of_borrowing_is_free_and_the_day_of_repayment_is_not():
    borrowed = date(2026, 6, 10)
    assert interest(100_000, 1780, borrowed, borrowed) == 0
    assert interest(100_000, 1780, borrowed, borrowed + timedelta(days=1)) == 48
    assert interest(100_000, 1780, borrowed, borrowed + timedelta(days=30)) == 1_463


def test_segments_are_added_before_anything_is_dropped():
    first = units(100_000, 1780, date(2026, 6, 1), date(2026, 6, 16))
    second = units(150_000, 1780, date(2026, 6, 16), date(2026, 6, 28))
    assert floor_yen(first + second) == 1_609
    assert floor_yen(first) + floor_yen(second) == 1_608 or floor_yen(first) + floor_yen(second) == 1_609


def test_a_drawdown_in_between_settles_nothing():
    owed = ichiro(100_000, date(2026, 6, 1), product=WITHOUT_FREE_DAYS)
    more = draw(owed, date(2026, 6, 16), 50_000, WITHOUT_FREE_DAYS)
    assert payoff(more, date(2026, 6, 28), WITHOUT_FREE_DAYS).interest == 1_609


def test_rate_changes_and_free_days_cut_a_stretch_where_they_begin_and_end():
    rates = ((date(2026, 1, 1), 1000), (date(2026, 1, 11), 2000))
    free = ((date(2026, 1, 6), date(2026, 1, 8)), (date(2026, 1, 20), date(2026, 1, 25)))
    exact = interest_units(365_000, rates, free, date(2026, 1, 1), date(2026, 1, 31))
    assert floor_yen(exact) == 7 * 100 + 14 * 200


def test_a_stretch_into_a_leap_year_counts_each_part_at_its_length():
    assert interest(100_000, 1800, date(2027, 12, 21), date(2028, 1, 10)) == 984


@given(BALANCES, RATES, STARTS, st.integers(0, 800), st.integers(0, 800))
def test_interest_adds_over_any_split_before_flooring(balance, rate, start, one, two):
    middle, end = start + timedelta(days=one), start + timedelta(days=one + two)
    parts = units(balance, rate, start, middle) + units(balance, rate, middle, end)
    assert parts == units(balance, rate, start, end) >= 0


@given(BALANCES, RATES, STARTS, st.integers(0, 800))
def test_interest_is_never_negative_and_never_falls_with_time(balance, rate, start, days):
    end = start + timedelta(days=days)
    now, later = interest(balance, rate, start, end), interest(balance, rate, start, end + timedelta(days=1))
    assert 0 <= now <= later


@given(BALANCES, RATES, st.integers(0, 365))
def test_price_list_interest_equals_exact_interest_within_an_ordinary_year(balance, rate, days):
    start = date(2026, 12, 31)
    assert interest_for_days(balance, rate, days) == interest(
        balance, rate, start, start + timedelta(days=days)
    )


@given(BALANCES, st.integers(1, 60), st.integers(1, 60), st.integers(200, 50_000))
def test_paying_earlier_costs_at_most_one_yen_more(principal, early, gap, amount):
    start = date(2026, 2, 2)
    owed = ichiro(principal, start, product=WITHOUT_FREE_DAYS)
    end = start + timedelta(days=early + gap)
    paid, _ = pay(owed, start + timedelta(days=early), amount, WITHOUT_FREE_DAYS)
    later, _ = pay(owed, end, amount, WITHOUT_FREE_DAYS)
    sooner = payoff(paid, end, WITHOUT_FREE_DAYS)
    if not (paid.unmet or later.unmet or paid.principal == 0):
        assert sooner.total - paid.deposit <= later.debt - later.deposit + 1


def test_one_yen_is_a_whole_number_of_units():
    assert units(UNITS_PER_YEN // (366 * 1780) + 1, 1780, date(2026, 1, 1), date(2026, 1, 2)) >= UNITS_PER_YEN
