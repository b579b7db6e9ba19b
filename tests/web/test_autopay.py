"""/autopay: giving a mandate, its state, and the warning against paying twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from madoguchi.domain.channels import Channel
from madoguchi.ports.debit import Mood, Word
from madoguchi.services import debit_results, mandates, rounds
from tests import people
from tests.support.debits import ACCOUNT, made, mandated, result_of, with_bank
from tests.support.members import signed_in
from tests.support.money import pay

DUE = date(2026, 11, 25)
TYPED = {"bank_code": "みずほ", "branch_code": "新宿", "kind": "1", "number": "１２３４５",
         "holder_kana": "サトウ ハナコ"}  # fmt: skip


@pytest.fixture
def bank(plain_office, tmp_path):
    """The office with the demo's bank for debits."""
    return with_bank(plain_office, tmp_path)


@pytest.fixture
def hanako(bank):
    """花子, who has none."""
    return people.hanako(bank)


@pytest.fixture
def member(bank, hanako):
    """Her browser."""
    return signed_in(bank, hanako)


def test_who_has_none_reads_what_it_is_and_finds_the_form_with_her_own_name(member):
    seen = member.get("/autopay")
    assert "手数料はかかりません" in seen.text
    assert seen.find("//input[@name='holder_kana']/@value") == ["サトウ ハナコ"]


def test_a_mandate_is_confirmed_in_words_before_it_is_asked_for(member, bank, hanako):
    member.get("/autopay")
    member.submit("/autopay/confirm", **TYPED)
    assert member.heading == "口座振替のお申し込みの確認"
    for words in ("みずほ銀行（0001）", "新宿支店（240）", "普通", "0012345", "サトウ ハナコ"):
        assert words in member.text
    assert mandates.look(bank, hanako.contract_id).asked is None
    member.submit("/autopay/mandates")
    assert "銀行に確認しています" in member.text
    mandates.ask_bank(bank)
    assert "毎月のご返済日に、口座から引き落とします" in member.get("/autopay").text
    assert "末尾345" in member.text


def test_going_back_keeps_what_was_typed(member):
    member.get("/autopay")
    member.submit("/autopay/confirm", **TYPED)
    member.submit("/autopay/draft")
    assert member.find("//input[@name='bank_code']/@value") == ["みずほ"]
    assert member.find("//input[@name='number']/@value") == ["0012345"]


