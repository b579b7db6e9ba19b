"""A payment whose posting was undone is on a member or in the house's account, and reaches its owner."""

import pytest

from madoguchi.domain.ladder import DeskAct
from madoguchi.domain.ledger import Account
from madoguchi.services import four_eyes, incoming, incoming_views, verify
from madoguchi.services.cases import CaseKind
from madoguchi.services.four_eyes import Cannot
from madoguchi.store import cases, house
from tests import people
from tests.services.test_incoming import line, taken
from tests.support.deeds import People
from tests.support.money import pay, rows, sound


@pytest.fixture
def at(office):
    """The people at the desk."""
    return People(office)


@pytest.fixture
def undone(office, at):
    """佐藤 花子, and the number of a payment that was posted to her and whose posting two people undid."""
    hanako = people.hanako(office)
    file_id = taken(office, line(office, reference="100000019", ago=2))
    incoming.post_all(office, file_id, "desk1")
    pay(office, hanako, 3_000, key="later")
    (seen,) = incoming_views.sheet(office, file_id).seen
    wish = {"entry": seen.payment.seq, "amount": 0, "day": ""}
    assert isinstance(at.begin(DeskAct.ADJUST, hanako, **(wish | {"amount": 10_000})), Cannot)
    assert at.both(DeskAct.ADJUST, hanako, **wish) == four_eyes.Done()
    return hanako, seen.payment.id


def test_a_payment_whose_posting_was_undone_is_kept_again_with_a_case(office, undone):
    _, number = undone
    payment = incoming_views.one(office, number).payment
    assert (payment.state, payment.how, payment.contract_id) == ("kept", "undone", None)
    assert house.balance(office.store, Account.UNKNOWN_PAYMENTS) == -10_000
    (case,) = cases.about(office.store, CaseKind.PAYMENT.value, number)
    assert case.closed_at is None
    assert sound(office)


@pytest.mark.parametrize("again", [True, False])
def test_an_undone_payment_is_posted_anew_to_whom_is_chosen_and_can_be_undone_again(
    office, at, undone, again
):
    hanako, number = undone
    who = hanako if again else people.ichiro(office)
    for _ in range(2):
        assert incoming.choose(office, number, who.contract_id, "desk2")
        assert incoming.post(office, incoming_views.one(office, number).payment, "desk2")
        assert house.balance(office.store, Account.UNKNOWN_PAYMENTS) == 0
        assert sound(office)
        wish = {"entry": incoming_views.one(office, number).payment.seq, "amount": 0, "day": ""}
        assert at.both(DeskAct.ADJUST, who, **wish) == four_eyes.Done()
        assert house.balance(office.store, Account.UNKNOWN_PAYMENTS) == -10_000
        assert sound(office)


def test_an_undone_payment_goes_back_to_its_payer(office, undone):
    assert incoming.send_back(office, undone[1], "振込人に返した", "desk1")
    assert house.balance(office.store, Account.UNKNOWN_PAYMENTS) == 0
    assert sound(office)


def test_a_posted_payment_whose_entry_stands_no_more_is_told_by_the_check(office, undone):
    hanako, number = undone
    gone = next(one for one in rows(office, hanako) if one.key.endswith(f"incoming:{number}"))
    sql = "UPDATE incoming SET state = 'posted', contract_id = ?, seq = ?, undone = 0, was_kept = 0"
    with office.store.transaction():
        office.store.write(sql, (hanako.contract_id, gone.seq))
    assert any(told.startswith(f"Incoming payment {number}:") for told in verify.differences(office))
