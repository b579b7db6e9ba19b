"""Sending money: handed once, asked for when unknown, settled or given back exactly once."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest

from madoguchi.domain.channels import Channel
from madoguchi.domain.ledger import Account
from madoguchi.ports.bank import Pending, Rejected, Settled, Temper, Trouble
from madoguchi.services import doctor, payouts, posting, verify
from madoguchi.services.payouts import CLAIM, PayoutKind, Promise
from madoguchi.store import accounts, contracts, house
from tests import people
from tests.support.banks import Member, Scripted, payout, with_bank
from tests.support.mailbox import letters
from tests.support.together import at_once

PAID = Settled("F1", date(2026, 11, 20))
NO = Rejected("no_account", "この番号の口座が見つかりませんでした")


@pytest.fixture
def hanako(office):
    """Hanako, who borrowed 20,000 yen that the bank has not heard of yet."""
    member = Member(office, people.hanako(office))
    member.seq = member.borrow(20_000)
    return member


def delivered(office, *answers, rounds=1):
    """Let the worker look so often, a claim's time apart; gives the bank."""
    bank = Scripted(*answers)
    for _ in range(rounds):
        payouts.deliver(replace(office, bank=bank))
        office.clock.move(CLAIM)
    return bank


def owed(office, member):
    """What is owed of principal, and what is still coming."""
    return contracts.read(office.store, member.who.contract_id).standing.balance


def on_its_way(office):
    """What is in transit, in yen, by the two journals together."""
    return -house.balance(office.store, Account.IN_TRANSIT)


def test_the_banks_yes_settles_it_with_an_entry_and_a_letter(office, hanako):
    assert on_its_way(office) == 20_000
    delivered(office, PAID)
    assert payout(office) == "settled"
    assert on_its_way(office) == 0
    (letter,) = letters(office, "transfer_sent")
    assert (letter["amount"], letter["account"], letter["on"]) == ("20,000", "･･･0019", "2026年11月20日")
    assert hanako.visitor.sending == 0
    assert list(verify.differences(office)) == []


def test_the_banks_no_gives_everything_back_without_interest_and_says_why(office, hanako):
    delivered(office, Pending(), NO, rounds=2)
    assert (payout(office), on_its_way(office)) == ("returned", 0)
    assert owed(office, hanako) == 231_844
    assert letters(office, "transfer_returned")[0]["why"] == NO.reason
    assert letters(office, "transfer_sent") == []
    assert list(verify.differences(office)) == []


def test_given_back_after_days_it_has_cost_nothing(office, hanako):
    delivered(office, Pending())
    office.clock.move(timedelta(days=4))
    delivered(office, NO)
    standing = contracts.read(office.store, hanako.who.contract_id).standing
    assert standing.balance == 231_844
    assert standing.minimum == 9_000
    assert list(verify.differences(office)) == []


def test_what_was_paid_meanwhile_is_told_as_what_it_is_when_the_money_comes_back(office):
    ichiro = people.ichiro(office)
    with office.store.transaction():
        office.store.write("UPDATE bank_account SET drawn_to_at = 1")
    Member(office, ichiro).borrow(20_000)
    today = office.business_day()
    posting.receive_payment(office, ichiro.contract_id, 5_000, Channel.INTERNET, today, "p")
    delivered(office, NO)
    (letter,) = letters(office, "transfer_returned")
    told = (letter["balance"], letter["deposit"], letter["corrected"])
    assert told == ("0", "5,000", "11月20日の5,000円")


def test_given_back_with_nothing_paid_meanwhile_there_is_neither_deposit_nor_correction(office, hanako):
    delivered(office, NO)
    (letter,) = letters(office, "transfer_returned")
    assert (letter["balance"], letter["deposit"], letter["corrected"]) == ("231,844", "", "")


def test_an_unknown_outcome_is_asked_again_and_never_sent_again(office, hanako):
    bank = delivered(office, Pending(), Pending(), TimeoutError(), PAID, PAID, rounds=6)
    assert [name for name, _ in bank.calls] == ["send", "ask", "ask", "ask"]
    assert len({key for _, key in bank.calls}) == 1
    assert payout(office) == "settled"


def test_whoever_dies_between_handing_and_hearing_leaves_it_to_be_asked(office, hanako):
    class Died(BaseException):
        pass

    class Deadly(Scripted):
        def send(self, order):
            super().send(order)
            raise Died

    with pytest.raises(Died):
        payouts.deliver(replace(office, bank=Deadly()))
    assert payout(office) == "handed"
    assert delivered(office, PAID).calls == []  # the claim still runs
    assert [name for name, _ in delivered(office, PAID).calls] == ["ask"]
    assert payout(office) == "settled"


def test_waits_grow_between_two_questions(office, hanako):
    bank = Scripted()
    asked = []
    for second in range(120):
        payouts.deliver(replace(office, bank=bank))
        asked += [second] * (len(bank.calls) - len(asked))
        office.clock.move(timedelta(seconds=1))
    assert asked == [0, 2, 7, 22, 82]


