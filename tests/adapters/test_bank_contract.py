"""One contract for every bank that carries money out: the demo's own, and the one reached by files."""

from dataclasses import replace
from datetime import date

import pytest

from madoguchi.adapters.banks.simulated import SimulatedBank
from madoguchi.adapters.banks.zengin import ZenginBank
from madoguchi.adapters.clock import FixedClock
from madoguchi.domain import transfer_file, zengin
from madoguchi.ports.bank import Pending, Rejected, Settled, Temper, TransferOrder
from tests import people
from tests.support.together import at_once

TODAY = date(2026, 11, 20)
ORDER = TransferOrder("k1", 20_000, "0001", "240", 1, "0000019", "サトウ ハナコ", TODAY)


class Played:
    """The demo's bank."""

    def __init__(self, folder):
        self._folder = folder
        self.bank = self.again()

    def again(self):
        """The same bank after a restart of the site."""
        return SimulatedBank(self._folder / "bank.db", FixedClock(people.TODAY))

    def carry(self):
        """What the world does until orders are paid: nothing, it pays at once."""

    def refuse(self, order):
        """Have an order sent and refused."""
        self.bank.put_into(Temper(refusal="no_account"))
        self.bank.send(order)
        self.bank.put_into(Temper())

    def paid(self):
        """How many orders were paid."""
        return sum(one.state == "paid" for one in self.bank.newest(100))


class Carried:
    """Files, with an operator who carries them."""

    def __init__(self, folder):
        self._folder, self.lines = folder, 0
        self.bank = self.again()

    def again(self):
        """The same bank after a restart of the site."""
        return ZenginBank(self._folder / "transfers.db", people.rules().bank_files, people.DIRECTORY)

    def carry(self, returned=False):
        """Have a file made, and say that the bank carried it out."""
        if made := self.bank.make(TODAY):
            self.lines += made.count
            references = [int(row["reference"]) for row in rows(made)]
            self.bank.done(made.number, dict.fromkeys(references, "口座がありません") if returned else {})

    def refuse(self, order):
        """Have an order sent and come back."""
        self.bank.send(order)
        self.carry(returned=True)

    def paid(self):
        """How many lines the bank was given."""
        return self.lines


def rows(made):
    """The transfers of a file as the bank reads them."""
    lines = zengin.split(made.data)
    return [zengin.read(transfer_file.DATA, raw, n) for n, raw in enumerate(lines[1:-2], 2)]


@pytest.fixture(params=[Played, Carried])
def world(request, tmp_path):
    """A bank with the world around it."""
    return request.param(tmp_path)


def test_an_order_is_paid_and_known_by_its_key_even_after_a_restart(world):
    world.bank.send(ORDER)
    world.carry()
    answer = world.bank.ask("k1")
    assert isinstance(answer, Settled)
    assert answer.on == TODAY
    assert world.again().ask("k1") == answer


def test_an_order_that_comes_twice_is_paid_once(world):
    for _ in range(2):
        world.bank.send(ORDER)
        world.carry()
    assert isinstance(world.bank.send(ORDER), Settled)
    assert world.paid() == 1


def test_a_key_that_was_asked_for_is_closed_to_a_late_order(world):
    answer = world.bank.ask("k1")
    assert isinstance(answer, Rejected)
    assert world.bank.send(ORDER) == world.again().ask("k1") == answer
    world.carry()
    assert world.paid() == 0


def test_a_key_is_for_one_order_alone(world):
    world.bank.send(ORDER)
    assert world.bank.send(replace(ORDER, amount=30_000)).code == "key_used"
    world.carry()
    assert world.paid() == 1


def test_a_no_is_for_good(world):
    world.refuse(ORDER)
    answer = world.bank.ask("k1")
    assert isinstance(answer, Rejected)
    world.carry()
    assert world.bank.send(ORDER) == world.bank.ask("k1") == answer


def test_many_at_once_are_paid_once(world, sqlite_office):
    at_once(sqlite_office, 8, lambda: world.bank.send(ORDER))
    world.carry()
    assert world.paid() == 1


@pytest.fixture
def files(tmp_path):
    """The bank that is reached by files."""
    return Carried(tmp_path).bank


def test_until_the_operator_says_so_nobody_knows(files):
    assert files.send(ORDER) == Pending()
    made = files.make(TODAY)
    assert files.ask("k1") == Pending()
    assert files.done(made.number, {}) == 1
    assert files.done(made.number, {}) == 0
    assert files.ask("k1") == Settled("T00000001", TODAY)


def test_a_file_holds_what_waits_for_its_day_and_is_the_same_when_written_again(files):
    later = replace(ORDER, key="k2", on=date(2026, 11, 24))
    files.send(ORDER)
    files.send(later)
    made = files.make(TODAY)
    (one,) = rows(made)
    assert (one["bank_name"], one["branch_name"], one["receiver"]) == ("ﾐｽﾞﾎ", "ｼﾝｼﾞﾕｸ", "ｻﾄｳ ﾊﾅｺ")
    assert (made.count, made.total, one["new"]) == (1, 20_000, "1")
    assert files.make(TODAY) is None
    assert files.again(made.number) == made
    (second,) = rows(files.make(date(2026, 11, 24)))
    assert second["new"] == "0"
    assert files.again(9) is None


def test_a_name_that_no_file_carries_is_refused_at_once(files):
    answer = files.send(replace(ORDER, holder_kana="佐藤"))
    assert answer.code == "holder"
    assert files.ask("k1") == answer
    assert files.make(TODAY) is None


def test_a_reference_of_another_file_changes_nothing(files):
    files.send(ORDER)
    made = files.make(TODAY)
    with pytest.raises(ValueError, match="reference 7 does not stand"):
        files.done(made.number, {1: "x", 7: "y"})
    assert files.ask("k1") == Pending()
    assert files.done(99, {}) is None
