"""/desk/contracts/new: three sheets that keep what was typed, a page to look it over, and a second person."""

import pytest

from madoguchi.domain.staff import Role
from madoguchi.services import four_eyes
from tests import people
from tests.page import Visitor
from tests.support import desk
from tests.support.contracts import CONTACT, HOME, PERSON, TERMS, fill_in
from tests.support.mailbox import letters


@pytest.fixture
def at_desk(visitor, office):
    """An operator at the desk."""
    return desk.walk_in(visitor, office)


def test_the_contract_is_looked_over_asked_for_approved_and_the_pin_is_next(app, at_desk, office):
    page = fill_in(at_desk)
    assert page.heading == "契約の内容の確認"
    for words in (
        "スズキ イチロウ",
        "100-0001",
        "年17.8%（法律の上限は年18.0%）",
        "1,200,000円まで",
        "0000027",
    ):
        assert words in page.text
    page = at_desk.submit(HOME)
    assert page.heading == "契約を始める"
    approver = desk.walk_in(Visitor(app), office, "desk2", Role.APPROVER)
    number = four_eyes.waiting(office)[0].id
    approver.get(f"/desk/requests/{number}")
    page = approver.submit(f"/desk/requests/{number}/approval")
    assert "20000000" in page.text
    assert approver.find("//a[starts-with(@href, '/desk/counter/')]")
    assert approver.find("//a[starts-with(@href, '/desk/members/20000000')]")
    assert letters(office, "welcome")


def test_pressing_twice_asks_once(at_desk, office):
    fill_in(at_desk)
    form = {e.get("name"): e.get("value") for e in at_desk.find(f"//form[@action='{HOME}']//input")}
    for _ in range(2):
        assert at_desk.client.post(HOME, data=form).status_code == 303
    assert len(four_eyes.waiting(office)) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"document": ""}, "document"),
        ({"birth_date": "2010-01-01"}, "birth_date"),
        ({"name_kana": "鈴木 一郎"}, "name_kana"),
        ({"name_kana": "スズキ"}, "name_kana"),
        ({"name_romaji": "鈴木"}, "name_romaji"),
    ],
)
def test_the_first_sheet_says_what_is_wrong_and_keeps_the_rest(at_desk, change, field):
    at_desk.get(HOME)
    page = at_desk.submit(HOME + "/contact", **PERSON | change)
    assert page.status == 422
    assert page.error_of(field)
    assert page.find("//input[@name='place']/@value") == ["本店の窓口"]


@pytest.mark.parametrize(
    ("contact", "terms", "field"),
    [
        ({}, {"limit": "1,210,000"}, "limit"),
        ({}, {"limit": "5,000"}, "limit"),
        ({}, {"limit": "510,000"}, "limit"),
        ({"other_debts": "1,000,000"}, {}, "limit"),
        ({}, {"branch_code": "どこにもない"}, "branch_code"),
        ({}, {"holder_kana": "サトウ ハナコ"}, "holder_kana"),
        ({}, {"number": ""}, "number"),
        ({}, {"due_day": "3"}, "due_day"),
        ({}, {"first": ""}, "first"),
    ],
)
def test_the_last_sheet_says_what_the_law_and_the_lender_forbid(at_desk, contact, terms, field):
    page = fill_in(at_desk, contact=contact, terms=terms)
    assert page.status == 422
    assert page.error_of(field)


def test_no_account_is_no_fault_and_going_back_keeps_everything(at_desk):
    blank = dict.fromkeys(("bank_code", "branch_code", "number", "holder_kana"), "")
    assert fill_in(at_desk, terms=blank).heading == "契約の内容の確認"
    at_desk.get(HOME)
    at_desk.submit(HOME + "/contact", **PERSON)
    page = at_desk.submit(HOME + "/terms", **CONTACT | {"phone": "1"})
    assert page.error_of("phone")
    assert page.find("//input[@type='hidden'][@name='person_name']/@value") == ["鈴木 一郎"]


def test_a_member_with_the_same_name_and_birthday_is_pointed_out(at_desk, office):
    people.ichiro(office)
    assert "100000027" in fill_in(at_desk, contact={"shared": "y"}).text


def test_a_reload_begins_again(at_desk):
    fill_in(at_desk)
    assert at_desk.get(HOME + "/review").path == HOME


def test_a_forged_sheet_is_refused_at_the_end_too(at_desk, office):
    fill_in(at_desk)
    form = {e.get("name"): e.get("value") for e in at_desk.find(f"//form[@action='{HOME}']//input")}
    assert at_desk.client.post(HOME, data=form | {"limit": "9,000,000"}).status_code == 422
    assert four_eyes.waiting(office) == []
    assert TERMS["reason"] == form["reason"]


def test_another_members_address_asks_for_a_tick_which_the_sheets_carry_along(at_desk, office):
    shared = {"email": "hanako@example.jp"}
    at_desk.get(HOME)
    at_desk.submit(HOME + "/contact", **PERSON)
    assert "ほかの会員" in at_desk.submit(HOME + "/terms", **CONTACT | shared).error_of("email")
    assert not fill_in(at_desk).find("//input[@name='shared']")
    page = fill_in(at_desk, contact=shared | {"shared": "y"})
    assert "ほかの会員と共用" in page.text
    at_desk.submit(HOME)
    assert four_eyes.waiting(office)[0].facts["shared"]
