"""/borrow: from the amount to the receipt, once whatever is pressed, and every rule that says no."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from madoguchi.ports.bank import Rejected, Settled
from madoguchi.services import cast, payouts, verify
from tests import people
from tests.support.banks import Scripted
from tests.support.factors import mailed
from tests.support.members import signed_in, statements

PAID = Settled("F00000001", date(2026, 11, 20))
NO = Rejected("no_account", "この番号の口座が見つかりませんでした")


@pytest.fixture
def hanako(plain_office):
    """Hanako, signed in: 231,844 yen of 500,000."""
    return signed_in(plain_office, people.hanako(plain_office))


def chosen(visitor, amount="20000"):
    """The confirm page of an amount."""
    visitor.get("/borrow")
    return visitor.submit("/borrow", amount=amount)


def borrowed(visitor, amount="20000"):
    """The receipt of an amount."""
    chosen(visitor, amount)
    return visitor.submit("/borrow/confirm")


def answered(office, answer):
    """Let the bank answer."""
    payouts.deliver(replace(office, bank=Scripted(answer)))


def change(office, sql):
    """Set up what no page can."""
    with office.store.transaction():
        office.store.write(sql)


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


def test_one_key_for_two_amounts_is_told(hanako):
    page = chosen(hanako)
    key = page.find("//input[@name='idempotency_key']/@value")[0]
    first = hanako.submit("/borrow/confirm").path
    page = hanako.post("/borrow/confirm", amount="30000", idempotency_key=key)
    assert page.status == 409
    assert page.find(f"//a[@href='{first}']")


def test_a_forged_amount_is_shown_and_not_taken(plain_office, hanako):
    chosen(hanako, "1000")
    page = hanako.submit("/borrow/confirm", forged={"amount": "200000"})
    assert (page.status, page.data("principal")) == (409, 200_000)
    assert plain_office.store.one("SELECT COUNT(*) FROM payout")[0] == 0


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("", "借りる額を入れてください"),
        ("abc", "数字で"),
        ("1500", "1,000円単位"),
        ("999", "1,000円単位"),
        ("0", "から"),
        ("-1000", "から"),
        ("1000.5", "小数"),
        ("10_000", "数字で"),
        ("269000", "B-05"),
        ("99999999999999", "まで"),
    ],
)
def test_a_wrong_amount_is_told_beside_the_field_and_kept(plain_office, hanako, amount, words):
    page = chosen(hanako, amount)
    assert page.status == 422
    assert words in page.error_of("amount")
    assert page.find("//input[@name='amount']/@value") == [amount]
    assert plain_office.store.one("SELECT COUNT(*) FROM payout")[0] == 0


def test_an_amount_in_full_width_with_commas_is_understood(hanako):
    assert chosen(hanako, "２０，０００円").data("principal") == 20_000


def test_the_amount_can_be_mended_with_what_was_typed(hanako):
    chosen(hanako)
    page = hanako.follow("金額を直す")
    assert page.find("//input[@name='amount']/@value") == ["20000"]


@pytest.mark.parametrize(
    "query", ["", "?amount=", "?amount=abc", "?amount=１"], ids=["none", "empty", "words", "no unit"]
)
def test_the_confirm_page_needs_an_amount(hanako, query):
    assert hanako.get(f"/borrow/confirm{query}").path in ("/borrow", "/borrow/confirm")
    assert hanako.heading == "借りる"


@pytest.mark.parametrize("key", ["", " ", "x" * 101])
def test_without_a_proper_key_nothing_is_borrowed(plain_office, hanako, key):
    chosen(hanako)
    page = hanako.post("/borrow/confirm", amount="20000", idempotency_key=key)
    assert page.headers["Location"] == "/borrow"
    assert plain_office.store.one("SELECT COUNT(*) FROM payout")[0] == 0


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


def test_nobody_gets_around_the_second_step(plain_office):
    ichiro = signed_in(plain_office, people.ichiro(plain_office))
    assert ichiro.get("/borrow/confirm?amount=20000").path == "/borrow"
    page = ichiro.post("/borrow/confirm", amount="20000", idempotency_key="made-by-a-program")
    assert page.headers["Location"] == "/borrow?amount=20000"
    ichiro.get("/borrow")
    page = ichiro.post("/borrow/confirm", amount="20000", idempotency_key="0" * 24 + "." + "0" * 32)
    assert page.headers["Location"] == "/borrow?amount=20000"
    assert plain_office.store.one("SELECT COUNT(*) FROM payout")[0] == 0


@pytest.mark.parametrize(
    ("maker", "code"),
    [(people.misaki, "B-03"), (people.yui, "B-02")],
    ids=["overdue", "suspended"],
)
def test_a_state_that_forbids_it_is_told_with_its_code_on_every_way_in(plain_office, maker, code):
    visitor = signed_in(plain_office, maker(plain_office))
    for path in ("/borrow", "/borrow/confirm?amount=1000"):
        page = visitor.get(path)
        assert (page.status, page.heading) == (403, "いまはお受けできません")
        assert code in page.text
        assert "0120-000-000" in page.text
    assert visitor.post("/borrow", amount="1000").status == 403
    assert visitor.post("/borrow/confirm", amount="1000", idempotency_key="k").status == 403


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE contract SET credit_limit = 231900", "B-05"),
        ("UPDATE member SET annual_income = 690000", "B-06"),
        ("UPDATE member SET annual_income = 0", "B-07"),
        ("UPDATE contract SET rates = '[[20250101, 1810]]'", "B-08"),
        ("UPDATE bank_account SET ended_at = since", "B-09"),
    ],
)
def test_where_nothing_can_be_lent_the_page_says_which_rule_it_is(plain_office, hanako, sql, code):
    change(plain_office, sql)
    page = hanako.get("/borrow")
    assert page.status == 403
    assert f"理由コード {code}" in page.text
    assert "電話" in page.text


def test_a_member_who_was_late_while_looking_is_refused_at_the_button(plain_office, hanako):
    page = chosen(hanako)
    key = page.find("//input[@name='idempotency_key']/@value")[0]
    change(plain_office, "UPDATE contract SET states = 32")
    page = hanako.post("/borrow/confirm", amount="20000", idempotency_key=key)
    assert page.status == 403
    assert "B-04" in page.text


def test_money_to_a_bank_with_hours_shows_its_day(plain_office, hanako):
    change(plain_office, "UPDATE bank_account SET bank_code = '9900'")
    assert "11月24日（火）の9:00〜15:00" in chosen(hanako).text
    page = hanako.submit("/borrow/confirm")
    assert "11月24日（火）の9:00〜15:00に届きます" in page.text
    assert (page.data("balance"), page.data("minimum")) == (251_844, 10_000)
    assert hanako.get("/home").data("balance") == 251_844


def test_a_receipt_is_shown_to_its_owner_alone_and_only_for_drawdowns(plain_office, hanako):
    path = borrowed(hanako).path
    ken = signed_in(plain_office, people.newcomer(plain_office, cast.KEN))
    assert ken.get(path).status == 404
    assert hanako.get("/borrow/9999").status == 404
    assert hanako.get("/borrow/999999999999999999999").status == 404
    payment = plain_office.store.one("SELECT seq FROM entry WHERE kind = 2 LIMIT 1")[0]
    assert hanako.get(f"/borrow/{payment}").status == 404
    assert hanako.get("/borrow/1").heading == "お借り入れの記録"


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
