"""The desk publishes, brings payments in and looks at the books, with script and without."""

import pytest
from playwright.sync_api import expect

from tests.journeys import walk
from tests.support import browser

PAYMENTS = (
    "date,amount,payer,reference\n"
    "2026-11-20,10000,サトウ ハナコ,100000019\n"
    "2026-11-19,500,ダレカ ダレモ,\n"
    "2026-11-18,900000,ナカムラ ダイスケ,\n"
)


@pytest.fixture(params=[True, False], ids=["script on", "script off"])
def tab(request, tabs, own_site):
    """An operator's tab on a site of its own."""
    found = tabs.open(script=request.param)
    walk.sign_in_at_desk(found)
    return found


def bring(tab):
    """Bring the file of payments in; stands on its sheet."""
    tab.goto("/desk/rails/payments")
    file = {"name": "in.csv", "mimeType": "text/csv", "buffer": PAYMENTS.encode()}
    tab.get_by_label("入金のファイル（CSV）").set_input_files(file)
    tab.get_by_role("button", name="取り込む", exact=True).click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("入金ファイル 1")


def figure(tab, name):
    """A figure that the page tells a machine."""
    return int(tab.locator(f"data[data-name={name}]").get_attribute("value"))


def test_payments_come_in_and_what_is_nobodys_finds_its_member(tab):
    bring(tab)
    assert (figure(tab, "ready"), figure(tab, "open")) == (1, 2)
    tab.get_by_role("button", name="まとめて記帳する").click()
    expect(tab.locator("main")).to_contain_text("あと1件は、だれのものかを選んでください")
    assert (figure(tab, "posted"), figure(tab, "kept")) == (1, 1)
    tab.get_by_role("link", name="3", exact=True).click()
    tab.get_by_label("会員番号").fill("１０００００８５")
    tab.get_by_role("button", name="この会員の入金にする").click()
    expect(tab.locator("main")).to_contain_text("この番号の会員はいません")
    tab.get_by_label("会員番号").fill("100000035")
    tab.get_by_role("button", name="この会員の入金にする").click()
    tab.get_by_role("button", name="記帳する").click()
    expect(tab.locator("main")).to_contain_text("記帳済み")


def test_a_notice_is_looked_at_published_and_read_at_sign_in(tab):
    tab.goto("/desk/publish")
    tab.get_by_role("link", name="お知らせを書く").click()
    tab.get_by_label("見出し").fill("年末年始の受付")
    tab.get_by_label("本文").fill("お休みです。\n\nご注意ください。")
    tab.get_by_label("掲示を終える日").fill("2026-12-31")
    tab.get_by_role("button", name="見え方を確かめる").click()
    expect(tab.locator("article p")).to_have_count(3)
    tab.get_by_role("button", name="このとおり掲示する").click()
    expect(tab.locator("main")).to_contain_text("掲示しました")
    tab.goto("/notices")
    tab.get_by_role("link", name="年末年始の受付").click()
    expect(tab.locator("article p")).to_have_count(3)


def test_the_books_are_looked_at_and_held_against_the_bank(tab):
    tab.goto("/desk/figures")
    assert figure(tab, "contracts") == 8
    tab.get_by_role("button", name="突き合わせる").click()
    expect(tab.locator("main")).to_contain_text("両方の記録は合っています")


@pytest.mark.parametrize("look", walk.LOOKS)
def test_what_stands_only_after_an_act_shuts_nobody_out(tabs, own_site, look):
    tab, found = tabs.open(**walk.LOOKS[look]), []
    walk.sign_in_at_desk(tab)
    bring(tab)
    for path in ("/desk/rails/payments/1", "/desk/rails/payment/1", "/desk/rails/payment/3"):
        tab.goto(path)
        found += walk.faults_of(tab)
    tab.goto("/desk/rails/payments/1")
    tab.get_by_role("button", name="まとめて記帳する").click()
    for path in ("/desk/rails/payments/1", "/desk/rails/payment/1", "/desk/rails/payment/2", "/desk/rails"):
        tab.goto(path)
        found += walk.faults_of(tab)
    tab.goto("/desk/publish/outages/new")
    tab.get_by_role("button", name="見え方を確かめる").click()
    found += walk.faults_of(tab)
    tab.goto("/desk/figures")
    tab.get_by_role("button", name="突き合わせる").click()
    found += walk.faults_of(tab)
    assert browser.overflow(tab) <= 0
    assert not found, "\n".join(found)
