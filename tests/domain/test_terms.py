"""New terms and free periods: rates, limits, due days, and what becoming overdue ends."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from madoguchi.domain.replay import Imported, Opened, Paid, replay
from madoguchi.domain.standing import (
    Balance,
    Standing,
    add_free_period,
    advance,
    balance_faults,
    change_due_day,
    change_limit,
    change_rate,
    days_late,
    draw,
    due_now,
    next_due,
    open_with_balance,
    pay,
    payoff,
)
from tests.domain.products import CYCLE, SHIPPED, WITHOUT_FREE_DAYS, hanako, ichiro

SETTLED, DUE = date(2026, 10, 5), date(2026, 11, 5)


def test_a_rate_works_from_the_day_after_it_was_agreed():
    owed = hanako(365_000, SETTLED, date(2027, 3, 5), rate=1800)
    changed = change_rate(advance(owed, date(2026, 10, 15), SHIPPED), date(2026, 10, 15), 1000)
    assert payoff(changed, date(2026, 10, 15), SHIPPED).interest == 1_800
    assert payoff(changed, date(2026, 10, 16), SHIPPED).interest == 1_900


@pytest.mark.parametrize(
    ("before", "rate", "after", "expected"),
    [
        (500_000, 1780, 1_000_000, 1500),
        (500_000, 1780, 999_000, 1780),
        (500_000, 1200, 1_500_000, 1200),
        (1_500_000, 1500, 500_000, 1500),
        (90_000, 2000, 300_000, 1800),
        (500_000, 1800, 800_000, 1800),
    ],
)
def test_a_raise_into_a_lower_band_lowers_the_rate_and_nothing_raises_it(before, rate, after, expected):
    contract = Standing.opened(before, rate, 5, SETTLED)
    changed = change_limit(contract, DUE, after, SHIPPED)
    assert (changed.limit, changed.rate) == (after, expected)
    assert len(changed.rates) == (1 if rate == expected else 2)


def test_a_new_due_day_waits_for_the_running_due_date_and_leaves_fifteen_days():
    asked = change_due_day(hanako(200_000, SETTLED, DUE), date(2026, 10, 20), 15, SHIPPED)
    assert (asked.due_day, asked.pending_due_day, asked.running.nominal) == (5, 15, DUE)
    met, _ = pay(asked, DUE, 8_000, SHIPPED)
    assert next_due(met, SHIPPED)[0] == date(2026, 12, 15)
    passed = advance(met, date(2026, 11, 6), SHIPPED)
    assert (passed.due_day, passed.pending_due_day) == (15, None)
    assert passed.running.nominal == date(2026, 12, 15)


def test_without_a_running_due_date_a_new_due_day_works_at_once():
    contract = change_due_day(Standing.opened(500_000, 1780, 5, SETTLED), SETTLED, 25, SHIPPED)
    assert draw(contract, date(2026, 11, 9), 10_000, SHIPPED).running.nominal == date(2026, 11, 25)
    with pytest.raises(ValueError, match="no due day 10"):
        change_due_day(contract, SETTLED, 10, SHIPPED)


def test_asking_for_the_present_due_day_takes_the_wish_back():
    asked = change_due_day(hanako(200_000, SETTLED, DUE), SETTLED, 15, SHIPPED)
    assert change_due_day(asked, SETTLED, 5, SHIPPED).pending_due_day is None


def test_thirty_days_from_the_first_drawdown_are_free_further_drawdowns_included():
    first = date(2027, 1, 5)
    owed = draw(ichiro(100_000, first), date(2027, 1, 20), 50_000, SHIPPED)
    assert owed.free == ((date(2027, 1, 6), date(2027, 2, 4)),)
    assert payoff(owed, date(2027, 2, 4), SHIPPED).interest == 0
    assert payoff(owed, date(2027, 2, 5), SHIPPED).interest == 150_000 * 1780 // 3_650_000


def test_only_a_first_contract_and_a_first_drawdown_get_the_free_days():
    again = Standing.opened(500_000, 1780, 5, SETTLED, first_contract=False)
    assert draw(again, SETTLED, 10_000, SHIPPED).free == ()
    owed = ichiro(10_000, date(2026, 1, 5))
    paid, _ = pay(owed, date(2026, 3, 2), 20_000, SHIPPED)
    assert len(draw(paid, date(2026, 6, 1), 10_000, SHIPPED).free) == 1


def test_in_free_days_the_minimum_is_due_and_goes_wholly_to_principal():
    owed = ichiro(100_000, date(2026, 11, 9), due_day=25)
    assert next_due(owed, SHIPPED) == (date(2026, 11, 25), 4_000)
    _, split = pay(owed, date(2026, 11, 25), 4_000, SHIPPED)
    assert (split.interest, split.principal) == (0, 4_000)


def test_bought_free_days_follow_those_that_run():
    owed = add_free_period(hanako(200_000, SETTLED, DUE), SETTLED, 7, SHIPPED)
    owed = add_free_period(owed, date(2026, 10, 8), 15, SHIPPED)
    assert owed.free == ((date(2026, 10, 6), date(2026, 10, 12)), (date(2026, 10, 13), date(2026, 10, 27)))
    assert payoff(owed, date(2026, 10, 28), SHIPPED).interest == 97


def test_becoming_overdue_ends_running_and_waiting_free_days():
    owed = add_free_period(hanako(200_000, SETTLED, DUE), date(2026, 11, 2), 7, SHIPPED)
    owed = add_free_period(owed, date(2026, 11, 2), 30, SHIPPED)
    late = advance(owed, date(2026, 11, 6), SHIPPED)
    assert late.free == ((date(2026, 11, 3), DUE),)
    assert (late.damages, days_late(late, date(2026, 11, 6))) == (109, 1)
    paid, _ = pay(late, date(2026, 11, 6), due_now(late, date(2026, 11, 6), SHIPPED), SHIPPED)
    assert payoff(paid, date(2026, 11, 7), SHIPPED).interest > 0


def test_a_month_late_runs_damages_instead_of_interest_across_further_due_dates():
    late = advance(hanako(200_000, SETTLED, DUE), date(2026, 12, 8), SHIPPED)
    assert (late.interest, late.damages) == (3_023, 200_000 * 2000 * 33 // 3_650_000)
    assert [(due.day, due.left) for due in late.unmet] == [(DUE, 8_000), (date(2026, 12, 7), 8_000)]
    assert days_late(late, date(2026, 12, 8)) == 33


def test_an_imported_contract_goes_on_where_it_was():
    balance = Balance(
        date(2026, 11, 20),
        150_000,
        carried_interest=1_200,
        carried_damages=400,
        fees=110,
        minimum=9_000,
        next_due=date(2026, 12, 5),
        unmet=((date(2026, 11, 5), 2_500),),
    )
    told, splits = replay(
        [Imported(balance.settled_to, 0, 500_000, 1800, 5, balance)], SHIPPED, balance.settled_to
    )
    assert (told.late_since, told.minimum, told.running.opens) == (
        date(2026, 11, 6),
        9_000,
        date(2026, 11, 6),
    )
    assert due_now(told, balance.settled_to, SHIPPED) == 2_500 + 400 + 110
    assert advance(told, date(2026, 11, 30), SHIPPED).damages == 400 + 821
    assert splits == [None]


def test_an_import_brings_what_was_paid_towards_the_due_date_and_its_free_days():
    until = date(2026, 10, 31)
    balance = Balance(SETTLED, 100_000, minimum=4_000, next_due=DUE, filled=4_000, free_until=until)
    told = open_with_balance(500_000, 1780, 5, balance, SHIPPED)
    assert told.running.met
    assert payoff(told, until, SHIPPED).interest == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"principal": -1}, "negative"),
        ({"next_due": None}, "needs its next due date"),
        ({"next_due": date(2026, 10, 5)}, "must lie after"),
        ({"unmet": ((date(2026, 11, 5), 8_000),)}, "must have passed"),
        ({"principal": 640}, "no due date"),
    ],
)
def test_an_opening_balance_that_contradicts_itself_is_refused(change, sentence):
    balance = replace(Balance(SETTLED, 100_000, next_due=DUE), **change)
    assert any(sentence in fault for fault in balance_faults(balance, 5, SHIPPED))
    with pytest.raises(ValueError, match=sentence):
        open_with_balance(500_000, 1780, 5, balance, SHIPPED)


def test_an_imported_due_day_must_be_on_offer():
    assert balance_faults(Balance(SETTLED, 0), 5, SHIPPED) == []
    assert balance_faults(Balance(SETTLED, 0), 7, SHIPPED)
    assert balance_faults(Balance(SETTLED, 0), 5, CYCLE)


def test_a_life_begins_with_its_opening_and_ends_no_later_than_asked():
    opened = Opened(SETTLED, 0, 500_000, 1780, 5)
    for events in (
        [],
        [Paid(DUE, 1, 1_000)],
        [opened, Paid(DUE, 1, 1_000)],
        [opened, replace(opened, order=1)],
    ):
        with pytest.raises(ValueError, match=r"opening|opened|valued on"):
            replay(events, WITHOUT_FREE_DAYS, SETTLED)


def test_counting_a_day_twice_changes_nothing():
    owed = advance(hanako(200_000, SETTLED, DUE), DUE, SHIPPED)
    assert advance(owed, DUE, SHIPPED) is owed
    assert advance(owed, DUE - timedelta(days=3), SHIPPED) is owed
