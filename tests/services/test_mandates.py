"""A member's mandate: found by what is written, asked of the bank, answered, ended."""

from dataclasses import replace

import pytest

from madoguchi.adapters.debits.simulated import SimulatedDebits
from madoguchi.ports.debit import Mood, Word
from madoguchi.services import account_check, mandates
from madoguchi.services.account_check import Checked, NoSuchBank, NoSuchBranch, NotOwn, Uncarried, Written
from madoguchi.services.mandates import NothingOpen
from tests import people
from tests.support.debits import ACCOUNT, kinds_of_letters
from tests.support.together import at_once

WRITTEN = Written("みずほ", "新宿", 1, "0000019", "サトウ ハナコ")


@pytest.fixture
def office(office, tmp_path):
    """An office with the demo's bank for debits."""
    return replace(office, debits=SimulatedDebits(tmp_path / "debits.db"))


@pytest.fixture
def hanako(office):
    """佐藤 花子 in her first days."""
    return people.newcomer(office, people.cast.HANAKO)


def check(office, who, **changes):
    """What comes of an account as it is written."""
    return account_check.check(office, who.member_id, replace(WRITTEN, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"bank": "0001", "branch": "240"},
        {"bank": "ミズホ銀行", "branch": "新宿支店"},
        {"holder": "ｻﾄｳﾊﾅｺ"},
    ],
)
def test_an_account_is_found_by_codes_and_by_names(office, hanako, changes):
    found = check(office, hanako, **changes)
    assert isinstance(found, Checked)
    assert (found.bank.name, found.branch.name) == ("みずほ銀行", "新宿支店")
    assert (found.account.bank_code, found.account.branch_code) == ("0001", "240")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"bank": "9999"}, NoSuchBank),
        ({"bank": "ありません"}, NoSuchBank),
        ({"bank": "三菱"}, NoSuchBank),
        ({"branch": "999"}, NoSuchBranch),
        ({"branch": "新"}, NoSuchBranch),
        ({"holder": "マリア・ルイサ"}, Uncarried),
        ({"holder": "佐藤花子"}, Uncarried),
        ({"holder": "スズキ イチロウ"}, NotOwn),
    ],
)
def test_an_account_that_cannot_be_debited_is_told_by_its_fault(office, hanako, changes, fault):
    assert isinstance(check(office, hanako, **changes), fault)


def test_a_name_that_several_have_brings_the_candidates(office, hanako):
    found = check(office, hanako, bank="三菱")
    assert [place.name for place in found.candidates] == ["三菱UFJ銀行", "三菱UFJ信託銀行"]


def test_a_wish_is_asked_of_the_bank_and_becomes_a_mandate_with_a_letter(office, hanako):
    mandates.ask_for(office, hanako.contract_id, ACCOUNT)
    assert mandates.look(office, hanako.contract_id).active is None
    assert mandates.ask_bank(office) == 1
    seen = mandates.look(office, hanako.contract_id)
    assert (seen.active.bank, seen.active.branch, seen.asked) == ("みずほ銀行", "新宿支店", None)
    assert kinds_of_letters(office) == ["mandate_agreed"]
    assert mandates.ask_bank(office) == 0


def test_a_wish_that_the_bank_declines_is_told_and_leaves_the_old_mandate(office, hanako):
    mandates.ask_for(office, hanako.contract_id, ACCOUNT)
    mandates.ask_bank(office)
    office.debits.put_into(Mood(word=Word.DECLINED))
    mandates.ask_for(office, hanako.contract_id, replace(ACCOUNT, number="7777777"))
    mandates.ask_bank(office)
    seen = mandates.look(office, hanako.contract_id)
    assert seen.active.mandate.account == ACCOUNT
    assert (seen.last.mandate.state, kinds_of_letters(office)[-1]) == ("declined", "mandate_declined")


def test_a_new_account_takes_the_place_of_the_old_one_when_the_bank_agrees(office, hanako):
    other = replace(ACCOUNT, number="7777777")
    for account in (ACCOUNT, other):
        mandates.ask_for(office, hanako.contract_id, account)
        mandates.ask_bank(office)
    seen = mandates.look(office, hanako.contract_id)
    assert (seen.active.mandate.account, seen.last.mandate.why) == (other, "replaced")


def test_a_bank_that_answers_later_is_asked_again_later(office, hanako):
    office.debits.put_into(Mood(word=Word.WAITING))
    mandates.ask_for(office, hanako.contract_id, ACCOUNT)
    assert mandates.ask_bank(office) == 1
    assert mandates.ask_bank(office) == 0
    office.clock.move(mandates.ASK_AGAIN)
    office.debits.put_into(Mood(word=Word.AGREED))
    assert mandates.ask_bank(office) == 1
    assert mandates.look(office, hanako.contract_id).active


def test_a_double_click_asks_once_even_from_two_tabs_at_once(office, hanako):
    found = at_once(office, 4, lambda: mandates.ask_for(office, hanako.contract_id, ACCOUNT))
    assert len({one.mandate.id for one in found}) == 1
    assert sorted(one.repeated for one in found) == [False, True, True, True]


def test_a_wish_for_another_account_gives_way_to_the_newer_one(office, hanako):
    first = mandates.ask_for(office, hanako.contract_id, ACCOUNT)
    mandates.ask_for(office, hanako.contract_id, replace(ACCOUNT, number="7777777"))
    seen = mandates.look(office, hanako.contract_id)
    assert seen.asked.mandate.account.number == "7777777"
    assert (seen.last.mandate.id, seen.last.mandate.why) == (first.mandate.id, "replaced")


def test_a_member_withdraws_only_what_is_theirs_and_open(office, hanako):
    made = mandates.ask_for(office, hanako.contract_id, ACCOUNT).mandate
    ichiro = people.ichiro(office)
    assert mandates.withdraw(office, ichiro.contract_id, made.id) == NothingOpen()
    assert mandates.withdraw(office, hanako.contract_id, made.id) == made
    assert mandates.withdraw(office, hanako.contract_id, made.id) == NothingOpen()
    assert mandates.ask_bank(office) == 0
    assert kinds_of_letters(office) == ["mandate_ended"]


def test_an_answer_comes_once(office, hanako):
    made = mandates.ask_for(office, hanako.contract_id, ACCOUNT).mandate
    assert mandates.answer(office, made.id, Word.AGREED).state == "active"
    assert mandates.answer(office, made.id, Word.DECLINED) == NothingOpen()
    assert mandates.answer(office, 99, Word.AGREED) == NothingOpen()


def test_a_mandate_signed_on_paper_works_at_once_without_a_letter(office, hanako):
    first = mandates.enter(office, hanako.contract_id, ACCOUNT)
    mandates.enter(office, hanako.contract_id, replace(ACCOUNT, number="7777777"))
    seen = mandates.look(office, hanako.contract_id)
    assert (seen.active.mandate.account.number, seen.last.mandate.id) == ("7777777", first.id)
    assert kinds_of_letters(office) == []
