"""The operator's commands about bank files: what they write, what they refuse, how they leave."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from madoguchi.adapters.banks.zengin import ZenginBank
from madoguchi.domain import debit_file
from madoguchi.domain.debit_file import Result
from madoguchi.jobs import commands
from madoguchi.ports.bank import Pending, Settled, TransferOrder
from madoguchi.services import mandates
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from tests import people
from tests.support.debits import ACCOUNT, mandated


@pytest.fixture
def office(sqlite_url):
    """An office with Hanako, who gave a mandate."""
    made = people.office(Store(sqlite_url))
    mandated(made, people.hanako(made))
    return made


@pytest.fixture
def run(office):
    """Runs a command line; gives what it printed and how it left."""
    return commands_of(office)


def commands_of(office):
    """A way to run the command lines of an office."""
    app = create_app(office, Face("http://localhost"), people.ROOT)
    commands.register(app.cli, office)

    def go(*words):
        return app.test_cli_runner().invoke(args=[str(word) for word in words])

    return go


def test_a_file_goes_out_and_its_result_comes_in_once(run, office, tmp_path):
    out, back = tmp_path / "out.txt", tmp_path / "back.txt"
    told = run("debit-file", "--on", "2026-11-25", "--out", out)
    assert (told.exit_code, "1 debits, 9000 yen, on 2026-11-25." in told.output) == (0, True)
    first = out.read_bytes()
    assert "made before and is the same" in run("debit-file", "--on", "2026-11-25", "--out", out).output
    assert out.read_bytes() == first
    office.clock.move(timedelta(days=6))
    back.write_bytes(debit_file.answer(first, [Result.PAID]))
    assert run("import-debits", back).output == "The result for 2026-11-25 was taken: 1 paid, 0 not paid.\n"
    assert "was taken before; nothing was done" in run("import-debits", back).output
    assert run("verify").exit_code == 0


def test_a_malformed_result_is_refused_whole_with_line_and_column(run, office, tmp_path):
    out, back = tmp_path / "out.txt", tmp_path / "back.txt"
    run("debit-file", "--on", "2026-11-25", "--out", out)
    office.clock.move(timedelta(days=6))
    back.write_bytes(out.read_bytes())
    told = run("import-debits", back)
    assert told.exit_code == 1
    assert "line 3, column 20: the trailer says 0 paid debits, the lines give 1" in told.stderr
    assert "refused whole; nothing was changed" in told.stderr


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2026-11-22", "no business day"),
        ("2026-11-01", "has passed"),
        ("2027-11-25", "too far ahead"),
        ("tomorrow", "no day such as"),
    ],
)
def test_a_day_without_a_file_is_told_and_nothing_is_written(run, tmp_path, on, words):
    told = run("debit-file", "--on", on, "--out", tmp_path / "out.txt")
    assert told.exit_code != 0
    assert words in told.stderr
    assert not (tmp_path / "out.txt").exists()


def test_the_banks_answer_on_paper_is_entered_once(run, office):
    ichiro = people.ichiro(office)
    asked = mandates.ask_for(office, ichiro.contract_id, ACCOUNT).mandate
    assert f"Mandate {asked.id} is agreed" in run("mandate", asked.id, "--agreed").output
    told = run("mandate", asked.id, "--declined")
    assert (told.exit_code, f"No mandate {asked.id} waits" in told.stderr) == (1, True)
    assert run("mandate", asked.id).exit_code == 2


def test_transfers_go_out_in_a_file_and_are_settled_when_the_operator_says_so(office, tmp_path):
    bank = ZenginBank(tmp_path / "transfers.db", office.rules.bank_files, people.DIRECTORY)
    run = commands_of(replace(office, bank=bank, transfers=bank))
    for number in ("1", "2"):
        bank.send(
            TransferOrder(number, 10_000, "0001", "240", 1, "0000019", "サトウ ハナコ", date(2026, 11, 20))
        )
    out, again = tmp_path / "out.txt", tmp_path / "again.txt"
    assert "file 1, 2 transfers, 20000 yen" in run("transfer-file", "--on", "2026-11-20", "--out", out).output
    assert run("transfer-file", "--on", "2026-11-20", "--out", out).exit_code == 1
    run("transfer-file", "--again", 1, "--out", again)
    assert again.read_bytes() == out.read_bytes()
    assert bank.ask("1") == Pending()
    assert "reference 9" in run("transfers-done", 1, "--returned", 9, "x").stderr
    told = run("transfers-done", 1, "--returned", 2, "口座がありません")
    assert told.output == "File 1: 1 transfers are settled, 1 came back.\n"
    assert isinstance(bank.ask("1"), Settled)
    assert bank.ask("2").reason == "口座がありません"
    assert run("transfers-done", 7).exit_code == 1


def test_without_files_there_is_nothing_to_make(run, tmp_path):
    told = run("transfer-file", "--on", "2026-11-20", "--out", tmp_path / "out.txt")
    assert (told.exit_code, told.stderr) == (1, "This site's bank is not reached by files.\n")
    assert run("transfer-file", "--out", tmp_path / "out.txt").exit_code == 2
