"""/borrow: from the amount to the receipt, once whatever is pressed."""

import re
from datetime import date, timedelta

import pytest

from madoguchi.ports.bank import Rejected, Settled
from madoguchi.services import cast, verify
from tests import people
from tests.support.borrowing import answered, borrowed, change, chosen
from tests.support.factors import mailed
from tests.support.members import signed_in, statements

PAID = Settled("F00000001", date(2026, 11, 20))
NO = Rejected("no_account", "この番号の口座が見つかりませんでした")


@pytest.fixture
def hanako(plain_office):
    """Hanako, signed in: 231,844 yen of 500,000."""
    return signed_in(plain_office, people.hanako(plain_office))


def test_the_form_says_how_much_where_to_and_when(hanako):
    page = hanako.get("/borrow")
    assert page.heading == "借りる"
    assert (page.data("balance"), page.data("available"), page.data("limit")) == (231_844, 268_156, 500_000)
    assert "1,000円単位で、268,000円まで" in page.text
    assert "数分以内" in page.text
    assert "サトウ ハナコ" in page.text


def test_the_confirm_page_says_what_will_be_and_what_it_costs(hanako):
    page = chosen(hanako)
    assert (page.path, page.heading) == ("/borrow/confirm", "この内容で借りますか")
    assert (page.data("principal"), page.data("balance"), page.data("available")) == (
        20_000,
        251_844,
        248_156,
    )
    assert page.data("minimum") == 10_000
    assert page.data("total") == 251_844 + page.data("interest")
    assert page.data("payments") == -(-page.data("total") // 10_000)
    assert "変わりません" in page.text


def test_the_receipt_shows_what_the_confirm_page_said(plain_office, hanako):
    told = chosen(hanako)
    page = hanako.submit("/borrow/confirm")
    assert page.heading == "お借り入れを受け付けました"
    for name in ("principal", "balance", "available", "minimum"):
        assert page.data(name) == told.data(name)
    assert hanako.get("/home").data("balance") == 251_844
    assert hanako.data("available") == 248_156
    assert list(verify.differences(plain_office)) == []


@pytest.mark.parametrize("path", ["/home", "/history", "/interest", "/borrow", "/settings/security"])
def test_every_page_marks_money_on_its_way_until_the_bank_has_answered(plain_office, hanako, path):
    borrowed(hanako)
    assert "送金手続き中" in hanako.get(path).text
    answered(plain_office, PAID)
    assert "送金手続き中" not in hanako.get(path).text


def test_the_receipt_follows_the_bank(plain_office, hanako):
    page = borrowed(hanako)
    assert "送金手続き中" in page.text
    answered(plain_office, PAID)
    page = hanako.get(page.path)
    assert page.heading == "口座に振り込みました"
    assert "F00000001" in page.text


def test_what_the_bank_refused_is_taken_back_and_says_why(plain_office, hanako):
    page = borrowed(hanako)
    answered(plain_office, NO)
    page = hanako.get(page.path)
    assert page.heading == "振り込めなかったため、取り消しました"
    assert NO.reason in page.text
    assert (page.data("balance"), page.data("available")) == (231_844, 268_156)


def test_two_presses_and_the_back_button_lead_to_one_receipt(plain_office, hanako):
    page = chosen(hanako)
    fields = {name: page.find(f"//input[@name='{name}']/@value")[0] for name in ("amount", "idempotency_key")}
    first = hanako.submit("/borrow/confirm").path
    assert hanako.post("/borrow/confirm", **fields).headers["Location"] == first
    assert plain_office.store.one("SELECT COUNT(*) FROM payout")[0] == 1


def test_a_second_tab_is_shown_the_new_figures_before_it_borrows_again(plain_office, hanako):
    other = chosen(hanako)
    key = other.find("//input[@name='idempotency_key']/@value")[0]
    borrowed(hanako)
    page = hanako.post("/borrow/confirm", amount="20000", idempotency_key=key)
    assert (page.status, page.data("balance")) == (409, 271_844)
    assert "まだ借りていません" in page.errors[0]
    assert plain_office.store.one("SELECT COUNT(*) FROM payout")[0] == 1
    assert hanako.submit("/borrow/confirm").heading == "お借り入れを受け付けました"


def test_an_amount_in_full_width_with_commas_is_understood(hanako):
    page = chosen(hanako, "２０，０００円")
    assert page.data("principal") == 20_000
    assert "全角を半角に直しました（20,000円）" in page.text
    assert "全角を" not in chosen(hanako).text


def test_the_amount_can_be_mended_with_what_was_typed(hanako):
    chosen(hanako)
    page = hanako.follow("金額を直す")
    assert page.find("//input[@name='amount']/@value") == ["20000"]


def test_the_first_use_of_an_account_asks_the_second_step_between_amount_and_confirmation(plain_office):
    ichiro = signed_in(plain_office, people.ichiro(plain_office))
    assert chosen(ichiro).path == "/step-up"
    ichiro.submit("/step-up", code=mailed(plain_office))
    page = ichiro.submit("go-on")
    assert (page.path, page.data("principal")) == ("/borrow/confirm", 20_000)
    assert "無利息期間は考えていません" in page.text
    assert ichiro.submit("/borrow/confirm").heading == "お借り入れを受け付けました"
    assert chosen(ichiro).path == "/borrow/confirm"


def test_the_second_step_is_never_asked_after_the_confirm_page(plain_office):
    ichiro = signed_in(plain_office, people.ichiro(plain_office))
    chosen(ichiro)
    ichiro.submit("/step-up", code=mailed(plain_office))
    ichiro.submit("go-on")
    plain_office.clock.move(timedelta(minutes=11))  # longer than a second step holds
    assert ichiro.submit("/borrow/confirm").heading == "お借り入れを受け付けました"


def test_money_to_a_bank_with_hours_shows_its_day(plain_office, hanako):
    change(plain_office, "UPDATE bank_account SET bank_code = '9900'")
    assert "11月24日（火）の9:00〜15:00" in chosen(hanako).text
    page = hanako.submit("/borrow/confirm")
    assert "11月24日（火）の9:00〜15:00に届きます" in page.text
    assert (page.data("balance"), page.data("minimum")) == (251_844, 10_000)
    assert hanako.get("/home").data("balance") == 251_844


def test_no_page_shows_a_whole_account_number(hanako):
    hanako.get("/borrow")
    pages = [hanako.page, chosen(hanako), hanako.submit("/borrow/confirm")]
    assert not any(re.search(r"0000019|\d{4}0019", page.text.replace("100000019", "")) for page in pages)


@pytest.mark.parametrize("path", ["/borrow", "/borrow/confirm?amount=20000"])
def test_looking_costs_few_statements(plain_office, hanako, path):
    with statements(plain_office.store) as asked:
        hanako.client.get(path)
    assert len(asked) <= 4


def test_borrowing_with_htmx_leads_to_the_receipt(hanako):
    chosen(hanako)
    assert hanako.submit("/borrow/confirm", htmx=True).heading == "お借り入れを受け付けました"


def test_a_first_drawdown_that_arrives_later_is_told_on_the_home_page(plain_office):
    ichiro = signed_in(plain_office, people.ichiro(plain_office))
    change(plain_office, "UPDATE bank_account SET bank_code = '9900', drawn_to_at = since")
    borrowed(ichiro)
    page = ichiro.get("/home")
    assert "お借り入れのお金は、11月24日（火）に届きます" in page.text
    assert (page.data("balance"), page.data("interest")) == (20_000, 0)
    plain_office.clock.move(timedelta(days=4))
    ichiro = signed_in(plain_office, type("Who", (), {"persona": cast.ICHIRO}))
    assert "次のご返済は" in ichiro.get("/home").text


def test_an_amount_in_the_address_says_what_it_would_do_and_takes_nothing(plain_office, hanako):
    page = hanako.get("/borrow?amount=20000")
    assert (page.data("balance"), page.data("minimum")) == (231_844, 10_000)
    assert "251,844円" in page.text
    assert not page.find("//input[@name='idempotency_key']")
    assert hanako.submit("/borrow").data("total") == page.data("total")


def test_what_script_swaps_in_while_one_types_is_the_preview_and_never_the_input(hanako):
    hanako.get("/borrow")
    (live,) = hanako.find("//*[@data-hx-trigger]")
    assert live.get("data-hx-select") == live.get("data-hx-target") == "#result"
    assert live.get("data-hx-include") == "#amount"  # the form's token never stands in an address
    part = hanako.part("/borrow?amount=20000")
    assert not part.find("//*[@id='result']//input")
    assert "251,844円" in part.text
    assert hanako.part("/borrow?amount=1500").status == 422


def test_an_account_never_drawn_to_may_be_looked_at_without_the_second_step(plain_office):
    ichiro = signed_in(plain_office, people.ichiro(plain_office))
    assert ichiro.get("/borrow?amount=20000").data("minimum") == 1_000


@pytest.mark.parametrize("path", ["/borrow", "/borrow/confirm?amount=20000"])
def test_whoever_goes_back_after_borrowing_is_told_before_borrowing_again(plain_office, hanako, path):
    assert "お借り入れを受け付けました" not in hanako.get(path).text
    receipt = borrowed(hanako).path
    page = hanako.get(path)
    assert "さきほど20,000円のお借り入れを受け付けました（10:00）" in page.text
    assert "もう一度借りる場合だけ、次へ進んでください" in page.text
    assert page.find(f"//main//a[@href='{receipt}']")
    answered(plain_office, PAID)
    plain_office.clock.move(timedelta(minutes=9))
    assert "さきほど" in hanako.get(path).text
    plain_office.clock.move(timedelta(minutes=2))
    assert "受け付けました" not in hanako.get(path).text


def test_money_still_on_its_way_is_named_before_borrowing_again_however_old(plain_office, hanako):
    borrowed(hanako)
    plain_office.clock.move(timedelta(minutes=11))
    text = hanako.get("/borrow/confirm?amount=20000").text
    assert "11月20日 10:00に受け付けた20,000円のお借り入れは、送金手続き中です" in text
    answered(plain_office, NO)
    assert "受け付けた20,000円" not in hanako.get("/borrow/confirm?amount=20000").text


def test_the_words_beside_the_button_promise_one_drawdown_for_this_page_alone(hanako):
    assert "この画面で「借りる」を2回押しても、お借り入れは1回だけです" in chosen(hanako).text
