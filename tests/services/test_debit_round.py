"""The day's work on debits: files go out before their day, results come in, and nothing is done twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from madoguchi.adapters.debits.folder import DebitFolder
from madoguchi.domain import debit_file
from madoguchi.domain.debit_file import Result
from madoguchi.ports.debit import Mood
from madoguchi.services import debit_round, demo, rounds
from madoguchi.services.office import Demo
from madoguchi.store import debits
from tests import people
from tests.support.debits import kinds_of_letters, mandated, with_bank
from tests.support.money import sound, standing

DUE = date(2026, 11, 25)
DAY = timedelta(days=1)


@pytest.fixture
def office(office, tmp_path):
    """An office with the demo's bank for debits, and a clock that testers move."""
    made = with_bank(office, tmp_path)
    return replace(made, demo=Demo(made.clock, type(made.clock), debits=made.debits))


@pytest.fixture
def hanako(office):
    """佐藤 花子 with a mandate, after the night's round."""
    made = people.hanako(office)
    mandated(office, made)
    list(rounds.close_days(office))
    return made


def test_nothing_is_done_before_its_time(office, hanako):
    assert list(debit_round.run(office)) == []
    assert debits.unfinished(office.store) == []


def test_days_that_pass_make_the_file_and_take_the_result(office, hanako):
    demo.move_clock(office, 4 * DAY)  # Tuesday 24 November
    assert standing(office, hanako).running.debited
    assert [file.name for file in office.debits.files(9)] == ["debits-20261125.txt"]
    demo.move_clock(office, DAY)
    now = standing(office, hanako)
    assert (now.running.met, now.late_since) == (True, None)
    assert kinds_of_letters(office)[-1] == "debit_paid"
    assert sound(office)


def test_a_jump_over_many_days_is_lived_day_by_day(office, hanako):
    demo.move_clock(office, 40 * DAY)
    assert standing(office, hanako).late_since is None
    assert kinds_of_letters(office).count("debit_paid") == 2
    assert sound(office)


def test_a_bank_that_takes_its_time_leaves_the_debit_pending(office, hanako):
    office.debits.put_into(Mood(days=3, code=Result.NO_FUNDS.value))
    demo.move_clock(office, 8 * DAY)  # Saturday: Thursday and Friday are two of three
    assert (len(standing(office, hanako).pending), standing(office, hanako).late_since) == (1, None)
    demo.move_clock(office, 3 * DAY)
    assert standing(office, hanako).late_since == DUE + DAY
    assert kinds_of_letters(office)[-2:] == ["debit_failed", "late_1"]
    assert sound(office)


def test_a_round_run_again_does_nothing_more(office, hanako):
    demo.move_clock(office, 4 * DAY)
    assert list(debit_round.run(office)) == []
    demo.move_clock(office, DAY)
    before = kinds_of_letters(office)
    assert list(debit_round.run(office)) == []
    assert kinds_of_letters(office) == before


def test_a_file_that_was_made_and_not_handed_in_is_handed_in_later(office, hanako):
    silent = replace(office, debits=None)
    office.clock.move(4 * DAY)
    list(rounds.close_days(silent))
    from madoguchi.services import debit_files

    debit_files.make(silent, DUE)
    assert list(debit_round.run(office)) == ["debits-20261125.txt: 1 debits went to the bank."]


def test_by_folders_the_round_lays_files_down_and_fetches_results(office, hanako, tmp_path):
    folder = DebitFolder(tmp_path / "files")
    office = replace(office, debits=folder)
    office.clock.move(4 * DAY)
    list(rounds.close_days(office))
    assert len(list(debit_round.run(office))) == 1
    asked = (tmp_path / "files" / "out" / "debits-20261125.txt").read_bytes()
    office.clock.move(DAY)
    back = tmp_path / "files" / "back"
    back.mkdir()
    (back / "garbage.txt").write_bytes(b"nothing of ours")
    (back / "result.txt").write_bytes(debit_file.answer(asked, [Result.PAID]))
    told = list(debit_round.run(office))
    assert told[0].startswith("garbage.txt was refused whole: line 1, column 1")
    assert told[1] == "result.txt was taken."
    assert sorted(path.name for path in (tmp_path / "files" / "done").iterdir()) == [
        "garbage.txt",
        "result.txt",
    ]
    assert kinds_of_letters(office)[-1] == "debit_paid"
