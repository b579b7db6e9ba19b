"""lender.toml on bank files and direct debits: what may be set, and the sentence when it cannot be."""

import pytest

import config
from madoguchi.adapters.wiring import make_office
from madoguchi.domain.zengin import LINE_END
from madoguchi.lender import load
from madoguchi.sections import RulesError
from tests.lender.test_lender_atm import PRODUCTION
from tests.lender.test_lender_password import changed
from tests.people import ROOT


def test_as_shipped():
    rules = load(ROOT / "lender.toml")
    assert rules.bank_files.debits.name == "ﾏﾄﾞｸﾞﾁﾌｱｲﾅﾝｽ(ｶ"
    assert (rules.bank_files.debits.code, rules.bank_files.transfers.code) == ("1000000001", "1000000002")
    assert rules.bank_files.line_end == LINE_END
    assert (rules.debit.days_before, rules.debit.answer_days) == (1, 3)


def test_lines_may_end_with_nothing(tmp_path):
    assert load(changed(tmp_path, 'line_end = "crlf"', 'line_end = "none"')).bank_files.line_end == b""


@pytest.mark.parametrize(
    ("line", "to", "told"),
    [
        ('debit_code = "1000000001"', 'debit_code = "1"', "bank_files.debit_code must be 10 digits"),
        ('line_end = "crlf"', 'line_end = "lf"', "bank_files.line_end must be one of"),
        ("days_before = 1", "days_before = 0", "debit.days_before must lie between"),
        ("answer_days = 3", "", "debit.answer_days is missing"),
        ('name = "マドグチフアイナンス（カ"', 'name = "まどぐち金融"', "bank_files.name cannot stand"),
    ],
)
def test_what_cannot_be_is_told_with_its_key(tmp_path, line, to, told):
    with pytest.raises(RulesError, match=told):
        load(changed(tmp_path, line, to))


def test_production_reaches_its_bank_by_files_and_never_plays_one(tmp_path):
    there = PRODUCTION | {"MADOGUCHI_DATA": str(tmp_path)}
    made = make_office(config.check(config.from_environment(there)))
    assert made.bank is made.transfers is not None
    with pytest.raises(config.SettingError, match="MADOGUCHI_RAILS=simulated moves no money"):
        config.check(config.from_environment(there | {"MADOGUCHI_RAILS": "simulated"}))


def test_the_other_machines_on_a_server_leave_the_bank_to_the_one_that_has_its_files(tmp_path):
    elsewhere = {"MADOGUCHI_DATA": str(tmp_path), "MADOGUCHI_RAILS": "elsewhere"}
    server = {"MADOGUCHI_DATABASE": "postgresql://127.0.0.1:1/none"}
    made = make_office(config.check(config.from_environment(PRODUCTION | elsewhere | server)))
    assert (made.bank, made.bank_books, made.transfers, made.debits) == (None, None, None, None)
    assert made.bank_elsewhere
    for wrong in (PRODUCTION | elsewhere, elsewhere | server):
        with pytest.raises(config.SettingError, match="MADOGUCHI_RAILS=elsewhere is for the other machines"):
            config.check(config.from_environment(wrong))


def test_the_demo_may_try_files(tmp_path):
    there = {"MADOGUCHI_DATA": str(tmp_path), "MADOGUCHI_RAILS": "files"}
    made = make_office(config.check(config.from_environment(there)))
    assert made.bank is made.transfers is not None
    played = make_office(config.check(config.from_environment({"MADOGUCHI_DATA": str(tmp_path)})))
    assert (played.transfers, played.bank) == (None, played.demo.bank)
