"""Payments: what they cover, which due dates they fill, what they end; and the deposit."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.standing import (
    Balance,
    OutOfOrder,
    advance,
    amount_due,
    available,
    charge_fee,
    draw,
    due_now,
    is_overdue,
    is_remainder,
    next_due,
    open_with_balance,
    pay,
    payoff,
    payoff_horizon,
    preview_payment,
    return_deposit,
    smallest_payment,
    use_deposit_on_due,
    waive,
)
from tests.domain.products import CYCLE, SHIPPED, TEN_DAYS_BEFORE, WITHOUT_FREE_DAYS, hanako, ichiro

SETTLED, DUE = date(2026, 10, 5), date(2026, 11, 5)
LATE = date(2026, 11, 18)


def test_a_payment_in_the_window_meets_the_due_date_and_the_next_one_is_told():
    paid, split = pay(hanako(200_000, SETTLED, DUE), date(2026, 10, 20), 8_000, SHIPPED)
    assert (split.interest, split.principal, split.extra) == (1_463, 6_537, False)
    assert split.filled == ((DUE, 8_000),)
    assert paid.running.met
    assert next_due(paid, SHIPPED) == (date(2026, 12, 7), 8_000)


def test_several_payments_add_up_and_the_third_is_extra():
    first, _ = pay(hanako(200_000, SETTLED, DUE), date(2026, 10, 20), 5_000, SHIPPED)
    assert next_due(first, SHIPPED) == (DUE, 3_000)
    second, split = pay(first, DUE, 10_000, SHIPPED)
    assert split.filled == ((DUE, 3_000),)
    _, third = pay(second, DUE, 500, SHIPPED)
    assert (third.extra, third.filled, third.interest, third.principal) == (True, (), 0, 500)


def test_the_day_after_a_shifted_due_date_opens_the_next_window():
    met, _ = pay(hanako(200_000, SETTLED, DUE), DUE, 8_000, SHIPPED)
    assert pay(met, DUE, 8_000, SHIPPED)[1].extra
    assert pay(met, DUE + timedelta(days=1), 8_000, SHIPPED)[1].filled == ((date(2026, 12, 7), 8_000),)


def test_with_a_window_of_ten_days_an_earlier_payment_is_extra():
    owed = hanako(200_000, SETTLED, DUE, TEN_DAYS_BEFORE)
    assert pay(owed, date(2026, 10, 25), 8_000, TEN_DAYS_BEFORE)[1].extra
    assert not pay(owed, date(2026, 10, 26), 8_000, TEN_DAYS_BEFORE)[1].extra


def test_the_first_window_opens_on_the_day_of_the_drawdown():
    on = date(2026, 11, 9)
    paid, split = pay(ichiro(100_000, on), on, 4_000, SHIPPED)
    assert split.filled == ((date(2026, 12, 7), 4_000),)
    assert paid.running.met


def test_a_late_payment_covers_damages_then_interest_then_principal():
    paid, split = pay(hanako(200_000, SETTLED, DUE), LATE, 5_000, SHIPPED)
    assert (split.interest, split.damages, split.principal) == (3_023, 1_424, 553)
    assert split.filled == ((DUE, 3_576),)
    assert due_now(paid, LATE, SHIPPED) == paid.unmet[0].left == 4_424
    assert is_overdue(advance(paid, date(2026, 11, 19), SHIPPED), date(2026, 11, 19))


def test_paying_what_is_due_now_ends_the_arrears_and_interest_runs_again():
    owed = hanako(200_000, SETTLED, DUE)
    asked = due_now(owed, LATE, SHIPPED)
    assert asked == 8_000 + 1_424
    paid, _ = pay(owed, LATE, asked, SHIPPED)
    assert (paid.unmet, paid.late_since) == ((), None)
    week = advance(paid, LATE + timedelta(days=7), SHIPPED)
    assert (week.damages, week.interest) == (0, paid.principal * 1780 * 7 // 3_650_000)


def test_one_yen_less_than_what_is_due_now_stays_overdue():
    owed = hanako(200_000, SETTLED, DUE)
    paid, _ = pay(owed, LATE, due_now(owed, LATE, SHIPPED) - 1, SHIPPED)
    assert [due.left for due in paid.unmet] == [1]
    assert due_now(paid, LATE, SHIPPED) == 1


def test_arrears_are_filled_oldest_first_and_then_the_running_due_date():
    on = date(2026, 12, 10)
    owed = hanako(200_000, SETTLED, DUE)
    damages = payoff(owed, on, SHIPPED).damages
    paid, split = pay(owed, on, damages + 18_000, SHIPPED)
    assert split.filled == ((DUE, 8_000), (date(2026, 12, 7), 8_000), (date(2027, 1, 5), 2_000))
    assert (paid.unmet, paid.late_since, paid.running.filled) == ((), None, 2_000)


def test_a_shortfall_is_carried_bears_nothing_and_comes_first_next_time():
    owed = hanako(300_000, SETTLED, date(2027, 3, 5))
    short, split = pay(owed, date(2026, 12, 24), 2_000, SHIPPED)
    assert (split.interest, split.settled_interest, split.principal) == (2_000, 11_704, 0)
    assert short.carried_interest == 9_704
    later = payoff(short, date(2026, 12, 25), SHIPPED)
    assert later.interest == 9_704 + 146
    assert later.total == 300_000 + later.interest


def test_fractions_are_dropped_at_each_payment():
    paid, _ = pay(hanako(100_000, SETTLED, DUE), date(2026, 10, 6), 200, SHIPPED)
    assert (paid.interest_units, paid.carried_interest, paid.principal) == (0, 0, 99_848)


def test_a_fee_is_taken_first_and_stands_outside_of_limit_and_interest():
    owed = charge_fee(hanako(200_000, SETTLED, DUE), SETTLED, 220)
    assert available(owed) == 300_000
    _, split = pay(owed, DUE, 8_000, SHIPPED)
    assert (split.fees, split.interest, split.filled) == (220, 3_023, ((DUE, 7_780),))
    assert next_due(owed, SHIPPED) == (DUE, 8_220)


def test_a_debt_below_the_minimum_is_due_whole():
    owed = hanako(3_000, SETTLED, DUE)
    owed = replace(owed, minimum=8_000)
    day, asked = next_due(owed, SHIPPED)
    assert asked == payoff(owed, day, SHIPPED).total == 3_045
    paid, _ = pay(owed, day, asked, SHIPPED)
    assert (paid.debt, paid.running) == (0, None)


def test_a_minimum_that_falls_with_a_drawdown_can_meet_the_due_date():
    owed = hanako(300_000, SETTLED, DUE)
    paid, _ = pay(owed, date(2026, 10, 20), 10_000, SHIPPED)
    assert not paid.running.met
    more = draw(paid, date(2026, 10, 20), 13_000, SHIPPED)
    assert (more.minimum, more.running.met) == (8_000, True)


def test_a_due_date_once_met_stays_met_though_the_minimum_rises():
    met, _ = pay(hanako(100_000, SETTLED, DUE), date(2026, 10, 6), 4_000, SHIPPED)
    more = draw(met, date(2026, 10, 7), 150_000, SHIPPED)
    assert (more.running.met, more.minimum) == (True, 9_000)
    assert next_due(more, SHIPPED) == (date(2026, 12, 7), 9_000)


def test_a_new_minimum_applies_to_a_due_date_that_is_not_met_yet():
    part, _ = pay(hanako(100_000, SETTLED, DUE), date(2026, 10, 6), 3_000, SHIPPED)
    more = draw(part, date(2026, 10, 7), 150_000, SHIPPED)
    assert amount_due(more, more.running) == 9_000
    assert next_due(more, SHIPPED) == (DUE, 6_000)


def test_a_remainder_bears_nothing_and_meets_all_arrears():
    owed = hanako(20_000, SETTLED, DUE)
    left, _ = pay(owed, LATE, payoff(owed, LATE, SHIPPED).total - 640, SHIPPED)
    assert (left.principal, left.unmet, left.running, left.late_since) == (640, (), None, None)
    years_on = advance(left, date(2029, 1, 1), SHIPPED)
    assert (years_on.debt, is_remainder(years_on), next_due(years_on, SHIPPED)) == (640, True, None)


def test_after_a_remainder_the_first_due_table_applies_again():
    owed = hanako(20_000, SETTLED, DUE)
    left, _ = pay(owed, DUE, payoff(owed, DUE, SHIPPED).total - 300, SHIPPED)
    drawn = draw(left, date(2026, 11, 25), 10_000, SHIPPED)
    assert (drawn.principal, drawn.since) == (10_300, date(2026, 11, 25))
    assert (drawn.running.nominal, drawn.running.opens) == (date(2027, 1, 5), date(2026, 11, 25))


def test_a_remainder_of_exactly_a_thousand_yen_is_none():
    owed = hanako(20_000, SETTLED, DUE)
    kept, _ = pay(owed, DUE, payoff(owed, DUE, SHIPPED).total - 1_000, SHIPPED)
    assert kept.running is not None
    assert (
        payoff(kept, date(2027, 11, 5), SHIPPED).interest + payoff(kept, date(2027, 11, 5), SHIPPED).damages
        > 0
    )


def test_what_is_paid_above_the_debt_is_a_deposit_and_never_negative_principal():
    paid, split = pay(hanako(5_000, SETTLED, DUE), SETTLED, 8_000, SHIPPED)
    assert (split.principal, split.deposit, paid.principal, paid.deposit) == (5_000, 3_000, 0, 3_000)
    assert return_deposit(paid, SETTLED, 3_000).deposit == 0
    with pytest.raises(ValueError, match="deposited"):
        return_deposit(paid, SETTLED, 3_001)


def test_a_deposit_waits_for_the_due_date_and_is_posted_before_overdue_is_judged():
    paid, _ = pay(hanako(5_000, SETTLED, DUE), SETTLED, 14_000, SHIPPED)
    drawn = draw(paid, SETTLED, 100_000, SHIPPED)
    assert (drawn.principal, drawn.deposit) == (100_000, 9_000)
    assert use_deposit_on_due(drawn, date(2026, 11, 4), SHIPPED)[1] is None
    used, split = use_deposit_on_due(drawn, DUE, SHIPPED)
    assert (split.amount, split.interest, split.filled, used.deposit) == (9_000, 1_511, ((DUE, 4_000),), 0)
    assert not is_overdue(advance(used, date(2026, 11, 6), SHIPPED), date(2026, 11, 6))


def test_a_waiver_gives_up_carried_claims_first_and_can_end_overdue():
    balance = Balance(SETTLED, 50_000, carried_interest=700, carried_damages=300, next_due=DUE)
    owed = open_with_balance(500_000, 1780, 5, balance, SHIPPED)
    on = SETTLED + timedelta(days=10)
    assert advance(owed, on, SHIPPED).damages == 300 + 273
    waived, split = waive(owed, on, 573, 100, SHIPPED)
    assert (split.settled_damages, split.settled_interest, waived.damages, waived.interest) == (
        273,
        0,
        0,
        600,
    )
    assert waived.late_since is None
    with pytest.raises(ValueError, match="more can be waived"):
        waive(owed, on, 574, 0, SHIPPED)


def test_acts_before_what_was_counted_are_out_of_order():
    counted = advance(hanako(200_000, SETTLED, DUE), DUE, SHIPPED)
    for act in (
        lambda: pay(counted, SETTLED, 1_000, SHIPPED),
        lambda: draw(counted, SETTLED, 1_000, SHIPPED),
        lambda: charge_fee(counted, SETTLED, 110),
    ):
        with pytest.raises(OutOfOrder):
            act()


def test_acts_of_nothing_are_refused():
    owed = hanako(200_000, SETTLED, DUE)
    for act in (
        lambda: pay(owed, DUE, 0, SHIPPED),
        lambda: draw(owed, DUE, 0, SHIPPED),
        lambda: charge_fee(owed, DUE, 0),
    ):
        with pytest.raises(ValueError, match="at least 1 yen"):
            act()


def test_the_cycle_turns_with_the_payment_that_met_it():
    owed = ichiro(100_000, date(2026, 2, 2), product=CYCLE)
    assert owed.running.nominal == date(2026, 3, 9)
    part, _ = pay(owed, date(2026, 2, 20), 3_000, CYCLE)
    met, _ = pay(part, date(2026, 2, 25), 1_000, CYCLE)
    assert (met.running.nominal, met.running.filled) == (date(2026, 4, 1), 0)
    assert draw(met, date(2026, 2, 26), 10_000, CYCLE).running == met.running


def test_an_unmet_cycle_waits_for_the_payment_that_meets_it():
    owed = advance(ichiro(100_000, date(2026, 2, 2), product=CYCLE), date(2026, 3, 20), CYCLE)
    assert (owed.running, owed.late_since) == (None, date(2026, 3, 10))
    paid, _ = pay(owed, date(2026, 3, 20), due_now(owed, date(2026, 3, 20), CYCLE), CYCLE)
    assert (paid.late_since, paid.running.nominal) == (None, date(2026, 4, 24))


def test_a_payoff_tells_days_what_a_day_costs_and_how_far_it_reaches():
    owed = hanako(200_000, SETTLED, DUE)
    told = payoff(owed, date(2026, 10, 25), SHIPPED)
    assert (told.days, told.interest, told.per_day, told.total) == (20, 1_950, 97, 201_950)
    assert payoff(owed, DUE, SHIPPED).per_day == 109
    assert payoff_horizon(owed, SHIPPED) == date(2026, 12, 7)
    met, _ = pay(owed, DUE, 8_000, SHIPPED)
    assert payoff_horizon(met, SHIPPED) == date(2027, 1, 5)


def test_the_smallest_payment_is_two_hundred_yen_or_the_exact_debt():
    assert smallest_payment(hanako(200_000, SETTLED, DUE), DUE, SHIPPED) == 200
    left, _ = pay(hanako(5_000, SETTLED, DUE), SETTLED, 4_850, SHIPPED)
    assert smallest_payment(left, DUE, SHIPPED) == 150


OWED = st.integers(1_000, 500_000)
WAITED = st.integers(0, 150)


@given(OWED, WAITED)
def test_paying_the_payoff_leaves_nothing(principal, days):
    owed = hanako(principal, SETTLED, DUE)
    on = SETTLED + timedelta(days=days)
    total = payoff(owed, on, SHIPPED).total
    paid, split = pay(owed, on, total, SHIPPED)
    assert (paid.debt, paid.deposit, paid.running, paid.unmet, paid.late_since) == (0, 0, None, (), None)
    assert split.amount == split.damages + split.interest + split.principal == total


@given(OWED, WAITED, st.integers(1, 600_000), st.integers(0, 220))
def test_a_preview_equals_the_posting_to_the_yen(principal, days, amount, fee):
    owed = hanako(principal, SETTLED, DUE)
    owed = charge_fee(owed, SETTLED, fee) if fee else owed
    on = SETTLED + timedelta(days=days)
    told = preview_payment(owed, on, amount, SHIPPED)
    after, split = pay(owed, on, amount, SHIPPED)
    assert (told.split, told.after, told.next_due) == (split, after, next_due(after, SHIPPED))
    assert split.fees + split.damages + split.interest + split.principal + split.deposit == amount
    assert told.paid_in_full == (after.debt == 0)


@given(OWED, WAITED, st.integers(1, 40))
def test_paying_what_is_due_now_always_ends_the_arrears(principal, days, more):
    owed = hanako(principal, SETTLED, DUE)
    on = SETTLED + timedelta(days=days)
    asked = due_now(owed, on, SHIPPED)
    after = pay(owed, on, asked, SHIPPED)[0] if asked else advance(owed, on, SHIPPED)
    assert (after.unmet, after.late_since) == ((), None)


@given(OWED, st.integers(0, 30), st.integers(0, 220))
def test_paying_what_the_next_due_date_asks_meets_it(principal, days, fee):
    owed = advance(hanako(principal, SETTLED, DUE), SETTLED + timedelta(days=days), SHIPPED)
    owed = charge_fee(owed, owed.accrued_to, fee) if fee else owed
    day, asked = next_due(owed, WITHOUT_FREE_DAYS)
    paid, _ = pay(owed, day, asked, SHIPPED)
    assert not is_overdue(advance(paid, day + timedelta(days=1), SHIPPED), day + timedelta(days=1))
