"""/repay: the ways, the preview, the bank's page and back, the quote; in every state that owes something."""

from datetime import timedelta

import pytest

from madoguchi.services.cast import HANAKO
from madoguchi.store import contracts
from tests import people
from tests.support.bank_page import answer, begun, post
from tests.support.members import signed_in, statements
from tests.support.money import draw, pay


@pytest.fixture
def who(plain_office):
    """Hanako: 231,844 yen since 26 October, 9,000 due on 25 November."""
    return people.hanako(plain_office)


@pytest.fixture
def hanako(plain_office, who):
    """Hanako, signed in."""
    return signed_in(plain_office, who)


def begin(visitor, amount="20,000", bank="0009"):
    """Choose amount and bank; stands on the page before the bank's."""
    visitor.get("/repay/bank")
    return visitor.submit("/repay/bank", amount=amount, bank_code=bank)


def test_the_page_asks_for_what_is_due_next_and_names_every_way(hanako):
    page = hanako.get("/repay")
    assert page.data("minimum") == 9_000
    assert page.find("//input[@name='amount']/@value") == ["9000"]
    assert page.data("payoff") == page.data("principal") + page.data("interest")
    assert "みずほ銀行" in page.text
    for path in ("/repay/quote", "/repay/transfer"):
        assert page.find(f"//main//a[@href='{path}']")


def test_another_page_can_propose_an_amount(hanako):
    assert hanako.get("/repay", amount="12345").find("//input[@name='amount']/@value") == ["12345"]
    assert hanako.get("/repay", amount="x").find("//input[@name='amount']/@value") == ["9000"]


def test_the_preview_says_what_the_payment_will_do_and_the_posting_does_it(plain_office, who, hanako):
    hanako.get("/repay")
    page = hanako.submit("/repay/bank", amount="20000")
    names = ("payment", "interest", "damages", "principal", "balance", "minimum")
    told = {name: page.data(name) for name in names}
    assert "11月25日（水）のご返済に9,000円をあてます" in page.text
    assert (page.data("minimum"), "12月25日（金）" in page.text) == (9_000, True)
    page = begin(hanako)
    assert told == {name: page.data(name) for name in told}
    post(plain_office, hanako)
    receipt = hanako.get(hanako.path)
    assert receipt.heading.startswith("受取証書")
    assert told == {name: receipt.data(name) for name in told}


def test_the_way_to_the_bank_carries_the_signed_order(hanako):
    page = begin(hanako)
    (way,) = page.find("//a[text()='銀行のページへ進む']/@href")
    assert way.startswith("/demo/bank/pay?key=")
    assert "amount=20000" in way
    assert "signature=" in way


def test_a_form_sent_twice_leads_to_one_payment(hanako):
    hanako.get("/repay/bank")
    form = hanako.page
    first = hanako.submit("/repay/bank", amount="20000").path
    hanako.page = form
    assert hanako.submit("/repay/bank", amount="20000").path == first
    hanako.page = form
    other = hanako.submit("/repay/bank", amount="30000")
    assert other.status == 422
    assert "この画面は古くなりました" in other.text
    assert hanako.submit("/repay/bank").path != first


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "' OR 1=1 --------------"])
def test_a_form_without_a_good_key_begins_nothing(hanako, key):
    hanako.get("/repay/bank")
    page = hanako.submit("/repay/bank", amount="20000", forged={"idempotency_key": key})
    assert page.status == 422
    assert hanako.submit("/repay/bank").status == 200


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("199", "200円から"), ("0", "200円から"), ("-5", "200円から"), ("99999999999", "200円から"),
        ("1.5", "1円単位"), ("", "入れてください"),
        ("abc", "数字で"), ("²000", "数字で"),
    ],
)  # fmt: skip
def test_a_wrong_amount_is_told_beside_the_field(hanako, typed, words):
    page = begin(hanako, typed)
    assert page.status == 422
    assert words in page.error_of("amount")


def test_a_bank_that_is_not_offered_is_told(hanako):
    hanako.get("/repay/bank")
    page = hanako.submit("/repay/bank", amount="20000", forged={"bank_code": "0017"})
    assert page.status == 422
    assert "一覧から" in page.error_of("bank_code")


def test_full_width_digits_are_understood(hanako):
    page = begin(hanako, "２０，０００円")
    assert page.data("payment") == 20_000
    assert "全角を半角に直しました（20,000円）" in page.text
    assert "全角を" not in begin(hanako).text


def test_while_one_types_only_the_effect_is_exchanged(hanako):
    hanako.get("/repay/bank")
    (live,) = hanako.find("//*[@data-hx-trigger]")
    assert live.get("data-hx-select") == live.get("data-hx-target") == "#effect"
    part = hanako.part("/repay/bank?amount=30000")
    assert part.data("payment") == 30_000
    assert not part.find("//*[@id='effect']//input")


def test_a_payment_is_followed_by_its_member_alone(plain_office, hanako):
    other = begun(plain_office, people.misaki(plain_office), 1_000)
    assert hanako.get(f"/repay/bank/{other.key}").status == 404
    assert hanako.get("/repay/bank/" + "0" * 32).status == 404


