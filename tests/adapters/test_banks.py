"""What every bank promises: a key is paid at most once, and asking for one that is not known closes it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from madoguchi.adapters.banks.simulated import UNSEEN, SimulatedBank
from madoguchi.adapters.clock import FixedClock
from madoguchi.ports.bank import Pending, Rejected, Settled, Temper, TransferOrder, Trouble
from tests import people
from tests.support.together import at_once

TODAY = date(2026, 11, 20)
ORDER = TransferOrder("k1", 20_000, "0000", "001", 1, "0000019", "サトウ ハナコ", TODAY)


@pytest.fixture
def clock():
    """Friday 20 November 2026, 10:00."""
    return FixedClock(people.TODAY)


@pytest.fixture
def bank(tmp_path, clock):
    """A bank in a good mood."""
    return SimulatedBank(tmp_path / "bank.db", clock)


def paid(bank):
    """How many orders were paid."""
    return sum(one.state == "paid" for one in bank.newest(100))


def test_an_order_is_paid_and_known_by_its_key(bank):
    answer = bank.send(ORDER)
    assert isinstance(answer, Settled)
    assert answer.on == TODAY
    assert bank.ask("k1") == answer


def test_an_order_that_comes_twice_is_paid_once(bank):
    assert bank.send(ORDER) == bank.send(ORDER)
    assert paid(bank) == 1


def test_a_key_that_was_asked_for_is_closed_to_a_late_order(bank):
    assert bank.ask("k1") == UNSEEN
    assert bank.send(ORDER) == UNSEEN
    assert paid(bank) == 0


def test_a_key_is_for_one_order_alone(bank):
    bank.send(ORDER)
    assert bank.send(replace(ORDER, amount=30_000)).code == "key_used"
    assert paid(bank) == 1


@pytest.mark.parametrize("code", ["no_account", "wrong_name", "account_closed"])
def test_it_refuses_for_good_and_says_why(bank, code):
    bank.put_into(Temper(refusal=code))
    answer = bank.send(ORDER)
    assert isinstance(answer, Rejected)
    bank.put_into(Temper())
    assert bank.ask("k1") == bank.send(ORDER) == answer


def test_a_slow_bank_says_pending_until_it_has_paid(bank, clock):
    bank.put_into(Temper(delay_seconds=30))
    assert bank.send(ORDER) == bank.ask("k1") == Pending()
    clock.move(timedelta(seconds=30))
    assert isinstance(bank.ask("k1"), Settled)


def test_an_order_for_a_later_day_waits_for_it(bank, clock):
    order = replace(ORDER, on=TODAY + timedelta(days=4))
    assert bank.send(order) == Pending()
    clock.move(timedelta(days=3, hours=13))
    assert bank.ask("k1") == Pending()
    clock.move(timedelta(hours=2))
    assert bank.ask("k1").on == order.on


@pytest.mark.parametrize(("trouble", "times"), [(Trouble.NOT_REACHED, 0), (Trouble.ANSWER_LOST, 1)])
def test_after_a_time_out_nobody_knows_whether_it_was_paid(bank, trouble, times):
    bank.put_into(Temper(sending=trouble))
    assert bank.send(ORDER) == Pending()
    assert paid(bank) == times


def test_a_question_can_be_lost_as_well(bank):
    bank.send(ORDER)
    for trouble in (Trouble.NOT_REACHED, Trouble.ANSWER_LOST):
        bank.put_into(Temper(asking=trouble))
        assert bank.ask("k1") == Pending()


def test_a_lost_question_about_an_unknown_key_closes_it_only_when_it_arrived(bank):
    bank.put_into(Temper(asking=Trouble.NOT_REACHED))
    bank.ask("k1")
    assert bank.newest(1) == []
    bank.put_into(Temper(asking=Trouble.ANSWER_LOST))
    bank.ask("k1")
    assert bank.newest(1)[0].state == "closed"


def test_it_remembers_in_its_file(tmp_path, clock, bank):
    bank.put_into(Temper(5, "wrong_name", Trouble.ANSWER_LOST, Trouble.NOT_REACHED))
    bank.send(ORDER)
    again = SimulatedBank(tmp_path / "bank.db", clock)
    assert again.temper() == bank.temper()
    assert again.newest(9) == bank.newest(9)
    again.empty()
    assert (bank.newest(9), bank.temper()) == ([], Temper())


def test_many_at_once_are_paid_once(bank, sqlite_office):
    answers = at_once(sqlite_office, 8, lambda: bank.send(ORDER))
    assert len(set(answers)) == 1
    assert paid(bank) == 1


def test_what_it_does_not_know_it_does_not_do(bank):
    with pytest.raises(ValueError, match="no refusal"):
        bank.put_into(Temper(refusal="made_up"))