def test_a_double_click_makes_one_mandate(member, bank, hanako):
    member.get("/autopay")
    member.submit("/autopay/confirm", **TYPED)
    confirmed = member.page
    member.submit("/autopay/mandates", follow=False)
    member.page = confirmed
    member.submit("/autopay/mandates", follow=False)
    assert len(bank.store.rows("SELECT 1 FROM mandate WHERE state = 'asked'")) == 1


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("bank_code", "三菱", "三菱UFJ銀行（0005）"),
        ("bank_code", "9999", "銀行が見つかりません"),
        ("bank_code", "", "銀行を入れてください"),
        ("branch_code", "999", "みずほ銀行の支店が見つかりません"),
        ("number", "12345678", "7桁までの数字"),
        ("number", "abc", "7桁までの数字"),
        ("holder_kana", "サトウ・ハナコ", "「・」は、銀行の手続きで使えない文字"),
        ("holder_kana", "スズキ イチロウ", "ご本人の名義"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_kept(member, field, typed, words):
    member.get("/autopay")
    member.submit("/autopay/confirm", **TYPED | {field: typed})
    assert member.status == 422
    assert words in member.error_of(field)
    assert member.find(f"//input[@name='{field}']/@value") == [typed]


def test_a_forged_account_is_checked_again_at_the_act(member, bank):
    member.get("/autopay")
    member.submit("/autopay/confirm", **TYPED)
    member.submit("/autopay/mandates", forged={"holder_kana": "スズキ イチロウ"})
    assert member.status == 422
    assert bank.store.rows("SELECT 1 FROM mandate WHERE state = 'asked'") == []


def test_a_bank_that_declines_is_told_with_what_to_do(member, bank):
    bank.debits.put_into(Mood(word=Word.DECLINED))
    member.get("/autopay")
    member.submit("/autopay/confirm", **TYPED)
    member.submit("/autopay/mandates")
    mandates.ask_bank(bank)
    assert "銀行で受け付けられませんでした" in member.get("/autopay").text


def test_a_mandate_is_ended_with_one_press_and_only_by_its_owner(member, bank, hanako):
    (mandate,) = mandated(bank, hanako)
    yui = people.yui(bank)
    (hers,) = mandated(bank, yui)
    member.get("/autopay")
    member.submit(f"/autopay/mandates/{mandate.id}/end")
    assert "口座振替を取りやめました" in member.text
    assert "お申し出により取りやめています" in member.text
    assert member.post(f"/autopay/mandates/{hers.id}/end").status == 404


def test_while_a_debit_is_at_the_bank_home_and_autopay_warn_against_paying_twice(member, bank, hanako):
    mandated(bank, hanako)
    file = made(bank, DUE).file
    for path in ("/home", "/autopay"):
        assert "11月25日（水）の9,000円は、口座振替の手続き中です" in member.get(path).text
    bank.clock.move(timedelta(days=7))
    list(rounds.close_days(bank))
    member = signed_in(bank, hanako)
    assert "引き落としの結果を待っています。11月30日（月）までにわかります" in member.get("/home").text
    bank.clock.move(timedelta(days=4))  # the 1st: a day after it should have come
    list(rounds.close_days(bank))
    member = signed_in(bank, hanako)
    for path in ("/home", "/autopay"):
        seen = member.get(path).text
        assert "銀行から届いていません。当社から銀行に確認しています。お客さまの手続きはいりません" in seen
        assert "までにわかります" not in seen
    debit_results.take(bank, result_of(bank, file, 0))
    assert "手続き中" not in member.get("/home").text
    assert "引き落とし済み" in member.get("/autopay").text


def test_who_comes_after_the_file_was_made_is_told_to_pay_by_another_way(member, bank, hanako):
    yui = people.yui(bank)
    mandated(bank, yui)
    made(bank, DUE)
    mandated(bank, hanako)
    assert "11月25日（水）の分は、口座から引き落としません" in member.get("/autopay").text
    assert "前日までにご用意ください" not in member.text


def test_an_amount_is_told_as_it_stands_until_its_file_is_made(member, bank, hanako):
    mandated(bank, hanako)
    assert "次は11月25日（水）、いまのところ9,000円です" in member.get("/autopay").text
    assert "手続き中" not in member.text
    pay(bank, hanako, 4_000)
    assert "いまのところ5,000円です" in member.get("/autopay").text


def test_what_the_deposit_covers_is_not_announced_as_a_debit(bank):
    def story(life):
        life.open(60)
        life.draw(58, 30_000, Channel.ATM)
        life.pay(20, 60_000, Channel.INTERNET)
        life.draw(10, 10_000, Channel.ATM)

    who = people.live(bank, people.cast.HANAKO, story)
    mandated(bank, who)
    seen = signed_in(bank, who).get("/autopay").text
    assert "お預かりしているお金をあてます" in seen
    assert "前日までにご用意ください" not in seen


def test_a_debit_that_ended_the_mandate_says_why(member, bank, hanako):
    mandated(bank, hanako)
    file = made(bank, DUE).file
    bank.clock.move(timedelta(days=5))
    debit_results.take(bank, result_of(bank, file, 2))
    seen = signed_in(bank, hanako).get("/autopay")
    assert "この口座が見つかりませんでした" in seen.text
    assert "口座なし" in seen.text


def test_who_is_overdue_may_look_and_end_but_not_apply(bank):
    misaki = people.misaki(bank)
    (mandate,) = mandated(bank, misaki, account=replace(ACCOUNT, holder_kana="ﾀｶﾊｼ ﾐｻｷ"))
    member = signed_in(bank, misaki)
    assert "A-03" in member.get("/autopay").text
    assert not member.find("//form[@action='/autopay/confirm']")
    assert member.post("/autopay/confirm", **TYPED).status == 403
    member.get("/autopay")
    member.submit(f"/autopay/mandates/{mandate.id}/end")
    assert "取りやめました" in member.text


def test_a_reload_of_the_confirm_page_leads_back_to_the_form(member):
    assert member.get("/autopay/confirm").heading == "口座振替"
