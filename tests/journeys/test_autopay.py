"""Direct debit from the wish to the receipt, with script and without."""

import json

import pytest
from playwright.sync_api import expect

from tests.journeys import walk

ACCOUNT = {"bank_code": "みずほ", "branch_code": "新宿", "number": "１２３４５６７"}


@pytest.fixture(params=[True, False], ids=["script on", "script off"])
def tab(request, tabs, own_site):
    """One tab on a site of its own."""
    return tabs.open(script=request.param)


def apply_for(tab):
    """From the form to the bank's yes, which the site asks for by itself."""
    tab.goto("/autopay")
    for name, typed in ACCOUNT.items():
        tab.locator(f"[name={name}]").fill(typed)
    tab.get_by_role("button", name="内容を確かめる").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("口座振替のお申し込みの確認")
    expect(tab.locator("main")).to_contain_text("新宿支店（240）")
    tab.get_by_role("button", name="この口座で申し込む").click()
    expect(tab.locator("main")).to_contain_text("お申し込みを受け付けました")
    for _ in range(50):
        tab.goto("/autopay")
        if tab.locator("#active").count():
            return
        tab.wait_for_timeout(100)
    raise AssertionError("the bank never answered")


def test_a_member_gives_a_mandate_is_debited_and_told(tab):
    walk.sign_in(tab, "hanako")
    apply_for(tab)
    tab.goto("/demo")
    tab.locator("[name=days]").fill("4")
    tab.get_by_role("button", name="進める").click()
    expect(tab.locator("main")).to_contain_text("時計を進め")
    walk.sign_in(tab, "hanako")
    expect(tab.locator("main")).to_contain_text("11月25日（水）の9,000円は、口座振替の手続き中です")
    tab.goto("/demo")
    tab.get_by_role("button", name="進める").click()
    expect(tab.locator("main")).to_contain_text("時計を進め")
    walk.sign_in(tab, "hanako")
    expect(tab.locator("main")).not_to_contain_text("手続き中")
    tab.goto("/autopay")
    expect(tab.locator("main table")).to_contain_text("引き落とし済み")
    tab.goto("/history")
    expect(tab.locator("main tbody tr").first).to_contain_text("返済（口座振替）")


def test_what_is_wrong_keeps_what_was_typed_and_can_be_put_right(tab):
    walk.sign_in(tab, "hanako")
    tab.goto("/autopay")
    for name, typed in (ACCOUNT | {"bank_code": "三菱"}).items():
        tab.locator(f"[name={name}]").fill(typed)
    tab.get_by_role("button", name="内容を確かめる").click()
    assert tab.title().startswith("エラー：")
    expect(tab.locator("#bank_code-error")).to_contain_text("ひとつに決まりません")
    assert tab.locator("[name=bank_code]").input_value() == "三菱"
    tab.locator("[name=bank_code]").fill("みずほ")
    tab.get_by_role("button", name="内容を確かめる").click()
    tab.get_by_role("button", name="直す").click()
    assert tab.locator("[name=number]").input_value() == "1234567"


def test_a_mandate_is_ended_with_one_press_and_a_letter(tab):
    walk.sign_in(tab, "ken")
    tab.goto("/autopay")
    tab.get_by_role("button", name="口座振替を取りやめる").click()
    expect(tab.locator("main")).to_contain_text("口座振替を取りやめました")
    for _ in range(50):
        letters = json.loads(tab.request.get("/demo/mail.json").text())
        if any(letter["subject"] == "口座振替を取りやめました" for letter in letters):
            return
        tab.wait_for_timeout(100)
    raise AssertionError("no letter came")


def test_the_confirm_page_and_a_debit_at_the_bank_shut_nobody_out(tabs, own_site):
    tab = tabs.open()
    walk.sign_in(tab, "hanako")
    tab.goto("/autopay")
    for name, typed in ACCOUNT.items():
        tab.locator(f"[name={name}]").fill(typed)
    tab.get_by_role("button", name="内容を確かめる").click()
    found = walk.faults_of(tab)
    apply_for(tab)
    tab.goto("/demo/debits")
    tab.locator("[name=on]").fill("2026-11-25")
    tab.get_by_role("button", name="作って銀行に渡す").click()
    found += walk.faults_of(tab)
    for path in ("/home", "/autopay"):
        tab.goto(path)
        found += walk.faults_of(tab)
    assert not found, "\n".join(found)
