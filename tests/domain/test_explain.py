"""Stretches that explain interest: they add up to what the standing counts, or they are not shown."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.explain import Bears, Terms, stretches, sums, yields
from madoguchi.domain.standing import Standing, advance, draw, pay
from tests.domain.products import SHIPPED

START = date(2027, 12, 21)


def test_a_balance_that_rose_and_a_leap_year_make_a_stretch_each():
    told = stretches(
        [(START, 100_000), (date(2028, 1, 5), 150_000)], date(2028, 1, 10), Terms(((START, 1800),)), SHIPPED
    )
    assert [(s.days, s.balance, s.year_days) for s in told] == [
        (10, 100_000, 365), (5, 100_000, 366), (5, 150_000, 366),
    ]  # fmt: skip
    assert yields(told, 1107, 0)


def test_free_days_and_a_remainder_are_told_and_bear_nothing():
    free = Terms(((START, 1780),), free=((START + timedelta(days=1), START + timedelta(days=30)),))
    told = stretches([(START, 50_000), (date(2028, 1, 25), 640)], date(2028, 2, 1), free, SHIPPED)
    assert [s.bears for s in told] == [Bears.FREE, Bears.FREE, Bears.INTEREST, Bears.NOTHING]


def test_from_the_first_late_day_on_damages_take_the_place_of_interest():
    terms = Terms(((date(2026, 10, 5), 1780),), late_since=date(2026, 11, 6))
    told = stretches([(date(2026, 10, 5), 200_000)], date(2026, 11, 18), terms, SHIPPED)
    assert [(s.bears, s.days, s.rate) for s in told] == [
        (Bears.INTEREST, 31, 1780),
        (Bears.DAMAGES, 13, 2000),
    ]
    assert yields(told, 3_023, 1_424)
    assert not yields(told, 3_023, 1_425)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 60)), max_size=4), st.integers(0, 120))
def test_the_stretches_bear_exactly_what_the_standing_counted(draws, wait):
    standing = draw(Standing.opened(500_000, 1780, 25, START), START, 200_000, SHIPPED)
    day = START + timedelta(days=50)
    standing, _ = pay(standing, day, 9_000, SHIPPED)
    balances = {day: standing.principal}
    for later, thousands in draws:
        day += timedelta(days=later)
        standing = draw(standing, day, thousands * 1000, SHIPPED)
        balances[day] = standing.principal
    end = day + timedelta(days=wait)
    then = advance(standing, end, SHIPPED)
    told = stretches(sorted(balances.items()), end, Terms(then.rates, then.free, then.late_since), SHIPPED)
    assert sums(told) == (then.interest_units, then.damages_units)
