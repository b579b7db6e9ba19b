"""What points earn and buy: the rules alone, by tables and by property."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain import points as law
from madoguchi.domain.points import Kind, Reward
from madoguchi.domain.rights import Rights, State
from madoguchi.domain.standing import Due, Standing, add_free_period, free_ahead
from tests import people

TODAY = date(2026, 11, 20)
RULES = people.rules().points
FREE, WAIVER = Reward("free-7", 250, 7), Reward("atm", 40)
OWING = Standing.opened(500_000, 1780, 25, date(2026, 1, 1))


def standing(**changes):
    """A contract that owes 200,000 yen."""
    return replace(OWING, principal=200_000, accrued_to=TODAY, **changes)


def code(reward=FREE, balance=1000, now=None, states=(), waived_to=None):
    """The reason code that stops a purchase, or None."""
    rights = Rights(frozenset(states), debt=True)
    denied = law.refusal(reward, balance, now or standing(), rights, TODAY, waived_to, 1000)
    return denied and denied.code


def test_the_shipped_lender_earns_and_sells_as_the_product_says():
    earned = {kind.value: RULES.earned_by(kind) for kind in (Kind.JOINED, Kind.SIGN_IN, Kind.INCOME_DOCUMENT)}
    assert earned == {"joined": 100, "sign_in": 10, "income_document": 160}
    assert [RULES.earned_by(kind) for kind in law.AT_MONTH_END] == [1, 1, 1]
    assert (RULES.notice_least, RULES.notice_most) == (5, 20)
    sold = {one.name: one.points for one in RULES.rewards}
    assert sold == {"atm": 40, "free-7": 250, "free-15": 400, "free-30": 700}


@pytest.mark.parametrize(
    ("today", "last"),
    [
        ("2026-11-20", "2026-12-31"),
        ("2026-12-31", "2027-01-31"),
        ("2027-01-31", "2027-02-28"),
        ("2028-01-01", "2028-02-29"),
    ],
)
def test_no_fees_until_the_end_of_next_month(today, last):
    assert law.waived_until(date.fromisoformat(today)) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, None),
        ({"balance": 250}, None),
        ({"balance": 249}, "P-06"),
        ({"states": [State.SUSPENDED]}, "A-02"),
        ({"states": [State.OVERDUE], "balance": 0}, "A-03"),
        ({"states": [State.CLOSED]}, "A-01"),
        ({"states": [State.STOPPED]}, None),
        ({"states": [State.HELD]}, None),
        ({"now": standing(free=((TODAY, TODAY + timedelta(days=5)),))}, None),
        ({"now": standing(free=((TODAY + timedelta(days=1), TODAY + timedelta(days=7)),))}, "P-03"),
        ({"now": standing(pending=(Due(TODAY, TODAY, TODAY, amount=9000, debited=True),))}, "P-05"),
        ({"reward": WAIVER, "balance": 40}, None),
        ({"reward": WAIVER, "balance": 39}, "P-06"),
        ({"reward": WAIVER, "now": OWING}, None),
        ({"reward": WAIVER, "waived_to": date(2026, 11, 30)}, None),
        ({"reward": WAIVER, "waived_to": date(2026, 12, 31)}, "P-04"),
    ],
)
def test_a_purchase_is_stopped_by_the_rule_that_is_told(changes, told):
    assert code(**changes) == told


@pytest.mark.parametrize(("principal", "told"), [(0, "P-02"), (999, "P-02"), (1000, None)])
def test_interest_free_days_are_for_who_owes_what_bears_interest(principal, told):
    assert code(now=replace(standing(), principal=principal)) == told


@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from([7, 15, 30])), max_size=12))
def test_bought_days_never_overlap_begin_after_today_and_one_period_waits_at_most(walk):
    now, today, product = standing(), TODAY, people.rules().product
    for waited, days in walk:
        today += timedelta(days=waited)
        if law.refusal(FREE, 1000, now, Rights(), today, None, 1000):
            continue
        now = add_free_period(now, today, days, product)
        first, last = now.free[-1]
        assert first > today
        assert (last - first).days + 1 == days
        assert all(one[1] < other[0] for one, other in zip(now.free, now.free[1:], strict=False))
        assert sum(first > today for first, _ in now.free) == 1


def test_periods_that_follow_on_each_other_are_told_as_one():
    days = [TODAY + timedelta(days=n) for n in (-20, -3, -2, 4, 5, 11)]
    now = standing(free=((days[0], days[1]), (days[2], days[3]), (days[4], days[5])))
    assert free_ahead(now, TODAY) == (days[2], days[5])
    assert free_ahead(now, days[5] + timedelta(days=1)) is None


@given(st.dates(date(2020, 1, 1), date(2099, 12, 31)), st.dates(date(2020, 1, 1), date(2099, 12, 31)))
def test_a_month_has_one_cause_and_two_months_have_two(one, other):
    same = (one.year, one.month) == (other.year, other.month)
    assert (law.monthly(Kind.SIGN_IN, one) == law.monthly(Kind.SIGN_IN, other)) is same
