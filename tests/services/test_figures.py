"""Totals of the books: the database's sums are the domain's, contract by contract and to the yen."""

from datetime import timedelta

import pytest

from madoguchi.domain.figures import Totals, stage_of, summed, totals_of
from madoguchi.domain.ledger import Account
from madoguchi.domain.rights import State
from madoguchi.services import contracts as terms
from madoguchi.services import figures, rounds
from madoguchi.store import contracts, house
from madoguchi.store import figures as rows
from tests import people
from tests.support.money import draw, pay

DAYS = (0, 1, 6, 11, 40, 400)


def told_by_the_domain(office):
    """The totals of all contracts, advanced one by one."""
    on, product = office.business_day(), office.rules.product
    held = [row.standing for row, _ in contracts.hold_range(office.store, 1, 10**9)]
    stages = [(stage_of(one, on, product), totals_of(one, on, product)) for one in held]
    return summed(part for _, part in stages), [
        summed(part for stage, part in stages if stage == n) for n in range(1, 5)
    ]


def told_by_the_book(office):
    """The same as the page has it."""
    book = figures.book(office)
    return book.total, [part for _, part in book.by_stage]


@pytest.mark.parametrize("days", DAYS)
def test_the_sums_of_the_whole_cast_are_the_domains_on_any_day(office, days):
    people.full_cast(office)
    office.clock.move(timedelta(days=days))  # no round closes the days between
    assert told_by_the_book(office) == told_by_the_domain(office)


def test_new_members_free_days_rate_changes_and_money_on_its_way_are_counted_to_the_yen(office):
    people.hanako(office)
    people.misaki(office)
    new = people.newcomer(office)
    draw(office, new, 30_000)
    draw(office, new, 40_000, key="d2", on=office.business_day() + timedelta(days=3))
    terms.change_rate(office, new.contract_id, 1200, "test")
    for _ in range(50):
        office.clock.move(timedelta(days=1))
        assert told_by_the_book(office) == told_by_the_domain(office)


def test_principal_is_what_the_ledger_says(office):
    people.full_cast(office)
    assert figures.book(office).total.principal == house.balance(office.store, Account.PRINCIPAL)
    assert -figures.book(office).total.deposit == house.balance(office.store, Account.DEPOSIT)


def test_each_contract_stands_under_its_strictest_state_alone(office):
    people.full_cast(office)
    told = dict(figures.book(office).by_state)
    assert sum(part.contracts for part in told.values()) == 8
    assert (
        told[State.CLOSED].contracts == told[State.SUSPENDED].contracts == told[State.OVERDUE].contracts == 1
    )


def test_an_empty_book_has_sums_too(office):
    assert figures.book(office).total == Totals()
    assert len(figures.flows(office)) == figures.DAYS


def test_flows_stand_on_their_value_date_and_what_was_undone_on_none(office):
    ichiro = people.ichiro(office)
    today = office.business_day()
    draw(office, ichiro, 50_000)
    draw(office, ichiro, 20_000, key="d2")
    figures_before = figures.flows(office)[-1]
    office.clock.move(timedelta(days=40))
    pay(office, ichiro, 10_000, on=today + timedelta(days=40))
    last = figures.flows(office)[-1]
    assert (figures_before.drawn, last.drawn, last.paid) == (70_000, 0, 10_000)
    assert 0 < last.earned < 10_000
    assert sum(flow.drawn for flow in figures.flows(office)) == 0  # the drawdowns are 40 days old


def test_the_database_itself_adds_up_whoever_needs_one_multiplication(office):
    people.hanako(office)
    people.misaki(office)
    list(rounds.close_days(office))
    assert list(rows.restless(office.store, office.business_day(), 1000)) == []
    for _ in range(8):
        office.clock.move(timedelta(days=5))
        list(rounds.close_days(office))
        assert list(rows.restless(office.store, office.business_day(), 1000)) == []
        assert told_by_the_book(office) == told_by_the_domain(office)


def test_a_rate_that_changes_by_tomorrow_is_counted_by_its_days(office):
    hanako = people.hanako(office)
    terms.change_rate(office, hanako.contract_id, 1200, "test")
    list(rounds.close_days(office))
    for days in (1, 2, 3):
        office.clock.move(timedelta(days=days))
        assert told_by_the_book(office) == told_by_the_domain(office)
