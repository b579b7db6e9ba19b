"""Paying back at one's bank's page: from the amount to the receipt, with script and without."""

import re

from playwright.sync_api import expect

from tests.journeys import walk

POSTED = re.compile(r"/repay/\d+$")


def figure(tab, name):
    """The number of a headline figure on the page."""
    return int(tab.locator(f"data[data-name={name}]").get_attribute("value"))


def to_the_bank(tab, who="hanako", amount="20000"):
    """From home to the bank's page; gives what the last page before it says that the payment will do."""
    walk.sign_in(tab, who)
    tab.goto("/repay")
    tab.get_by_label("返す額").fill(amount)
    tab.get_by_role("button", name="インターネットで返す").click()
    tab.get_by_label("銀行", exact=True).select_option(label="楽天銀行")
    tab.get_by_role("button", name="確認へ進む").click()
    tab.wait_for_url(re.compile(r"/repay/bank/\w{32}$"))
    told = {name: figure(tab, name) for name in ("payment", "interest", "principal", "balance")}
    tab.get_by_role("link", name="銀行のページへ進む").click()
    tab.wait_for_url(re.compile("/demo/bank/pay"))
    return told


def pay(tab, telling="すぐに1回"):
    """Pays at the bank and comes back."""
    tab.get_by_label("銀行から会員サイトへの知らせ方").select_option(label=telling)
    tab.get_by_role("button", name="を支払う").click()
    tab.get_by_role("link", name="会員サイトに戻る").click()


def test_the_receipt_says_what_was_said_before_paying(own_site, tab):
    told = to_the_bank(tab)
    assert told["payment"] == 20_000
    pay(tab)
    tab.wait_for_url(POSTED)
    assert {name: figure(tab, name) for name in told} == told
    file = tab.request.get(tab.get_by_role("link", name="PDFで保存する").get_attribute("href"))
    assert file.body().startswith(b"%PDF-")
    tab.goto("/home")
    assert figure(tab, "balance") == told["balance"]


def test_the_bank_may_tell_twice_and_takes_an_order_once(own_site, tab):
    told, order = to_the_bank(tab), tab.url
    pay(tab, "すぐに2回（同じ知らせの重複）")
    tab.wait_for_url(POSTED)
    tab.goto(order)
    assert not tab.get_by_role("button", name="を支払う").count()
    tab.goto("/home")
    assert figure(tab, "balance") == told["balance"]


def test_who_closes_the_browser_at_the_bank_has_paid_all_the_same(own_site, tab):
    told = to_the_bank(tab)
    pay(tab, "1分後に1回（ブラウザを閉じても届くか）")
    assert tab.get_by_role("heading", name="お支払いの確認").count()
    tab.goto("/demo")
    tab.locator("#days").fill("0")
    tab.locator("#hours").fill("1")
    tab.get_by_role("button", name="進める").click()
    tab.wait_for_url(re.compile("done=clock"))
    walk.sign_in(tab, "hanako")
    expect(tab.locator("data[data-name=balance]")).to_have_attribute("value", str(told["balance"]))


def test_a_remainder_is_paid_off(own_site, tab):
    to_the_bank(tab, "daisuke", "640")
    pay(tab)
    tab.wait_for_url(POSTED)
    tab.goto("/home")
    assert "すべて返し終えています" in tab.locator("main").inner_text()


def test_while_one_types_the_effect_follows_and_the_field_is_left_alone(tabs):
    tab = tabs.open()
    walk.sign_in(tab, "hanako")
    tab.goto("/repay/bank?amount=20000")
    before, field = figure(tab, "principal"), tab.get_by_label("返す額")
    field.focus()
    field.fill("30000")
    expect(tab.locator("data[data-name=principal]")).to_have_attribute("value", str(before + 10_000))
    assert field.input_value() == "30000"
