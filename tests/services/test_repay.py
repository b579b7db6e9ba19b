"""What a payment would do, and how a payment at a bank's page begins."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madoguchi.domain.channels import Channel
from madoguchi.services import posting, repay
from madoguchi.services.repay import AtBank, Begun, NothingOwed, NotOffered, OtherForm, TooSmall
from madoguchi.store import contracts
from madoguchi.store.db import Store
from tests import people
from tests.support.bank_page import BANK
from tests.support.databases import SqliteBlanks
from tests.support.money import answered, filed
from tests.support.together import at_once

KEY = "a-key-of-a-form-1"


def standing(office, who):
    """The cached figures."""
    return contracts.read(office.store, who.contract_id).standing


def begin(office, who, amount=20_000, bank=BANK, key=KEY):
    """Begin a payment."""
    return repay.begin(office, who.contract_id, amount, bank, key)


def test_a_form_sent_twice_begins_one_payment(office):
    hanako = people.hanako(office)
    first = begin(office, hanako)
    assert isinstance(first, Begun)
    assert begin(office, hanako) == first
    assert isinstance(begin(office, hanako, 30_000), OtherForm)
    assert isinstance(begin(office, hanako, bank="0001"), OtherForm)


def test_eight_clicks_at_once_begin_one_payment(office):
    hanako = people.hanako(office)
    assert len(set(at_once(office, 8, lambda: begin(office, hanako)))) == 1
    assert office.store.one("SELECT COUNT(*) FROM bank_payment") == (1,)


def test_the_same_key_of_two_members_never_meets(office):
    hanako, misaki = people.hanako(office), people.misaki(office)
    assert begin(office, hanako) != begin(office, misaki)


def test_less_than_the_smallest_payment_is_refused_but_not_the_exact_debt(office):
    daisuke = people.daisuke(office)
    assert begin(office, daisuke, 199) == TooSmall(200)
    posting.receive_payment(office, daisuke.contract_id, 500, Channel.INTERNET, office.business_day(), "p0")
    assert begin(office, daisuke, 139) == TooSmall(140)
    assert isinstance(begin(office, daisuke, 140), Begun)


def test_where_nothing_is_owed_nothing_begins(office):
    assert isinstance(begin(office, people.ichiro(office)), NothingOwed)


def test_only_the_banks_of_the_list_are_offered(office):
    assert isinstance(begin(office, people.hanako(office), bank="0017"), NotOffered)


def test_a_payment_is_looked_at_by_its_member_alone(office):
    hanako, misaki = people.hanako(office), people.misaki(office)
    key = begin(office, hanako).key
    assert repay.look(office, hanako.contract_id, key).amount == 20_000
    assert repay.look(office, misaki.contract_id, key) is None


def test_payments_that_no_bank_spoke_of_are_remembered_for_a_day(office):
    hanako = people.hanako(office)
    begin(office, hanako)
    assert len(repay.outlook(office, hanako.contract_id, standing(office, hanako)).waiting) == 1
    office.clock.move(timedelta(hours=25))
    assert not repay.outlook(office, hanako.contract_id, standing(office, hanako)).waiting


def test_first_asked_for_is_what_is_overdue_else_the_next_due_date_else_all(office):
    def wanted(who):
        return repay.outlook(office, who.contract_id, standing(office, who)).wanted

    misaki = people.misaki(office)
    assert wanted(people.hanako(office)) == 9_000
    assert wanted(misaki) == repay.outlook(office, misaki.contract_id, standing(office, misaki)).due_now > 0
    assert wanted(people.daisuke(office)) == 640


def test_a_debit_at_the_bank_is_told_until_its_answer(office):
    hanako = people.hanako(office)
    found = filed(office, hanako)
    assert repay.debits(office, standing(office, hanako)) == (AtBank(found.day, found.amount, awaited=False),)
    office.clock.move(timedelta(days=6))
    seen = repay.outlook(office, hanako.contract_id, standing(office, hanako)).standing
    assert repay.debits(office, seen) == (AtBank(found.day, found.amount, awaited=True),)
    answered(office, hanako, found, paid=True)
    assert repay.debits(office, standing(office, hanako)) == ()


@pytest.fixture(scope="module")
def lives(tmp_path_factory):
    """Members in every situation, in one database that is copied for each example."""
    blanks = SqliteBlanks(tmp_path_factory.mktemp("lives"))
    with blanks.url(tmp_path_factory.mktemp("told")) as url:
        office = people.office(Store(url))
        yield (
            office,
            [people.hanako(office), people.misaki(office), people.ken(office), people.daisuke(office)],
        )
        office.store.close()


class Undo(Exception):
    """Ends an example's transaction without a trace."""


@settings(max_examples=150)
@given(data=st.data())
def test_what_is_shown_before_is_what_is_posted_to_the_yen(lives, data):
    """In one transaction that is thrown away: preview, post, compare, with fees and days in between."""
    office, made = lives
    who = data.draw(st.sampled_from(made))
    fee = data.draw(st.sampled_from([0, 110, 220]))
    debt = standing(office, who).debt
    amount = data.draw(st.one_of(st.integers(200, 20_000), st.integers(200, debt + 5_000), st.just(debt)))
    today = office.business_day()
    try:
        with office.store.transaction():
            if fee:
                posting.charge_within(office, who.contract_id, fee, today, "f", "ATM")
            seen = repay.preview(office, standing(office, who), max(amount, 200))
            posted = posting.receive_within(
                office, who.contract_id, max(amount, 200), Channel.INTERNET, today, "p", ""
            )
            assert posted.standing == seen.after
            for part in ("amount", "fees", "damages", "interest", "principal", "deposit"):
                assert getattr(posted.entry, part) == getattr(seen.split, part), part
            assert posted.entry.balance == seen.after.balance
            raise Undo
    except Undo:
        pass
