"""One contract for every bank that debits: the demo's own, and the one that is reached by folders."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from madoguchi.adapters.debits.folder import DebitFolder
from madoguchi.adapters.debits.simulated import SimulatedDebits
from madoguchi.domain import debit_file
from madoguchi.domain.bank_file import Account, Owner
from madoguchi.domain.debit_file import Debit, Result
from madoguchi.domain.faults import Unavailable
from madoguchi.ports.debit import MandateWish, Mood, Word

DAY = date(2026, 11, 25)
LENDER = Owner("1234567890", "ﾏﾄﾞｸﾞﾁ(ｶ", Account("0001", "001", 1, "7654321"))
ASKED = debit_file.request(
    LENDER,
    DAY,
    [Debit(Account("0009", "015", 1, f"{n:07}"), "ｻﾄｳ ﾊﾅｺ", 1000 * n, n) for n in (1, 2, 3)],
)
WISH = MandateWish("mandate-1", "0009", "015", 1, "0000019", "ｻﾄｳ ﾊﾅｺ")


class Played:
    """The demo's bank, asked to refuse the second debit."""

    def __init__(self, folder):
        self._file = Path(folder) / "debits.db"
        self.bank = SimulatedDebits(self._file)

    def again(self):
        """The same bank after a restart of the site."""
        return SimulatedDebits(self._file)

    def carry(self, name):
        """What the world does between a request and its result."""
        self.bank.decide(name, 2, Result.NO_FUNDS.value)


class Carried:
    """Folders, with an operator who carries files to a bank that refuses the second debit."""

    def __init__(self, folder):
        self._folder = Path(folder)
        self.bank = DebitFolder(self._folder)

    def again(self):
        """The same folders after a restart."""
        return DebitFolder(self._folder)

    def carry(self, name):
        """Take what lies there to the bank, and lay what comes back where it belongs."""
        for asked in (self._folder / "out").glob("*"):
            told = debit_file.answer(asked.read_bytes(), [Result.PAID, Result.NO_FUNDS, Result.PAID])
            (self._folder / "back").mkdir(exist_ok=True)
            (self._folder / "back" / asked.name).write_bytes(told)


@pytest.fixture(params=[Played, Carried])
def world(request, tmp_path):
    """A bank with the world around it."""
    return request.param(tmp_path)


def test_nothing_comes_back_before_anything_is_handed_in(world):
    assert list(world.bank.results(DAY)) == []


def test_a_file_comes_back_with_a_result_for_every_debit(world):
    world.bank.hand_in("debits-1.txt", DAY, ASKED)
    world.carry("debits-1.txt")
    (back,) = world.bank.results(DAY)
    told = debit_file.read_result(back.data)
    assert (told.collector, told.month, told.day) == ("1234567890", 11, 25)
    assert [(row.debit.customer, row.result.value) for row in told.rows] == [(1, 0), (2, 1), (3, 0)]


def test_a_file_handed_in_twice_comes_back_once(world):
    for _ in range(2):
        world.bank.hand_in("debits-1.txt", DAY, ASKED)
    world.carry("debits-1.txt")
    assert len(world.bank.results(DAY)) == 1


def test_a_result_comes_again_until_it_is_put_away_even_after_a_restart(world):
    world.bank.hand_in("debits-1.txt", DAY, ASKED)
    world.carry("debits-1.txt")
    (first,) = world.bank.results(DAY)
    (second,) = world.again().results(DAY)
    assert first == second
    world.bank.put_away(first.name)
    world.bank.put_away(first.name)
    assert list(world.again().results(DAY + timedelta(days=30))) == []


def test_the_word_to_a_wish_does_not_change_once_it_is_said(world):
    word = world.bank.register(WISH)
    assert world.again().register(WISH) is word


def test_the_demos_bank_keeps_its_yes_whatever_its_mood(tmp_path):
    bank = SimulatedDebits(tmp_path / "debits.db")
    bank.put_into(Mood(word=Word.WAITING))
    assert bank.register(WISH) is Word.WAITING
    bank.put_into(Mood(word=Word.AGREED))
    assert bank.register(WISH) is Word.AGREED
    bank.put_into(Mood(word=Word.DECLINED))
    assert bank.register(WISH) is Word.AGREED


def test_the_demos_bank_takes_as_many_business_days_as_it_is_told(tmp_path):
    bank = SimulatedDebits(tmp_path / "debits.db")
    bank.put_into(Mood(days=3))  # Wednesday 25 November: Thursday, Friday, Monday
    bank.hand_in("debits-1.txt", DAY, ASKED)
    assert list(bank.results(date(2026, 11, 29))) == []
    assert len(bank.results(date(2026, 11, 30))) == 1


def test_the_demos_bank_answers_at_once_when_told_and_decides_nothing_afterwards(tmp_path):
    bank = SimulatedDebits(tmp_path / "debits.db")
    bank.put_into(Mood(days=3, code=Result.OTHER.value))
    bank.hand_in("debits-1.txt", DAY, ASKED)
    assert bank.decide("debits-1.txt", 3, Result.PAID.value)
    assert bank.answer_now("debits-1.txt")
    assert not bank.answer_now("debits-1.txt")
    assert not bank.decide("debits-1.txt", 1, Result.PAID.value)
    assert not bank.decide("nothing.txt", 1, Result.PAID.value)
    (seen,) = bank.files(9)
    assert (seen.on, seen.back, [line.code for line in seen.lines]) == (DAY, True, [9, 9, 0])
    bank.empty()
    assert (list(bank.files(9)), list(bank.results(DAY)), bank.mood()) == ([], [], Mood())


def test_a_folder_that_cannot_be_used_is_told_and_not_passed_over(tmp_path):
    (tmp_path / "out").write_text("a file where a folder should be")
    with pytest.raises(Unavailable):
        DebitFolder(tmp_path).hand_in("debits-1.txt", DAY, ASKED)


def test_a_file_that_is_still_being_written_is_left_alone(tmp_path):
    (tmp_path / "back").mkdir()
    (tmp_path / "back" / ".half.txt").write_bytes(b"1")
    assert list(DebitFolder(tmp_path).results(DAY)) == []
