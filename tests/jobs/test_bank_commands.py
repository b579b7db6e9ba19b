"""The operator's commands about bank files: what they write, what they refuse, how they leave."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from madoguchi.adapters.banks.zengin import ZenginBank
from madoguchi.domain import debit_file
from madoguchi.domain.debit_file import Result
from madoguchi.domain.debits import EFFECTS
from madoguchi.jobs import commands
from madoguchi.ports.bank import Pending, Settled, TransferOrder
from madoguchi.services import debit_files, mandates, payouts, rounds
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from tests import people
from tests.support.banks import Member
from tests.support.debits import ACCOUNT, mandated

HEADER = "number,member_number,name_kana,bank,branch,kind,account_number,since\n"


@pytest.fixture
def plain(sqlite_url):
    """An office with nobody."""
    return people.office(Store(sqlite_url))


@pytest.fixture
def hanako(plain):
    """佐藤 花子."""
    return people.hanako(plain)


@pytest.fixture
def office(plain, hanako):
    """An office with Hanako, who gave a mandate."""
    mandated(plain, hanako)
    return plain


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


def test_what_waits_for_an_answer_on_paper_is_listed_and_counted(run, office):
    assert run("mandates").output == HEADER
    ichiro = people.ichiro(office)
    asked = mandates.ask_for(office, ichiro.contract_id, ACCOUNT).mandate
    assert run("mandates").output == (
        f"{HEADER}{asked.id},100000027,スズキ イチロウ,0001 みずほ銀行,240 新宿支店,普通,0000019,2026-11-20\n"
    )
    assert "1 mandates wait for the bank's answer: `mandates` lists them." in run("doctor").output
    run("mandate", asked.id, "--agreed")
    assert run("mandates").output == HEADER
    assert "mandates" not in run("doctor").output


def test_a_result_that_does_not_come_is_told_by_the_doctor_with_its_file(run, office, tmp_path):
    out, back = tmp_path / "out.txt", tmp_path / "back.txt"
    run("debit-file", "--on", "2026-11-25", "--out", out)
    office.clock.move(timedelta(days=10))  # the 30th, the third business day
    assert "debits-2026" not in run("doctor").output
    office.clock.move(timedelta(days=1))
    told = run("doctor")
    assert (
        "debits-20261125.txt (1 debits, 9000 yen) has no result, which was to come by 2026-11-30"
        in told.output
    )
    assert told.exit_code == 1
    back.write_bytes(debit_file.answer(out.read_bytes(), [Result.PAID]))
    run("import-debits", back)
    assert "debits-2026" not in run("doctor").output


def test_a_file_that_never_went_out_is_told_when_its_day_comes(run, office):
    list(rounds.close_days(office))
    debit_files.make(office, date(2026, 11, 25))
    assert "debits-2026" not in run("doctor").output
    office.clock.move(timedelta(days=5))
    assert "debits-20261125.txt was begun but never went to the bank" in run("doctor").output


@pytest.mark.parametrize("code", list(Result)[1:], ids=lambda code: f"code {code.value}")
def test_each_reason_of_a_failed_debit_works_by_the_command_line(run, office, tmp_path, code):
    out, back = tmp_path / "out.txt", tmp_path / "back.txt"
    run("debit-file", "--on", "2026-11-25", "--out", out)
    office.clock.move(timedelta(days=6))
    run("daily")
    back.write_bytes(debit_file.answer(out.read_bytes(), [code]))
    assert run("import-debits", back).output == "The result for 2026-11-25 was taken: 0 paid, 1 not paid.\n"
    ((facts,),) = office.store.rows("SELECT facts FROM letter WHERE kind = 'debit_failed'")
    assert EFFECTS[code].told in json.loads(facts)["told"]
    ((state, why),) = office.store.rows("SELECT state, why FROM mandate")
    ended = code.value in (2, 3, 4)
    assert (state, why) == (("ended", f"bank:{code.value}") if ended else ("active", ""))
    ((since,),) = office.store.rows("SELECT late_since FROM contract")
    assert since == 20261126
    assert run("verify").exit_code == 0
    office.clock.move(timedelta(days=20))
    run("daily")
    again = run("debit-file", "--on", "2026-12-25", "--out", tmp_path / "next.txt")
    assert f"{0 if ended else 1} debits" in again.output


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


def test_the_doctor_tells_which_payouts_wait_for_a_file_and_which_files_for_an_answer(
    office, hanako, tmp_path
):
    bank = ZenginBank(tmp_path / "transfers.db", office.rules.bank_files, people.DIRECTORY)
    office = replace(office, bank=bank, transfers=bank)
    run = commands_of(office)
    Member(office, hanako).borrow(10_000)
    office.clock.move(timedelta(days=4))
    assert "1 payouts wait for the bank's answer for too long: is the worker running?" in run("doctor").output
    payouts.deliver(office)
    told = run("doctor").output
    assert "1 payouts wait for a file: make it with `transfer-file --on 2026-11-24`." in told
    assert "too long" not in told
    run("transfer-file", "--on", "2026-11-24", "--out", tmp_path / "out.txt")
    assert "payouts wait for a file" not in run("doctor").output
    office.clock.move(timedelta(days=1))
    told = run("doctor").output
    assert "File 1 of transfers has no answer: say it with `transfers-done 1`." in told
    assert "too long" not in told
    run("transfers-done", 1)
    assert "transfers-done" not in run("doctor").output


def test_without_files_there_is_nothing_to_make(run, tmp_path):
    told = run("transfer-file", "--on", "2026-11-20", "--out", tmp_path / "out.txt")
    assert (told.exit_code, told.stderr) == (1, "This site's bank is not reached by files.\n")
    assert run("transfer-file", "--out", tmp_path / "out.txt").exit_code == 2


def test_reconcile_names_each_difference_and_leaves_with_one(office, hanako, tmp_path):
    bank = ZenginBank(tmp_path / "transfers.db", office.rules.bank_files, people.DIRECTORY)
    office = replace(office, bank=bank, bank_books=bank, transfers=bank)
    run = commands_of(office)
    Member(office, hanako).borrow(10_000)
    payouts.deliver(office)
    told = run("reconcile")
    assert (told.exit_code, "on its way 10000 yen in the ledger, 10000 yen promised" in told.output) == (
        0,
        True,
    )
    assert told.output.endswith("Both sides agree.\n")
    bank.send(TransferOrder("other", 5_000, "0001", "240", 1, "0000019", "サトウ ハナコ", date(2026, 11, 20)))
    told = run("reconcile")
    assert (
        told.exit_code,
        "Transfer other: the bank has it, and it was never promised here" in told.output,
    ) == (1, True)


def test_a_bank_without_records_cannot_be_looked_over(run):
    told = run("reconcile")
    assert (told.exit_code, told.stderr) == (1, "The bank's side cannot be looked over from here.\n")
