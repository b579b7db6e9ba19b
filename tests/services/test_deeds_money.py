"""Waivers and adjustments: what was shown is what is posted, and the books stay sound."""

from datetime import date, timedelta

import pytest

from madoguchi.domain.ladder import DeskAct
from madoguchi.domain.ledger import EntryKind
from madoguchi.domain.present import counted_to
from madoguchi.services import deed, four_eyes, posting, rounds
from madoguchi.services.deeds import Asked
from madoguchi.services.desk_acts import ACTS, DEEDS
from madoguchi.services.four_eyes import Cannot
from tests import people
from tests.support import money
from tests.support.deeds import People

DAY = timedelta(days=1)
NOTHING = {"fees": 0, "damages": 0, "interest": 0}


@pytest.fixture
def at(office):
    """The people at the desk."""
    return People(office)


@pytest.fixture
def misaki(office):
    """A member who is late, with a fee besides."""
    who = people.misaki(office)
    posting.charge_fee(office, who.contract_id, 110, office.business_day(), "fee")
    return who


def now(office, who):
    """The figures of today."""
    return counted_to(money.standing(office, who), office.business_day(), office.rules.product)


def shown(office, act, who, **facts):
    """What the desk sees an act would do."""
    return dict(DEEDS[act].look(office, deed.find(office, who.number), facts).told)


def test_a_waiver_gives_up_just_what_was_asked_and_shown(office, at, misaki):
    owed, wish = now(office, misaki), {"fees": 110, "damages": 50, "interest": 100}
    told = shown(office, DeskAct.WAIVE, misaki, **wish)
    assert told["支払いの合計"] == f"{owed.debt:,}円 → {owed.debt - 260:,}円"
    assert at.both(DeskAct.WAIVE, misaki, **wish) == four_eyes.Done()
    after = now(office, misaki)
    assert (after.debt, after.fees, after.principal) == (owed.debt - 260, 0, owed.principal)
    entry = money.rows(office, misaki)[-1]
    assert (entry.kind, entry.fees, entry.damages, entry.interest) == (EntryKind.WAIVER, 110, 50, 100)
    assert money.sound(office)


@pytest.mark.parametrize("wish", [{}, {"fees": 111}, {"damages": 10**6}])
def test_nothing_and_more_than_is_owed_cannot_be_waived(at, misaki, wish):
    assert isinstance(at.begin(DeskAct.WAIVE, misaki, **(NOTHING | wish)), Cannot)


def test_what_was_paid_before_the_approval_is_not_waived_too(office, at, misaki):
    asked = at.begin(DeskAct.WAIVE, misaki, **(NOTHING | {"fees": 110}))
    money.pay(office, misaki, 500)
    assert isinstance(four_eyes.approve(office, ACTS, asked.request_id, at.approver), Cannot)
    assert money.rows(office, misaki)[-1].kind is EntryKind.REPAYMENT


def test_a_life_with_a_waiver_is_told_again_by_a_payment_of_before(office, at, misaki):
    wish = NOTHING | {"damages": 100, "fees": 110}
    assert at.both(DeskAct.WAIVE, misaki, **wish) == four_eyes.Done()
    money.pay(office, misaki, 3_000, on=office.business_day() - 3 * DAY)
    assert money.sound(office)
    list(rounds.close_days(office))
    assert money.sound(office)


def test_a_payment_that_never_was_is_taken_back_by_its_mirror(office, at):
    hanako = people.hanako(office)
    before = now(office, hanako)
    posted = money.pay(office, hanako, 20_000).entry
    wish = {"entry": posted.seq, "amount": 0, "day": ""}
    told = shown(office, DeskAct.ADJUST, hanako, **wish)
    assert told["元金"].endswith(f"→ {before.principal:,}円")
    assert at.both(DeskAct.ADJUST, hanako, **wish) == four_eyes.Done()
    assert now(office, hanako) == before
    assert money.rows(office, hanako)[-1].undoes == posted.seq
    assert money.sound(office)


def test_the_right_amount_and_day_stand_instead_as_the_preview_said(office, at):
    hanako = people.hanako(office)
    posted = money.pay(office, hanako, 20_000).entry
    later = money.pay(office, hanako, 5_000, key="later").entry
    right = office.business_day() - 4 * DAY
    wish = {"entry": posted.seq, "amount": 2_000, "day": right.isoformat()}
    told = shown(office, DeskAct.ADJUST, hanako, **wish)
    assert at.both(DeskAct.ADJUST, hanako, **wish) == four_eyes.Done()
    after = now(office, hanako)
    assert told["元金"].endswith(f"→ {after.principal:,}円")
    standing = [e for e in money.rows(office, hanako) if e.kind is EntryKind.REPAYMENT][-2:]
    assert {(e.amount, e.value_date) for e in standing} == {(2_000, right), (5_000, later.value_date)}
    assert money.sound(office)


def test_a_fee_and_a_waiver_can_be_taken_back_and_nothing_twice(office, at, misaki):
    fee = money.rows(office, misaki)[-1]
    assert at.both(DeskAct.WAIVE, misaki, **(NOTHING | {"fees": 110})) == four_eyes.Done()
    waiver = money.rows(office, misaki)[-1]
    for entry in (waiver, fee):
        wish = {"entry": entry.seq, "amount": 0, "day": ""}
        assert at.both(DeskAct.ADJUST, misaki, **wish) == four_eyes.Done()
        assert isinstance(at.begin(DeskAct.ADJUST, misaki, **wish), Cannot)
    assert now(office, misaki).fees == 0
    assert money.sound(office)


def test_a_drawdown_is_no_choice(office, at):
    hanako = people.hanako(office)
    drawn = money.draw(office, hanako, 10_000).entry
    wish = {"entry": drawn.seq, "amount": 0, "day": ""}
    assert isinstance(at.begin(DeskAct.ADJUST, hanako, **wish), Cannot)


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2010, 1, 1)])
def test_the_right_day_lies_within_the_contract_and_not_ahead(office, at, day):
    hanako = people.hanako(office)
    posted = money.pay(office, hanako, 20_000).entry
    wish = {"entry": posted.seq, "amount": 100, "day": day.isoformat()}
    assert isinstance(at.begin(DeskAct.ADJUST, hanako, **wish), Cannot)


def test_of_two_requests_about_one_entry_the_second_waits(office, at):
    hanako = people.hanako(office)
    posted = money.pay(office, hanako, 20_000).entry
    wish = {"entry": posted.seq, "amount": 0, "day": ""}
    assert isinstance(at.begin(DeskAct.ADJUST, hanako, **wish), Asked)
    assert isinstance(at.begin(DeskAct.ADJUST, hanako, **(wish | {"amount": 5})), Cannot)