def test_without_a_bank_money_is_promised_and_waits(office, hanako):
    assert payouts.deliver(office) == 0
    assert payout(office) == "promised"
    assert payouts.waiting(office) == 1
    assert list(doctor.complaints(office))[1:] == []
    office.clock.move(timedelta(hours=2))
    assert "no bank is set" in list(doctor.complaints(office))[-1]


def test_eight_workers_send_each_payout_once(office, hanako):
    for _ in range(5):
        hanako.borrow(1_000)
    bank = Scripted(*[PAID] * 6)
    at_once(office, 8, lambda: payouts.deliver(replace(office, bank=bank)))
    payouts.deliver(replace(office, bank=bank))
    assert sorted(name for name, _ in bank.calls) == ["send"] * 6
    assert len({key for _, key in bank.calls}) == 6
    assert len(letters(office, "transfer_sent")) == 6
    assert on_its_way(office) == 0


def test_an_answer_that_comes_twice_counts_once(office, hanako):
    class Slow(Scripted):
        """While it is asked, another worker hears the same."""

        def send(self, order):
            office.clock.move(CLAIM)
            payouts.deliver(replace(office, bank=Scripted(NO)))
            return super().send(order)

    payouts.deliver(replace(office, bank=Slow(NO)))
    assert len(letters(office, "transfer_returned")) == 1
    assert owed(office, hanako) == 231_844
    assert list(verify.differences(office)) == []


TROUBLES = tuple(itertools.product(Trouble, Trouble, ("", "wrong_name"), (0, 90)))


@pytest.mark.parametrize(("sending", "asking", "refusal", "delay"), TROUBLES)
def test_in_every_trouble_the_bank_pays_at_most_once_and_the_books_say_the_same(
    office, hanako, tmp_path, sending, asking, refusal, delay
):
    banking = with_bank(office, tmp_path)
    banking.bank.put_into(Temper(delay, refusal, sending, asking))
    for _ in range(6):
        payouts.deliver(banking)
        office.clock.move(CLAIM)
    banking.bank.put_into(Temper())  # the line is well again
    office.clock.move(timedelta(minutes=15))
    payouts.deliver(banking)
    paid = [one for one in banking.bank.newest(10) if one.state == "paid"]
    arrived = sending is not Trouble.NOT_REACHED and not refusal
    assert len(paid) == arrived
    assert payout(office) == ("settled" if arrived else "returned")
    assert owed(office, hanako) == (251_844 if arrived else 231_844)
    assert [told["kind"] for told in letters(office)][:-1] == [
        "transfer_sent" if arrived else "transfer_returned"
    ]
    assert list(verify.differences(office)) == []


def test_a_banks_memory_outlives_the_site(office, hanako, tmp_path):
    one = with_bank(office, tmp_path)
    one.bank.put_into(Temper(sending=Trouble.ANSWER_LOST))
    payouts.deliver(one)
    office.clock.move(CLAIM)
    payouts.deliver(with_bank(office, tmp_path))
    assert payout(office) == "settled"


def test_money_for_a_later_day_is_on_its_way_until_then(office, tmp_path):
    member = Member(office, people.hanako(office))
    with office.store.transaction():
        office.store.write("UPDATE bank_account SET bank_code = '9900'")
    member.borrow(20_000)
    banking = with_bank(office, tmp_path)
    payouts.deliver(banking)
    assert payout(office) == "handed"
    office.clock.move(timedelta(days=4))  # Tuesday after a holiday weekend
    payouts.deliver(banking)
    assert (payout(office), payout(office, "paid_on")) == ("settled", 20261124)
    assert list(verify.differences(office)) == []


@pytest.mark.parametrize(("answer", "deposit"), [(PAID, 0), (NO, 360)], ids=["paid", "given back"])
def test_a_returned_deposit_goes_the_same_way(office, answer, deposit):
    daisuke = people.daisuke(office)
    today = office.business_day()
    posting.receive_payment(office, daisuke.contract_id, 1_000, Channel.INTERNET, today, "p")
    with office.store.transaction():
        done = posting.return_within(office, daisuke.contract_id, 360, today, "back")
        account = accounts.present(office.store, daisuke.member_id)
        promise = Promise(PayoutKind.DEPOSIT, daisuke.contract_id, done.entry.seq, "back", 360, today)
        payouts.promise_within(office, promise, account)
    delivered(office, answer)
    assert contracts.read(office.store, daisuke.contract_id).standing.deposit == deposit
    assert letters(office)[0]["what"] == "預り金のお返し"
    assert list(verify.differences(office)) == []


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE payout SET amount = 21000", "no entry of its amount"),
        ("UPDATE payout SET state = 'settled', answered_at = 1", "whether it was sent"),
        ("UPDATE payout SET state = 'returned', answered_at = 1", "whether it was given back"),
    ],
)
def test_verify_names_a_payout_that_is_not_what_the_books_say(office, hanako, sql, told):
    with office.store.transaction():
        office.store.write(sql)
    (sentence,) = verify.differences(office)
    assert sentence.startswith("Payout 1: ")
    assert told in sentence
