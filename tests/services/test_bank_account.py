"""Another bank account: found, put in place, without money for a day, and safe beside money on its way."""

from dataclasses import replace
from datetime import timedelta

import pytest

from madoguchi.services import bank_account, borrowing, details, mandates
from madoguchi.services.details import Detail, Unchanged
from madoguchi.services.offers import Denied
from madoguchi.store import accounts
from madoguchi.store.mandates import Account
from tests import people
from tests.support.banks import Member
from tests.support.debits import ACCOUNT, mandated
from tests.support.mailbox import letters
from tests.support.together import at_once, each_at_once

NEW = Account("0005", "001", 1, "7654321", "ｻﾄｳ ﾊﾅｺ")


@pytest.fixture
def hanako(office):
    """Hanako, signed in; her account was drawn to before."""
    return Member(office, people.hanako(office))


def change(office, member, account=NEW):
    """Put it in place."""
    return bank_account.change(office, member.who.member_id, account)


def test_a_change_keeps_the_old_account_tells_by_letter_and_opens_after_a_day(office, hanako):
    opens = change(office, hanako).opens
    assert opens == office.now() + timedelta(hours=24)
    seen = bank_account.look(office, hanako.visitor)
    assert (seen.bank, seen.account.number, seen.opens) == ("三菱UFJ銀行", "7654321", opens)
    (told,) = letters(office, "bank_account_changed")
    assert told["account"].endswith("口座番号の末尾321")
    (line,) = details.past(office, hanako.who.member_id, Detail.ACCOUNT)
    assert (line.was["bank_code"], line.became["number"]) == ("0001", "7654321")
    assert len(office.store.rows("SELECT 1 FROM bank_account WHERE ended_at IS NOT NULL")) == 1


def test_a_changed_account_receives_no_money_for_a_day(office, hanako):
    change(office, hanako)
    assert isinstance(borrowing.look(office, hanako.visitor), Denied)
    office.clock.move(timedelta(hours=24))
    again = Member(office, hanako.who).visitor
    assert not isinstance(borrowing.look(office, again), Denied)
    assert bank_account.look(office, again).opens is None
    assert borrowing.first_use(office, again)


def test_an_account_put_in_where_none_was_waits_as_well(office, hanako):
    with office.store.transaction():
        office.store.write("DELETE FROM bank_account")
    change(office, hanako)
    assert isinstance(borrowing.look(office, hanako.visitor), Denied)
    assert bank_account.look(office, hanako.visitor).opens


def test_going_back_to_the_old_account_waits_as_well(office, hanako):
    old = accounts.present(office.store, hanako.who.member_id)
    change(office, hanako)
    back = Account(old.bank_code, old.branch_code, old.kind, old.number, old.holder_kana)
    change(office, hanako, back)
    assert isinstance(borrowing.look(office, hanako.visitor), Denied)


def test_the_account_on_file_is_no_change_and_a_double_press_is_one(office, hanako):
    found = at_once(office, 4, lambda: change(office, hanako))
    assert sum(one == Unchanged() for one in found) == 3
    assert len(letters(office, "bank_account_changed")) == 1
    assert len(office.store.rows("SELECT 1 FROM bank_account WHERE ended_at IS NULL")) == 1


def test_money_promised_before_goes_to_the_account_it_was_promised_to(office, hanako):
    hanako.borrow(20_000)
    change(office, hanako)
    assert office.store.rows("SELECT bank_code, account_number FROM payout") == [("0001", "0000019")]


def test_an_offer_made_before_the_change_is_not_taken_after_it(office, hanako):
    offer = hanako.offer(20_000)
    change(office, hanako)
    assert isinstance(hanako.take(20_000, offer.key), Denied)
    payouts = replace(office.rules.payouts, changed_account_hours=0)
    patient = replace(office, rules=replace(office.rules, payouts=payouts))
    outcome = borrowing.borrow(patient, hanako.visitor, hanako.token, 20_000, offer.key)
    assert outcome == borrowing.Changed()
    assert office.store.rows("SELECT 1 FROM payout") == []


def test_borrowing_and_changing_at_once_send_no_money_to_the_new_account(office, hanako):
    visitor, session = hanako.visitor, hanako.token
    acts = [lambda: change(office, hanako)]
    for _ in range(3):
        key = hanako.offer(20_000).key
        acts.append(lambda key=key: borrowing.borrow(office, visitor, session, 20_000, key))
    each_at_once(office, acts)
    assert {row[0] for row in office.store.rows("SELECT bank_code FROM payout")} <= {"0001"}
    assert accounts.present(office.store, hanako.who.member_id).number == "7654321"


def test_the_mandate_stays_with_its_own_account(office, hanako):
    mandated(office, hanako.who, account=replace(ACCOUNT))
    change(office, hanako)
    assert mandates.look(office, hanako.who.contract_id).active.mandate.account.bank_code == "0001"
    assert bank_account.look(office, hanako.visitor).debited.bank == "みずほ銀行"


@pytest.mark.parametrize(
    ("words", "picked", "bank", "branch"),
    [
        (("みずほ", "新宿"), ("", ""), "0001", "240"),
        (("0001", "240"), ("", ""), "0001", "240"),
        (("三菱", ""), ("", ""), None, None),
        (("三菱", ""), ("0005", ""), "0005", None),
        (("みずほ", "新宿"), ("0005", ""), "0001", "240"),
        (("", "新宿"), ("", ""), None, None),
        (("9999", "001"), ("", ""), None, None),
    ],
)
def test_banks_and_branches_are_found_by_words_code_and_pick(office, words, picked, bank, branch):
    found = bank_account.search(office, *words, picked)
    assert (found.bank and found.bank.code, found.branch and found.branch.code) == (bank, branch)


def test_a_search_that_means_many_names_a_dozen(office):
    found = bank_account.search(office, "みずほ", "新")
    assert 1 < len(found.branches) <= bank_account.MOST
    assert found.branch is None
