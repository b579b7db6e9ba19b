"""The inquiry against the rules of payment, on both databases."""

from datetime import timedelta

import pytest

from madoguchi.domain import explain
from madoguchi.domain.interest import floor_yen
from madoguchi.domain.standing import pay
from madoguchi.services import history, interest
from madoguchi.store import contracts
from tests import people


@pytest.mark.parametrize("make", [people.hanako, people.misaki, people.ken])
def test_paying_the_payoff_on_its_day_leaves_exactly_nothing(office, make):
    who = make(office)
    standing = contracts.read(office.store, who.contract_id).standing
    found = interest.ask(office, who.contract_id, standing, office.business_day() + timedelta(days=9))
    after, split = pay(found.then, found.payoff.on, found.payoff.total, office.rules.product)
    assert (after.debt, after.deposit) == (0, 0)
    assert (split.interest, split.damages) == (found.payoff.interest, found.payoff.damages)


@pytest.mark.parametrize("make", [people.hanako, people.misaki, people.ken])
def test_what_is_told_adds_up_to_what_is_asked(office, make):
    who = make(office)
    standing = contracts.read(office.store, who.contract_id).standing
    found = interest.ask(office, who.contract_id, standing)
    told_interest, told_damages = explain.sums(found.told)
    assert found.told
    assert found.payoff.interest == floor_yen(told_interest) + found.then.carried_interest
    assert found.payoff.damages == floor_yen(told_damages) + found.then.carried_damages


def test_an_entry_of_another_contract_is_none(office):
    hanako, daisuke = people.hanako(office), people.daisuke(office)
    standing = contracts.read(office.store, daisuke.contract_id).standing
    assert history.detail(office, hanako.contract_id, standing, 19) is not None
    assert history.detail(office, daisuke.contract_id, standing, 19) is None
