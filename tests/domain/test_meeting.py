"""Which due dates a payment fills, what ends arrears, and what is asked next."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.standing import (
    advance,
    amount_due,
    charge_fee,
    draw,
    due_now,
    is_overdue,
    is_remainder,
    next_due,
    pay,
    payoff,
    payoff_horizon,
)
from tests.domain.products import CYCLE, SHIPPED, TEN_DAYS_BEFORE, WITHOUT_FREE_DAYS, hanako, ichiro

OWED = st.integers(1_000, 500_000)
WAITED = st.integers(0, 150)
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


def test_a_payoff_while_overdue_grows_by_damages_and_one_of_nothing_by_nothing():
    owed = hanako(200_000, SETTLED, DUE)
    assert payoff(owed, LATE, SHIPPED).per_day == 109
    paid, _ = pay(owed, LATE, payoff(owed, LATE, SHIPPED).total, SHIPPED)
    told = payoff(paid, date(2027, 3, 1), SHIPPED)
    assert (told.days, told.per_day, told.total, payoff_horizon(paid, SHIPPED)) == (0, 0, 0, None)


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
