"""/settings/bank-account: found by words, code or pick, confirmed in words, closed to money for a day."""

import pytest

from madoguchi.services import bank_account
from tests import people
from tests.support.borrowing import borrowed
from tests.support.debits import mandated
from tests.support.mailbox import letters
from tests.support.members import signed_in
from tests.support.settings import lines, passed, sent, stepped

PAGE = "/settings/bank-account"
TYPED = {
    "bank_code": "みずほ",
    "branch_code": "新宿",
    "kind": "1",
    "number": "１２３４５",
    "holder_kana": "サトウ ハナコ",
}


@pytest.fixture
def hanako(plain_office):
    """佐藤 花子, whose account was drawn to before."""
    return people.hanako(plain_office)


@pytest.fixture
def member(plain_office, hanako):
    """Her browser."""
    return signed_in(plain_office, hanako)


def confirmed(member, office, **typed):
    """The confirm page of an account."""
    member.get(PAGE)
    member.submit(PAGE + "/confirm", **TYPED | typed)
    return passed(member, office)


def test_an_account_is_confirmed_in_words_and_changed_with_what_that_means(member, plain_office):
    page = confirmed(member, plain_office)
    for words in (
        "みずほ銀行（0001）",
        "新宿支店（240）",
        "0012345",
        "サトウ ハナコ",
        "24時間は、この口座に",
    ):
        assert words in page.text
    page = member.submit(PAGE)
    assert "お振込先の口座を変えました" in page.text
    assert "11月21日 10:00 から、この口座にお振込みできます" in page.text
    assert "新宿支店 口座番号の末尾345" in lines(page)[0]
    assert letters(plain_office, "bank_account_changed")
    assert "24時間" in member.get("/borrow").text


def test_what_goes_on_beside_it_is_told_on_the_confirm_page(member, plain_office, hanako):
    mandated(plain_office, hanako)
    borrowed(member)
    page = confirmed(member, plain_office)
    assert "いま送金の手続き中の20,000円は、前の口座に届きます" in page.text
    assert "口座振替は変わりません" in page.text


def test_going_back_keeps_what_was_typed(member, plain_office):
    confirmed(member, plain_office)
    page = member.submit(PAGE + "/draft")
    assert page.find("//input[@name='bank_code']/@value") == ["みずほ"]
    assert page.find("//input[@name='number']/@value") == ["0012345"]


def test_a_search_names_the_candidates_and_a_pick_among_them_counts(member, plain_office):
    member.get(PAGE)
    page = sent(member, PAGE + "/search", **TYPED | {"bank_code": "三菱", "branch_code": ""})
    assert page.find("//input[@name='bank_pick']/@value") == ["0005", "0288"]
    stepped(member, plain_office)
    member.get(PAGE)
    page = sent(
        member, PAGE + "/confirm", **TYPED | {"bank_code": "三菱", "branch_code": "本店", "bank_pick": "0005"}
    )
    assert "三菱UFJ銀行（0005）" in page.text


def test_a_pick_that_is_no_candidate_is_ignored(member, plain_office):
    stepped(member, plain_office)
    member.get(PAGE)
    page = sent(member, PAGE + "/confirm", **TYPED | {"bank_pick": "0005", "branch_pick": "001"})
    assert "みずほ銀行（0001）" in page.text
    assert "新宿支店（240）" in page.text


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("bank_code", "三菱", "三菱UFJ銀行（0005）"),
        ("bank_code", "9999", "銀行が見つかりません"),
        ("branch_code", "999", "みずほ銀行の支店が見つかりません"),
        ("number", "12345678", "7桁までの数字"),
        ("holder_kana", "スズキ イチロウ", "ご本人の名義"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_kept(member, plain_office, field, typed, words):
    stepped(member, plain_office)
    member.get(PAGE)
    page = member.submit(PAGE + "/confirm", **TYPED | {field: typed})
    assert page.status == 422
    assert words in page.error_of(field)
    assert page.find(f"//input[@name='{field}']/@value") == [typed]


def test_a_forged_account_is_checked_again_at_the_act(member, plain_office, hanako):
    confirmed(member, plain_office)
    page = member.submit(PAGE, forged={"holder_kana": "スズキ イチロウ"})
    assert page.status == 422
    assert letters(plain_office, "bank_account_changed") == []


def test_the_act_itself_asks_for_the_second_step(member, plain_office, hanako):
    member.get(PAGE)
    assert member.post(PAGE, **TYPED).headers["Location"].startswith("/step-up?for=")
    assert letters(plain_office, "bank_account_changed") == []


def test_a_double_click_changes_once_and_says_what_stands(member, plain_office, hanako):
    confirmed(member, plain_office)
    before = member.page
    member.submit(PAGE)
    member.page = before
    page = member.submit(PAGE)
    assert "いまのご登録と同じです" in page.text
    assert len(letters(plain_office, "bank_account_changed")) == 1


def test_who_has_no_account_reads_so(member, plain_office, hanako):
    with plain_office.store.transaction():
        plain_office.store.write("DELETE FROM bank_account")
    assert "ご登録がありません" in member.get(PAGE).text
    assert bank_account.MOST == 12


def test_the_confirm_page_stands_again_after_back_or_a_reload(member, plain_office):
    confirmed(member, plain_office)
    member.get(PAGE)
    where = member.post(PAGE + "/confirm", **TYPED).headers["Location"]
    for _ in range(3):
        assert "0012345" in member.get(where).text
    assert member.get(PAGE + "/confirm").path == PAGE


def test_a_search_without_a_word_says_what_to_type(member):
    member.get(PAGE)
    page = sent(member, PAGE + "/search", **TYPED | {"bank_code": ""})
    assert "名前かコードを入れてください" in page.error_of("bank_code")


@pytest.mark.parametrize("number", ["0", "0000000", "００"])
def test_no_account_has_a_number_of_zeros_alone(member, number):
    member.get(PAGE)
    page = member.post(PAGE + "/confirm", **TYPED | {"number": number})
    assert "0だけの番号はありません" in page.error_of("number")


@pytest.mark.parametrize(
    ("path", "words"), [(PAGE, "内容を確かめる"), ("/settings/address", "ご住所を変える")]
)
def test_enter_in_a_field_presses_the_main_button(member, path, words):
    member.get(path)
    (first,) = member.find("(//main//form[.//input[@type='text']]//button)[1]")
    assert ("".join(first.itertext()), first.get("formaction")) == (words, None)
