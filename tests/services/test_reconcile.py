"""Our books against the bank's: what agrees is silent, and each way to differ has its name."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from madoguchi.ports.bank import Known, Pending, Rejected, Settled
from madoguchi.services import payouts, reconcile
from madoguchi.services.reconcile import What
from madoguchi.store import payouts as rows
from tests import people
from tests.support.banks import Member, with_bank

PAID, NO = Settled("F1", date(2026, 11, 20)), Rejected("x", "x")


@pytest.fixture
def both(office, tmp_path):
    """An office whose bank can be looked over, and Hanako's transfer on its way to it."""
    made = with_bank(office, tmp_path)
    made = replace(made, bank_books=made.bank)
    Member(made, people.hanako(made)).borrow(20_000)
    return made


def names(found):
    """What differs."""
    return [one.what for one in found.differences]


def test_what_was_promised_and_paid_agrees_at_every_step(both):
    assert reconcile.compare(both).agrees
    payouts.deliver(both)
    found = reconcile.compare(both)
    assert (found.agrees, found.transfers, found.paid_here, found.paid_at_bank) == (True, 1, 20_000, 20_000)
    assert (found.transit_in_ledger, found.transit_promised) == (0, 0)


def test_money_on_its_way_is_the_same_in_the_ledger_and_among_the_promises(both):
    found = reconcile.compare(both)
    assert (found.transit_in_ledger, found.transit_promised) == (20_000, 20_000)


def test_a_bank_that_forgot_what_it_paid_is_found_out(both):
    payouts.deliver(both)
    both.bank.empty()
    found = reconcile.compare(both)
    assert names(found) == [What.NOT_AT_BANK]
    assert not found.agrees


def test_an_order_that_nobody_here_gave_is_found_out(both):
    (payout,) = rows.by_bank_key(both.store)
    order = payouts._order(payout)
    both.bank.send(replace(order, key="0" * 20, amount=1000))
    both.bank.send(replace(order, key="f" * 20, amount=1000))
    assert names(reconcile.compare(both)) == [What.NOT_OURS, What.NOT_OURS]


@pytest.mark.parametrize(
    ("state", "known", "what"),
    [
        ("settled", Known("k", 20_000, PAID), None),
        ("settled", Known("k", 20_001, PAID), What.AMOUNT),
        ("settled", Known("k", 20_000, Settled("F2", PAID.on)), What.OTHER_ANSWER),
        ("settled", Known("k", 20_000, Settled("F1", PAID.on + timedelta(days=1))), What.OTHER_ANSWER),
        ("settled", Known("k", 20_000, NO), What.NOT_PAID),
        ("settled", None, What.NOT_AT_BANK),
        ("returned", Known("k", 20_000, PAID), What.PAID_AFTER_ALL),
        ("returned", Known("k", 20_000, Pending()), What.PAID_AFTER_ALL),
        ("returned", Known("k", 20_000, NO), None),
        ("returned", Known("k", 0, NO), None),
        ("returned", None, None),
        ("handed", Known("k", 20_000, Pending()), None),
        ("handed", Known("k", 20_000, PAID), What.NOT_HEARD),
        ("handed", None, What.UNSEEN),
        ("promised", None, None),
    ],
)
def test_each_pair_of_sides_has_its_name(both, state, known, what):
    (payout,) = rows.by_bank_key(both.store)
    settled = replace(payout, state=state, reference="F1", paid_on=PAID.on)
    assert reconcile.difference(settled, known) is what


def test_a_bank_without_records_is_told_and_not_guessed(office):
    assert reconcile.compare(office) is None
