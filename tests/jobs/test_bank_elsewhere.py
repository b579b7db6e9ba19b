"""Machines without the bank's files: they run the round too, and leave what is the bank's to the other."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from madoguchi.adapters.banks.zengin import ZenginBank
from madoguchi.adapters.debits.folder import DebitFolder
from madoguchi.jobs.worker import Payer
from madoguchi.services import bank_files, payouts, rails
from madoguchi.store import closed_days
from madoguchi.store.db import Store
from tests import people
from tests.jobs.test_bank_commands import commands_of
from tests.support.banks import Member
from tests.support.debits import mandated


@pytest.fixture
def files(sqlite_url, tmp_path):
    """The machine with the bank's files, on books with Hanako, who gave a mandate and borrows."""
    office = people.office(Store(sqlite_url))
    hanako = people.hanako(office)
    mandated(office, hanako)
    Member(office, hanako).borrow(10_000)
    bank = ZenginBank(tmp_path / "transfers.db", office.rules.bank_files, people.DIRECTORY)
    yield replace(office, bank=bank, bank_books=bank, transfers=bank, debits=DebitFolder(tmp_path / "debits"))
    office.store.close()


@pytest.fixture
def other(files):
    """A machine beside it."""
    return replace(files, bank=None, bank_books=None, transfers=None, debits=None, bank_elsewhere=True)


def test_a_worker_there_leaves_payouts_and_the_doctor_is_silent_about_them(files, other):
    other.clock.move(timedelta(days=5))
    Payer(other).work()
    assert files.transfers.held(files.business_day()).unfiled == 0
    assert "no bank is set" not in commands_of(other)("doctor").output
    Payer(files).work()
    assert files.transfers.held(files.business_day()).unfiled == 1
    assert payouts.waiting(other) == 1


def test_the_round_there_closes_days_and_the_debit_file_is_made_at_the_bank_s(files, other, tmp_path):
    files.clock.move(timedelta(days=4))  # a day before the due date
    told = commands_of(other)("daily").output
    assert "Closed 2026-11-23" in told
    assert "went to the bank" not in told
    assert closed_days.last(files.store) == files.business_day() - timedelta(days=1)
    assert not (tmp_path / "debits").exists()
    assert "debits-20261125.txt: 1 debits went to the bank." in commands_of(files)("daily").output
    assert (tmp_path / "debits" / "out" / "debits-20261125.txt").exists()


def test_who_asks_there_for_a_file_is_sent_to_the_other_machine(other, tmp_path):
    told = commands_of(other)("transfer-file", "--on", "2026-11-24", "--out", tmp_path / "out.txt")
    assert (told.exit_code, "Another machine has the files" in told.stderr) == (1, True)


@pytest.fixture
def strange(files, tmp_path):
    """A machine beside it that believes to have the bank's files."""
    bank = ZenginBank(tmp_path / "b" / "transfers.db", files.rules.bank_files, people.DIRECTORY)
    debits = DebitFolder(tmp_path / "b" / "debits")
    return replace(files, bank=bank, bank_books=bank, transfers=bank, debits=debits)


def test_a_second_machine_with_files_asks_its_own_about_nothing(files, strange, caplog, tmp_path):
    files.clock.move(timedelta(days=4))
    Payer(files).work()
    files.clock.move(timedelta(minutes=5))
    Payer(strange).look()
    assert "payouts have to wait: The bank's files that the books know are not those" in caplog.text
    assert payouts.waiting(files) == 1
    run = commands_of(strange)
    assert bank_files.SENTENCE in run("daily").output
    assert bank_files.SENTENCE in run("doctor").output
    told = run("transfer-file", "--on", "2026-11-24", "--out", tmp_path / "out.txt")
    assert (told.exit_code, bank_files.SENTENCE in told.stderr) == (1, True)
    assert rails.transfers(strange) is None, "nor does the desk there"
    assert rails.make_transfers(strange, date(2026, 11, 24), "desk1") is None
    assert not (tmp_path / "b" / "debits").exists()
    for well in (commands_of(files)("doctor").output, commands_of(files)("daily").output):
        assert bank_files.SENTENCE not in well


def test_the_files_move_when_somebody_says_so_or_with_their_memory(files, strange, tmp_path):
    Payer(files).work()
    assert commands_of(strange)("bank-files-here").exit_code == 0
    assert bank_files.are_here(strange)
    assert not bank_files.are_here(files)
    assert commands_of(files)("bank-files-here").exit_code == 0
    again = ZenginBank(tmp_path / "transfers.db", files.rules.bank_files, people.DIRECTORY)
    assert bank_files.are_here(replace(strange, transfers=again)), "a copy of the memory is known again"


def test_who_has_no_files_cannot_say_that_they_are_there(other, files):
    assert commands_of(other)("bank-files-here").exit_code == 1
    assert commands_of(replace(other, bank_elsewhere=False))("bank-files-here").exit_code == 1
