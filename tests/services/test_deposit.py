"""A deposit goes back to the account on file: posted once, promised, here again if the bank says no."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from madoguchi.ports.bank import Rejected, Settled
from madoguchi.services import deposit, payouts, verify
from madoguchi.services.deposit import Free, GivenBack
from madoguchi.services.offers import Denied, Used
from madoguchi.services.payouts import PayoutKind
from madoguchi.services.posting import NoDeposit
from madoguchi.store import members
from tests import people
from tests.support.banks import Member, Scripted, payout
from tests.support.money import draw, filed, pay, standing
from tests.support.together import at_once, each_at_once

KEY = "a-key-of-a-form-1"
PAID = Settled("F1", date(2026, 11, 20))
NO = Rejected("no_account", "この番号の口座が見つかりませんでした")


@pytest.fixture
def daisuke(office):
    """Daisuke, who paid 50,000 yen too much."""
    who = people.daisuke(office)
    pay(office, who, 50_640)
    return Member(office, who)


def give_back(office, member, amount=50_000, key=KEY):
    """Ask for it."""
    return deposit.give_back(office, member.visitor, amount, key)


def held(office, member):
    """What lies here for the member."""
    return standing(office, member.who).deposit


def delivered(office, answer):
    """Let the worker look once."""
    payouts.deliver(replace(office, bank=Scripted(answer)))


def test_it_is_posted_and_promised_in_one_act_and_settled_by_the_bank(office, daisuke):
    found = give_back(office, daisuke)
    assert isinstance(found, GivenBack)
    assert held(office, daisuke) == 0
    receipt = deposit.receipt(office, daisuke.visitor, found.seq)
    assert (receipt.row.amount, receipt.payout.kind) == (50_000, PayoutKind.DEPOSIT.value)
    assert receipt.payout.account_number == daisuke.who.number[-7:]
    delivered(office, PAID)
    assert payout(office) == "settled"
    assert list(verify.differences(office)) == []


def test_the_banks_no_brings_it_back(office, daisuke):
    give_back(office, daisuke)
    delivered(office, NO)
    assert held(office, daisuke) == 50_000
    assert list(verify.differences(office)) == []


def test_a_form_sent_twice_gives_back_once(office, daisuke):
    first = give_back(office, daisuke, 20_000)
    assert give_back(office, daisuke, 20_000) == GivenBack(first.seq, repeated=True)
    assert give_back(office, daisuke, 30_000) == Used(first.seq)
    assert held(office, daisuke) == 30_000


def test_eight_clicks_at_once_give_back_once(office, daisuke):
    visitor = daisuke.visitor
    given = at_once(office, 8, lambda: deposit.give_back(office, visitor, 50_000, KEY))
    assert len({found.seq for found in given}) == 1
    assert sum(not found.repeated for found in given) == 1
    assert office.store.one("SELECT COUNT(*) FROM payout") == (1,)


def test_two_forms_at_once_never_give_back_more_than_there_is(office, daisuke):
    keys = [f"another-form-{n}-xx" for n in range(8)]
    acts = [lambda key=key: deposit.give_back(office, daisuke.visitor, 30_000, key) for key in keys]
    given = each_at_once(office, acts)
    assert sum(isinstance(found, GivenBack) for found in given) == 1
    assert sum(found == NoDeposit(20_000) for found in given) == 7
    assert held(office, daisuke) == 20_000
    assert list(verify.differences(office)) == []


def test_no_more_than_there_is_and_nothing_where_there_is_nothing(office, daisuke):
    assert give_back(office, daisuke, 50_001) == NoDeposit(50_000)
    hanako = Member(office, people.hanako(office))
    assert give_back(office, hanako, 1) == NoDeposit(0)
    assert deposit.look(office, hanako.visitor).amount == 0


def test_while_a_debit_is_at_the_bank_it_stays_here(office, daisuke):
    give_back(office, daisuke, 49_000, "most-of-it-first")  # what covers a due date leaves nothing to debit
    draw(office, daisuke.who, 100_000)
    assert filed(office, daisuke.who).amount == 3_000
    seen = deposit.look(office, daisuke.visitor)
    assert isinstance(seen, Free)
    assert (seen.amount, seen.debits) == (0, True)
    assert give_back(office, daisuke) == NoDeposit(0)


def test_an_account_that_was_just_changed_receives_nothing(office, daisuke):
    with office.store.transaction():
        sql = "UPDATE bank_account SET ended_at = since WHERE member_id = ?"
        office.store.write(sql, (daisuke.who.member_id,))
        account = ("0001", "001", 1, "1234567", "ナカムラ ダイスケ")
        members.add_account(office.store, daisuke.who.member_id, account, office.now())
    assert isinstance(give_back(office, daisuke), Denied)
    assert isinstance(deposit.look(office, daisuke.visitor), Denied)
    office.clock.move(timedelta(hours=25))
    daisuke = Member(office, daisuke.who)
    assert isinstance(give_back(office, daisuke), GivenBack)


def test_a_return_is_looked_at_by_its_member_alone(office, daisuke):
    seq = give_back(office, daisuke).seq
    hanako = Member(office, people.hanako(office))
    assert deposit.receipt(office, hanako.visitor, seq) is None
    assert deposit.receipt(office, daisuke.visitor, seq - 1) is None
