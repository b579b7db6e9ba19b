"""What a payment covers and in which order, the deposit, the waiver, and the preview."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.domain.standing import (
    Balance,
    OutOfOrder,
    advance,
    available,
    charge_fee,
    draw,
    due_now,
    is_overdue,
    next_due,
    open_with_balance,
    pay,
    payoff,
    preview_payment,
    return_deposit,
    smallest_payment,
    use_deposit_on_due,
    waive,
)
from tests.domain.products import SHIPPED, hanako

SETTLED, DUE = date(2026, 10, 5), date(2026, 11, 5)
LATE = date(2026, 11, 18)


def test_a_late_payment_covers_damages_then_interest_then_principal():
    paid, split = pay(hanako(200_000, SETTLED, DUE), LATE, 5_000, SHIPPED)
    assert (split.interest, split.damages, split.principal) == (3_023, 1_424, 553)
    assert split.filled == ((DUE, 3_576),)
    assert due_now(paid, LATE, SHIPPED) == paid.unmet[0].left == 4_424
    assert is_overdue(advance(paid, date(2026, 11, 19), SHIPPED), date(2026, 11, 19))


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


def test_interest_alone_can_be_waived_and_its_fraction_stays():
    owed = hanako(200_000, SETTLED, DUE)
    waived, split = waive(owed, date(2026, 10, 25), 0, 1_000, SHIPPED)
    assert (split.amount, split.interest, split.settled_interest, waived.interest) == (0, 1_000, 1_000, 950)
    assert payoff(waived, date(2026, 10, 26), SHIPPED).interest == 2_048 - 1_000
    with pytest.raises(ValueError, match="more can be waived"):
        waive(owed, date(2026, 10, 25), 0, -1, SHIPPED)


def test_waived_damages_do_not_end_an_overdue_that_still_has_arrears():
    owed = hanako(200_000, SETTLED, DUE)
    on = date(2026, 11, 18)
    waived, _ = waive(owed, on, 1_424, 0, SHIPPED)
    assert (waived.late_since, waived.damages) == (date(2026, 11, 6), 0)
    assert due_now(waived, on, SHIPPED) == 8_000


def test_a_waiver_within_what_is_carried_settles_nothing_new():
    balance = Balance(SETTLED, 50_000, carried_damages=300, next_due=DUE)
    owed = open_with_balance(500_000, 1780, 5, balance, SHIPPED)
    waived, split = waive(owed, SETTLED + timedelta(days=10), 100, 0, SHIPPED)
    assert (split.settled_damages, waived.carried_damages, waived.damages) == (0, 200, 473)
    assert waived.late_since is not None


def test_a_fee_is_waived_as_it_is_and_never_more_of_it():
    owed = charge_fee(hanako(200_000, SETTLED, DUE), SETTLED, 220)
    waived, split = waive(owed, SETTLED, 0, 0, SHIPPED, 110)
    assert (split.fees, waived.fees, waived.principal) == (110, 110, owed.principal)
    with pytest.raises(ValueError, match="more can be waived"):
        waive(owed, SETTLED, 0, 0, SHIPPED, 221)


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
