"""Calling a contract in: after days enough and the last letter, by two people, once; the books agree."""

from datetime import timedelta

import pytest

from madoguchi.domain.rights import Action, State, rights_of
from madoguchi.domain.staff import Role
from madoguchi.services import audit, calling_in, four_eyes, rounds, verify
from madoguchi.services.desk_acts import ACTS
from madoguchi.services.four_eyes import Cannot, Done
from madoguchi.store import contracts
from madoguchi.store.audit import Filter
from tests import people
from tests.support import desk, money
from tests.support.mailbox import letters
from tests.support.together import at_once

LONG = timedelta(days=70)


@pytest.fixture
def misaki(office):
    """高橋 美咲, whose due date on the 5th is unmet."""
    return people.misaki(office)


@pytest.fixture
def two(office):
    """An operator and an approver."""
    return desk.colleague(office, "desk1"), desk.colleague(office, "desk2", Role.APPROVER)


def late(office):
    """Seventy days later, with each day's round run."""
    office.clock.move(LONG)
    for _ in rounds.close_days(office):
        pass


def called_in(office, who, two):
    """What asking and approving comes to."""
    number = calling_in.ask(office, who.contract_id, "ご連絡がつきません", two[0])
    return four_eyes.approve(office, ACTS, number, two[1])


def test_the_whole_debt_is_due_the_member_is_told_and_borrowing_stops(office, misaki, two):
    late(office)
    assert called_in(office, misaki, two) == Done()
    row = contracts.read(office.store, misaki.contract_id)
    assert row.standing.running is None
    assert row.standing.unmet[0].left == row.standing.principal + row.standing.interest
    assert rights_of(row.states, True).states >= {State.SUSPENDED, State.OVERDUE}
    assert rights_of(row.states, True).may(Action.REPAY)
    assert letters(office, "called_in")[0]["amount"] == f"{row.standing.debt:,}"
    assert audit.found(office, Filter(kind="called_in"))[0].facts["debt"] == row.standing.debt


def test_the_books_agree_that_day_and_later(office, misaki, two):
    late(office)
    called_in(office, misaki, two)
    assert list(verify.differences(office)) == []
    office.clock.move(timedelta(days=40))
    for _ in rounds.close_days(office):
        pass
    assert list(verify.differences(office)) == []
    assert calling_in.look(office, misaki.contract_id).called_on is not None


def test_payments_after_it_and_one_valued_before_it_are_told_soundly(office, misaki, two):
    late(office)
    called_in(office, misaki, two)
    money.pay(office, misaki, 20_000)
    money.pay(office, misaki, 9_000, "p2", office.business_day() - timedelta(days=30))
    assert money.standing(office, misaki).late_since is not None
    assert money.sound(office)
    money.pay(office, misaki, calling_in.look(office, misaki.contract_id).debt, "p3")
    assert money.standing(office, misaki).debt == 0
    assert money.sound(office)


def test_too_early_and_untold_it_cannot_even_be_asked_for(office, misaki, two):
    assert "満たない" in calling_in.ask(office, misaki.contract_id, "x", two[0])
    office.clock.move(LONG)
    assert "お知らせを出していない" in calling_in.ask(office, misaki.contract_id, "x", two[0])


def test_it_is_done_once(office, misaki, two):
    late(office)
    found = at_once(office, 2, lambda: calling_in.ask(office, misaki.contract_id, "x", two[0]))
    assert found[0] == found[1]
    assert four_eyes.approve(office, ACTS, found[0], two[1]) == Done()
    assert "もう期限の利益を失っています" in calling_in.ask(office, misaki.contract_id, "x", two[0])


def test_what_was_paid_meanwhile_is_looked_at_on_the_day_of_approval(office, misaki, two):
    late(office)
    number = calling_in.ask(office, misaki.contract_id, "x", two[0])
    money.pay(office, misaki, calling_in.look(office, misaki.contract_id).debt)
    assert isinstance(four_eyes.approve(office, ACTS, number, two[1]), Cannot)
