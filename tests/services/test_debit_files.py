"""Request files: who is in them, how much is asked, and that each is made once."""

from datetime import date, timedelta

import pytest

from madoguchi.domain import debit_file, zengin
from madoguchi.domain.channels import Channel
from madoguchi.services import debit_files, mandates, pace, posting, rounds
from madoguchi.services.debit_files import Made, Unfit
from madoguchi.store import contracts, debits
from tests import people
from tests.support.debits import ACCOUNT, made, mandated, three_due_on_the_25th
from tests.support.money import draw, pay, sound, standing
from tests.support.together import at_once

DUE = date(2026, 11, 25)


def lines(office, file):
    """The debits of a file as the bank reads them."""
    asked = zengin.split(debit_files.request(office, file))
    return [debit_file.read_debit(raw, n) for n, raw in enumerate(asked[1:-2], 2)]


def test_a_file_asks_what_the_due_date_asks_of_those_who_gave_a_mandate(office):
    hanako, yui = people.hanako(office), people.yui(office)
    mandated(office, hanako)
    found = made(office, DUE)
    (one,) = lines(office, found.file)
    assert (found.file.count, found.file.total, found.again) == (1, 9_000, False)
    assert (one.amount, one.holder, one.first) == (9_000, "ｻﾄｳ ﾊﾅｺ", True)
    assert (one.account.bank_name, one.account.branch_name) == ("ﾐｽﾞﾎ", "ｼﾝｼﾞﾕｸ")
    assert standing(office, hanako).running.debited
    assert not standing(office, yui).running.debited
    assert sound(office)


def test_a_file_is_made_once_and_is_the_same_to_the_byte_afterwards(office):
    hanako, yui = people.hanako(office), people.yui(office)
    mandated(office, hanako)
    first = made(office, DUE)
    told = debit_files.request(office, first.file)
    mandated(office, yui)
    again = made(office, DUE)
    assert (again.file, again.again) == (first.file, True)
    assert debit_files.request(office, again.file) == told


def test_the_amount_is_frozen_whatever_happens_before_the_day(office):
    hanako = people.hanako(office)
    mandated(office, hanako)
    found = made(office, DUE)
    draw(office, hanako, 200_000)
    pay(office, hanako, 3_000)
    assert lines(office, found.file)[0].amount == 9_000
    assert sound(office)


@pytest.mark.parametrize("paid", [9_000, 20_000])
def test_a_due_date_that_is_met_already_is_not_asked_for(office, paid):
    hanako = people.hanako(office)
    mandated(office, hanako)
    pay(office, hanako, paid)
    assert made(office, DUE).file.count == 0


def test_what_was_paid_towards_a_due_date_is_not_asked_again(office):
    hanako = people.hanako(office)
    mandated(office, hanako)
    pay(office, hanako, 4_000)
    assert lines(office, made(office, DUE).file)[0].amount == 5_000


def test_a_deposit_that_waits_for_the_due_date_is_not_asked_of_the_bank(office):
    who = people.newcomer(office, people.cast.HANAKO, days=60)
    draw(office, who, 10_000)
    pay(office, who, 16_000)  # 6,000 too much
    draw(office, who, 200_000, "d2")
    mandated(office, who)
    now = contracts.read(office.store, who.contract_id).standing
    due = now.running.day
    office.clock.move(due - timedelta(days=1) - office.business_day())
    amount = lines(office, made(office, due).file)[0].amount
    assert amount == now.minimum - now.deposit > 0


def test_a_mandate_that_is_asked_or_ended_debits_nobody(office):
    hanako = people.hanako(office)
    mandates.ask_for(office, hanako.contract_id, ACCOUNT)
    yui = people.yui(office)
    (ended,) = mandated(office, yui)
    mandates.withdraw(office, yui.contract_id, ended.id)
    assert made(office, DUE).file.count == 0


def test_the_first_debit_of_a_mandate_is_marked_new_and_later_ones_are_not(office):
    hanako = people.hanako(office)
    mandated(office, hanako)
    made(office, DUE)
    office.clock.move(timedelta(days=20))
    pay(office, hanako, 9_000, "p", on=DUE)
    (one,) = lines(office, made(office, date(2026, 12, 25)).file)
    assert not one.first


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 11, 19), "has passed"),
        (date(2026, 11, 22), "no business day; due dates fall on 2026-11-24"),
        (date(2026, 12, 25), "too far ahead"),
    ],
)
def test_a_day_for_which_no_file_can_be_made_is_told(office, on, words):
    found = made(office, on)
    assert isinstance(found, Unfit)
    assert words in found.sentence
    assert debits.file_of(office.store, on) is None


def test_many_contracts_are_gathered_in_small_acts_and_each_is_in_the_file_once(office, monkeypatch):
    due_25 = three_due_on_the_25th(office)
    monkeypatch.setattr(debit_files, "BATCH", 1)
    found = at_once(office, 3, lambda: made(office, DUE))
    assert all(isinstance(one, Made) for one in found)
    told = lines(office, debits.file_of(office.store, DUE))
    assert sorted(one.account.number for one in told) == sorted(f"{w.contract_id:07}" for w in due_25)
    assert [one.customer % debit_files.PER_FILE for one in told] == [1, 2, 3]
    assert sound(office)


def test_a_gathering_that_was_stopped_goes_on_where_it_was(office, monkeypatch):
    three_due_on_the_25th(office)
    list(rounds.close_days(office))
    monkeypatch.setattr(debit_files, "BATCH", 1)
    monkeypatch.setattr(pace.time, "sleep", _stop)
    with pytest.raises(KeyboardInterrupt):
        debit_files.make(office, DUE)
    monkeypatch.undo()
    assert debits.file_of(office.store, DUE).state == debits.MAKING
    assert made(office, DUE).file.count == 3
    assert sound(office)


def _stop(_seconds):
    raise KeyboardInterrupt


def test_the_days_whose_time_has_come_are_the_next_business_day_with_somebody_to_debit(office):
    hanako = people.hanako(office)
    mandated(office, hanako)
    list(rounds.close_days(office))
    assert debit_files.due_days(office, date(2026, 11, 23)) == []
    assert debit_files.due_days(office, date(2026, 11, 24)) == [DUE]
    assert debit_files.due_days(office, DUE) == []


def test_a_payment_by_another_way_after_the_file_is_extra_to_the_debit(office):
    hanako = people.hanako(office)
    mandated(office, hanako)
    made(office, DUE)
    today = office.business_day()
    posting.receive_payment(office, hanako.contract_id, 9_000, Channel.INTERNET, today, "paid twice")
    assert debits.at_bank(office.store, hanako.contract_id)[0].amount == 9_000
    assert sound(office)


def test_no_file_is_made_before_the_days_that_are_over_are_closed(office):
    people.hanako(office)
    assert "run the daily round first" in debit_files.make(office, DUE).sentence