def test_a_payment_that_no_bank_spoke_of_is_named_before_another_begins(hanako):
    begin(hanako)
    page = hanako.get("/repay")
    assert "銀行からの知らせを待っているお支払い" in page.text
    assert hanako.follow("11月20日 10:00 の20,000円（三井住友銀行）").heading == "お支払いの確認"


def test_the_banks_no_is_told(plain_office, who, hanako):
    payment = begun(plain_office, who, 20_000)
    hanako.client.post("/repay/callback", data=answer(plain_office, payment, paid=False))
    page = hanako.get(f"/repay/bank/{payment.key}")
    assert "お支払いは行われませんでした" in page.text
    assert not page.find("//a[text()='銀行のページへ進む']")


def test_overdue_it_asks_for_the_arrears(plain_office):
    visitor = signed_in(plain_office, people.misaki(plain_office))
    page = visitor.get("/repay")
    assert "遅れが解消します" in page.text
    amount = page.find("//input[@name='amount']/@value")[0]
    page = visitor.get("/repay/bank", amount=amount)
    assert page.data("damages") > 0
    assert "今日あと" not in page.text
    assert "が必要です" in visitor.get("/repay/bank", amount="1000").text


def test_a_remainder_can_be_paid_to_the_yen(plain_office):
    visitor = signed_in(plain_office, people.daisuke(plain_office))
    assert visitor.get("/repay").find("//input[@name='amount']/@value") == ["640"]
    page = begin(visitor, "640")
    assert "これで完済です" in page.text
    assert page.data("balance") == 0


def test_more_than_the_debt_is_said_to_become_a_deposit(plain_office):
    daisuke = people.daisuke(plain_office)
    visitor = signed_in(plain_office, daisuke)
    page = begin(visitor, "1,000")
    assert "お借り入れより360円多い額です" in page.text
    pay(plain_office, daisuke, 1_000)
    page = visitor.get("/repay")
    assert "お支払いいただく額はありません" in page.text
    assert "お預かりしているお金" in page.text


def test_where_nothing_is_owed_no_bank_is_offered(plain_office):
    visitor = signed_in(plain_office, people.newcomer(plain_office, HANAKO))
    assert not visitor.get("/repay").find("//main//form")
    assert "お支払いいただく額はありません" in visitor.get("/repay/bank").text
    assert visitor.get("/repay/quote").data("payoff") == 0


def test_the_quote_is_the_payoff_of_the_day_and_paying_it_ends_the_debt(plain_office, who, hanako):
    page = hanako.get("/repay/quote")
    assert page.data("payoff") == hanako.get("/interest", on="2026-11-20").data("payoff")
    later = hanako.get("/repay/quote", on="2026-12-25")
    assert later.data("payoff") > page.data("payoff")
    assert later.data("payoff") == sum(later.data(name) for name in ("principal", "interest", "damages"))
    assert not later.find("//main//a[contains(@href, '/repay/bank')]")
    hanako.get("/repay/quote")
    (way,) = hanako.find("//main//a[contains(@href, '/repay/bank')]/@href")
    assert "これで完済です" in hanako.get(way).text
    page = begin(hanako, str(page.data("payoff")))
    post(plain_office, hanako)
    assert contracts.read(plain_office.store, who.contract_id).standing.debt == 0


@pytest.mark.parametrize("typed", ["2026-11-19", "2026-12-26", "2026-02-31", "あした"])
def test_a_wrong_day_of_the_quote_is_told(hanako, typed):
    page = hanako.get("/repay/quote", on=typed)
    assert page.status == 422
    assert page.error_of("on")
    assert not page.find("//data")


def test_without_a_way_to_banks_the_transfer_account_is_named(plain_office, who):
    from dataclasses import replace

    visitor = signed_in(replace(plain_office, bank_pages=None), who)
    assert visitor.get("/repay").find("//main//a[text()='銀行振込の振込先を見る']")
    assert "銀行振込" in visitor.get("/repay/bank").text


def test_money_that_is_still_on_its_way_is_in_the_balance_and_not_in_the_payoff(plain_office, who, hanako):
    before = hanako.get("/repay/quote").data("payoff")
    draw(plain_office, who, 10_000, on=plain_office.business_day() + timedelta(days=4))
    page = hanako.get("/repay/quote")
    assert (page.data("payoff"), "10,000円（送金手続き中）" in page.text) == (before, True)
    assert "10,000円（送金手続き中）" in hanako.get("/repay").text
    assert hanako.get("/repay/bank", amount="20000").data("balance") > 231_844 + 10_000 - 20_000


def test_the_pages_cost_few_statements(plain_office, hanako):
    for path, most in (("/repay", 3), ("/repay/bank?amount=20000", 3), ("/repay/quote", 2)):
        with statements(plain_office.store) as asked:
            hanako.client.get(path)
        assert len(asked) <= most, path
