"""The smartphone ATM from the first word to the last: what is promised, posted, refused and taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from madoguchi.domain.letters import Kind as Letter
from madoguchi.services import atm_authorise, atm_limits, atm_settle, contracts, rounds, verify
from madoguchi.services.atm_answers import Conflict, Unknown
from tests import people
from tests.support.atm import ask, ask_in, linked, question, withdraw
from tests.support.money import pay, rows, standing

MINUTE = timedelta(minutes=1)


def letters(office):
    """The kinds of letters that were written, in order."""
    return [Letter(kind) for (kind,) in office.store.rows("SELECT kind FROM letter ORDER BY id")]


def in_transit(office):
    """What the ledger says is on its way: credits less debits of account 102, in contracts and the house."""
    sums = [
        office.store.one(f"SELECT COALESCE(SUM(credit) - SUM(debit), 0) FROM {table} WHERE account = 102")[0]
        for table in ("line", "house_line")
    ]
    return sum(map(int, sums))


def test_an_approved_withdrawal_counts_at_once_and_a_confirmed_one_costs_its_fee(office):
    ichiro = people.ichiro(office)
    told = ask(office, ichiro, 20_000)
    assert (told.result, told.told["fee"]) == ("approved", 220)
    assert (standing(office, ichiro).principal, standing(office, ichiro).fees) == (20_000, 0)
    assert atm_settle.confirm(office, told.transaction).result == "confirmed"
    assert (standing(office, ichiro).principal, standing(office, ichiro).fees) == (20_000, 220)
    assert [entry.kind.name for entry in rows(office, ichiro)] == ["DRAWDOWN", "FEE"]
    assert in_transit(office) == 0
    assert list(verify.differences(office)) == []


@pytest.mark.parametrize(("amount", "fee"), [(1_000, 110), (10_000, 110), (11_000, 220), (20_000, 220)])
def test_the_fee_is_as_the_law_allows(office, amount, fee):
    assert ask(office, people.ichiro(office), amount).told["fee"] == fee


def test_a_waiver_makes_it_free_on_its_days_alone(office):
    ichiro, today = people.ichiro(office), office.business_day()
    with office.store.transaction():
        last = today + timedelta(days=40)
        assert atm_limits.waive_within(office, ichiro.contract_id, today, last, "points:1")
        assert not atm_limits.waive_within(office, ichiro.contract_id, today, last, "points:1")
    withdraw(office, ichiro, 20_000)
    assert standing(office, ichiro).fees == 0
    office.clock.move(timedelta(days=41))
    assert ask_in(office, ichiro, 20_000).told["fee"] == 220


def test_a_deposit_posts_what_was_put_in_and_takes_its_fee_out_of_it(office):
    hanako = people.hanako(office)
    before = standing(office, hanako)
    told = ask_in(office, hanako, 10_000)
    assert (told.result, told.told["fee"]) == ("approved", 110)
    assert standing(office, hanako) == before
    atm_settle.confirm(office, told.transaction)
    paid = rows(office, hanako)[-1]
    assert (paid.amount, paid.fees, paid.interest + paid.principal) == (10_000, 110, 9_890)
    assert standing(office, hanako).fees == 0
    assert list(verify.differences(office)) == []


def test_what_is_put_in_above_the_debt_is_a_deposit(office):
    daisuke = people.daisuke(office)
    atm_settle.confirm(office, ask_in(office, daisuke, 1_000).transaction)
    assert (standing(office, daisuke).debt, standing(office, daisuke).deposit) == (0, 1_000 - 110 - 640)


def test_a_deposit_confirmed_after_midnight_is_valued_when_the_notes_were_counted(office):
    hanako = people.hanako(office)
    office.clock.move(timedelta(hours=13, minutes=55))  # 23:55
    day = office.business_day()
    told = ask_in(office, hanako, 10_000)
    office.clock.move(9 * MINUTE)
    atm_settle.confirm(office, told.transaction)
    assert office.business_day() > day
    assert rows(office, hanako)[-1].value_date == day


@pytest.mark.parametrize("word", [atm_settle.confirm, atm_settle.reverse])
def test_each_word_said_twice_does_the_same_once(office, word):
    ichiro = people.ichiro(office)
    told = ask(office, ichiro, 20_000)
    first = word(office, told.transaction)
    seen = (rows(office, ichiro), letters(office))
    assert word(office, told.transaction) == first
    assert (rows(office, ichiro), letters(office)) == seen


def test_a_repeated_question_gets_the_same_answer_and_draws_once(office):
    ichiro = people.ichiro(office)
    asked = question(ichiro, linked(office, ichiro), 20_000)
    first = atm_authorise.authorise(office, asked)
    assert atm_authorise.authorise(office, asked) == first
    assert standing(office, ichiro).principal == 20_000


@pytest.mark.parametrize("change", [{"amount": 30_000}, {"pin": "0000"}, {"machine": "T-2"}])
def test_a_number_used_for_another_question_is_a_conflict(office, change):
    ichiro = people.ichiro(office)
    asked = question(ichiro, linked(office, ichiro), 20_000)
    atm_authorise.authorise(office, asked)
    assert isinstance(atm_authorise.authorise(office, replace(asked, **change)), Conflict)


def test_a_reversal_leaves_no_money_no_fee_and_no_interest(office):
    ichiro = people.ichiro(office)
    told = ask(office, ichiro, 20_000)
    assert atm_settle.reverse(office, told.transaction).result == "reversed"
    now = standing(office, ichiro)
    assert (now.principal, now.fees, now.running, now.first_drawn) == (0, 0, None, None)
    assert in_transit(office) == 0
    assert atm_settle.confirm(office, told.transaction).result == "reversed"
    assert list(verify.differences(office)) == []


def test_notes_that_jammed_after_the_confirmation_are_taken_back_with_their_fee(office):
    hanako = people.hanako(office)
    before, moving = standing(office, hanako), in_transit(office)
    transaction = withdraw(office, hanako, 20_000)
    assert atm_settle.reverse(office, transaction).result == "reversed"
    assert (standing(office, hanako).principal, standing(office, hanako).fees) == (before.principal, 0)
    assert in_transit(office) == moving
    assert list(verify.differences(office)) == []


def test_a_deposit_that_was_taken_in_stays_whatever_comes_later(office):
    hanako = people.hanako(office)
    told = ask_in(office, hanako, 10_000)
    atm_settle.confirm(office, told.transaction)
    after = standing(office, hanako)
    assert atm_settle.reverse(office, told.transaction).result == "confirmed"
    assert standing(office, hanako) == after


def test_a_reversal_that_comes_first_closes_its_number(office):
    ichiro = people.ichiro(office)
    assert atm_settle.reverse(office, "lost-question-1").result == "reversed"
    asked = question(ichiro, linked(office, ichiro), 20_000, transaction="lost-question-1")
    assert atm_authorise.authorise(office, asked).told["code"] == "T-20"
    assert standing(office, ichiro).principal == 0


def test_nobody_confirms_what_was_never_asked(office):
    assert atm_settle.confirm(office, "never-asked-1") == Unknown()


def test_what_nobody_confirms_is_reversed_after_ten_minutes_and_told_by_mail(office):
    ichiro = people.ichiro(office)
    told = ask(office, ichiro, 20_000)
    office.clock.move(10 * MINUTE - timedelta(seconds=1))
    assert atm_settle.reverse_unconfirmed(office) == 0
    office.clock.move(timedelta(seconds=1))
    assert atm_settle.reverse_unconfirmed(office) == 1
    assert atm_settle.reverse_unconfirmed(office) == 0
    assert standing(office, ichiro).principal == 0
    assert letters(office)[-1] is Letter.ATM_UNDONE
    assert atm_settle.confirm(office, told.transaction).result == "reversed"


def test_a_confirmation_that_comes_too_late_gives_no_notes_even_before_the_worker_looked(office):
    ichiro = people.ichiro(office)
    told = ask(office, ichiro, 20_000)
    office.clock.move(10 * MINUTE)
    assert atm_settle.confirm(office, told.transaction).result == "reversed"
    assert standing(office, ichiro).principal == 0


def test_a_deposit_that_nobody_confirms_posts_nothing(office):
    hanako = people.hanako(office)
    before = rows(office, hanako)
    ask_in(office, hanako, 10_000)
    office.clock.move(11 * MINUTE)
    assert atm_settle.reverse_unconfirmed(office) == 1
    assert rows(office, hanako) == before


def test_the_round_reverses_first_so_that_nothing_unreal_meets_a_due_date(office):
    ichiro = people.ichiro(office)
    ask(office, ichiro, 20_000)
    office.clock.move(timedelta(days=60))
    list(rounds.close_days(office))
    assert standing(office, ichiro).late_since is None
    assert standing(office, ichiro).balance == 0
    assert list(verify.differences(office)) == []


def test_reversing_after_a_later_payment_tells_the_life_again(office):
    hanako = people.hanako(office)
    before = standing(office, hanako).principal
    transaction = withdraw(office, hanako, 20_000)
    office.clock.move(timedelta(days=3))
    atm_settle.confirm(office, ask_in(office, hanako, 10_000).transaction)
    atm_settle.reverse(office, transaction)
    now = standing(office, hanako)
    assert now.principal < before
    assert list(verify.differences(office)) == []


def test_letters_tell_what_was_drawn_paid_and_by_whom_it_may_be_stopped(office):
    ichiro = people.ichiro(office)
    withdraw(office, ichiro, 20_000)
    atm_settle.confirm(office, ask_in(office, ichiro, 5_000).transaction)
    assert letters(office)[-2:] == [Letter.ATM_DRAWN, Letter.ATM_PAID]


def test_a_contract_closed_between_the_notes_and_the_confirmation_still_takes_them(office):
    daisuke = people.daisuke(office)
    told = ask_in(office, daisuke, 1_000)
    pay(office, daisuke, 640)
    contracts.close_contract(office, daisuke.contract_id, "希望", "窓口")
    assert atm_settle.confirm(office, told.transaction).result == "confirmed"
    assert standing(office, daisuke).deposit == 890
