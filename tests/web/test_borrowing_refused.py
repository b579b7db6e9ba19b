"""/borrow: every rule that says no, told where it was met, with its code and a way on."""

import pytest

from madoguchi.services import borrowing, cast
from tests import people
from tests.support.borrowing import borrowed, change, chosen
from tests.support.members import signed_in
from tests.support.money import draw


@pytest.fixture
def hanako(plain_office):
    """Hanako, signed in: 231,844 yen of 500,000."""
    return signed_in(plain_office, people.hanako(plain_office))


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
        ("0", "1,000円から268,000円まで、1,000円単位"),
        ("-1000", "1,000円から268,000円まで、1,000円単位"),
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
    assert (page.status, page.path) == (422, "/borrow/confirm")
    assert "まだ借りていません" in page.errors[0]
    assert ("B-11" in page.text, "0120-000-000" in page.errors[-1]) == (True, True)
    assert page.find("//input[@name='amount']/@value") == ["20000"]
    assert hanako.submit("/borrow").path == "/borrow/confirm"
    assert plain_office.store.one("SELECT COUNT(*) FROM payout")[0] == 0


def test_nobody_gets_around_the_second_step(plain_office):
    ichiro = signed_in(plain_office, people.ichiro(plain_office))
    assert ichiro.get("/borrow/confirm?amount=20000").path == "/borrow"
    for key in ("made-by-a-program", "0" * 24 + "." + "0" * 32):
        ichiro.get("/borrow")
        page = ichiro.post("/borrow/confirm", amount="20000", idempotency_key=key)
        assert (page.status, "まだ借りていません" in page.errors[0]) == (403, True)
        assert ("B-12" in page.text, "本人確認" in page.errors[1]) == (True, True)
    assert ichiro.submit("/borrow").path == "/step-up"
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


def test_a_receipt_is_shown_to_its_owner_alone_and_only_for_drawdowns(plain_office, hanako):
    path = borrowed(hanako).path
    ken = signed_in(plain_office, people.newcomer(plain_office, cast.KEN))
    assert ken.get(path).status == 404
    assert hanako.get("/borrow/9999").status == 404
    assert hanako.get("/borrow/999999999999999999999").status == 404
    payment = plain_office.store.one("SELECT seq FROM entry WHERE kind = 2 LIMIT 1")[0]
    assert hanako.get(f"/borrow/{payment}").status == 404
    assert hanako.get("/borrow/1").heading == "お借り入れの記録"


def test_whoever_is_overtaken_by_another_drawdown_is_shown_the_figures_after_it(
    plain_office, hanako, monkeypatch
):
    chosen(hanako, "250000")
    really = borrowing.borrow

    def overtaken(office, *told):
        draw(office, hanako_who, 220_000, "other")
        return really(office, *told)

    hanako_who = type("Who", (), {"contract_id": plain_office.store.one("SELECT id FROM contract")[0]})
    monkeypatch.setattr(borrowing, "borrow", overtaken)
    page = hanako.submit("/borrow/confirm")
    assert page.status == 422
    assert "あと借りられる額は48,156円" in page.error_of("amount")
    assert "1,000円単位で、48,000円まで" in page.text
    assert (page.data("balance"), page.data("available")) == (451_844, 48_156)
