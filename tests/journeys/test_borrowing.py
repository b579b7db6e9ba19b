"""Borrowing in a real browser, with script and without: to the bank and back."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.journeys import walk
from tests.support import browser

RECEIPT = re.compile(r"/borrow/\d+$")
TAKE = "20,000円を借りる"
DONE = "口座に振り込みました"


def choose(tab, amount="20,000"):
    """Type an amount and go on."""
    tab.goto("/borrow")
    tab.get_by_label("借りる額").fill(amount)
    tab.get_by_role("button", name="内容を確かめる").click()


def figure(tab, name):
    """The number of a headline figure on the page."""
    return int(tab.locator(f"data[data-name={name}]").get_attribute("value"))


def bank(tab, **wished):
    """Put the demo's bank into a temper."""
    tab.goto("/demo/bank")
    for name, value in wished.items():
        control = tab.locator(f"main [name={name}]")
        control.fill(value) if name == "delay_seconds" else control.select_option(value)
    tab.get_by_role("button", name="変える").click()
    tab.wait_for_url("**/demo/bank?done=temper")


def until(tab, heading):
    """Look again and again until the receipt says this."""
    for _ in range(40):
        if heading in tab.locator("h1").inner_text():
            return
        tab.wait_for_timeout(100)  # the worker's time, not a guess: the page is asked again
        tab.reload()
    raise AssertionError(f"the receipt never said {heading}")


def test_money_is_borrowed_as_it_was_shown_and_reaches_the_bank(own_site, tab):
    walk.sign_in(tab, "hanako")
    choose(tab)
    tab.wait_for_url("**/borrow/confirm?amount=20000")
    shown = {name: figure(tab, name) for name in ("balance", "available", "minimum")}
    tab.get_by_role("button", name=TAKE).click()
    tab.wait_for_url(RECEIPT)
    assert {name: figure(tab, name) for name in shown} == shown
    until(tab, DONE)
    tab.goto("/demo/bank")
    expect(tab.locator("main table")).to_contain_text("20,000円")
    tab.goto("/home")
    assert figure(tab, "balance") == shown["balance"]


def test_two_quick_presses_and_the_back_button_borrow_once(own_site, tab):
    walk.sign_in(tab, "hanako")
    choose(tab)
    balance = figure(tab, "balance")
    tab.get_by_role("button", name=TAKE).dblclick()
    tab.wait_for_url(RECEIPT)
    tab.go_back(wait_until="commit")
    expect(tab.get_by_role("heading", name="この内容で借りますか")).to_be_visible()
    home = tab.request.get("/home").text()  # beside the tab, which may still be on its way back
    assert f'value="{balance}" data-name="balance"' in home


def test_what_the_bank_refuses_is_taken_back_and_told_by_mail(own_site, tab):
    walk.sign_in(tab, "hanako")
    before = figure(tab, "balance")
    bank(tab, refusal="no_account")
    choose(tab)
    tab.get_by_role("button", name=TAKE).click()
    tab.wait_for_url(RECEIPT)
    until(tab, "振り込めなかったため、取り消しました")
    assert figure(tab, "balance") == before
    tab.goto("/demo/mail")
    expect(tab.get_by_role("article").filter(has_text="振込ができませんでした")).to_have_count(1)


def test_the_first_use_of_an_account_asks_for_a_code_between_amount_and_confirmation(own_site, tab):
    walk.sign_in(tab, "ichiro")
    choose(tab)
    tab.wait_for_url("**/step-up?for=*")
    tab.get_by_label("確認コード").fill(code(tab))
    tab.locator("main form").filter(has=tab.get_by_label("確認コード")).get_by_role("button").first.click()
    tab.get_by_role("button", name="お手続きを続ける").click()
    tab.wait_for_url("**/borrow/confirm?amount=20000")
    tab.get_by_role("button", name=TAKE).click()
    tab.wait_for_url(RECEIPT)


def code(tab):
    """The digits of the code that came last."""
    for _ in range(40):
        mails = json.loads(tab.request.get("/demo/mail.json").text())
        for mail in mails[:2]:  # a code overtakes the news of a sign-in, which then lies above it
            if found := re.search(r"^\d{6}$", mail["text"], re.M):
                return found[0]
        tab.wait_for_timeout(100)  # until the worker has written it
    raise AssertionError("no code came")


@pytest.mark.parametrize("look", walk.LOOKS)
def test_nobody_is_shut_out_of_a_receipt_in_any_state(own_site, tabs, look):
    tab = tabs.open(**walk.LOOKS[look])
    walk.sign_in(tab, "hanako")
    found = []
    for temper in ({"delay_seconds": "600"}, {"refusal": "wrong_name"}, {"refusal": ""}):
        bank(tab, **{"delay_seconds": "0"} | temper)
        found += walk.faults_of(tab)
        choose(tab, "1,000")
        tab.get_by_role("button", name="1,000円を借りる").click()
        tab.wait_for_url(RECEIPT)
        if "delay_seconds" not in temper:
            until(tab, DONE if temper["refusal"] == "" else "取り消しました")
        found += walk.faults_of(tab)
    choose(tab, "1,500")
    found += walk.faults_of(tab)
    assert not found, "\n".join(found)


def test_the_whole_way_goes_by_keyboard(own_site, tabs):
    tab = tabs.open(size=browser.PHONE)
    walk.sign_in(tab, "hanako")
    tab.goto("/borrow")
    walk.tab_to(tab, "amount")
    tab.keyboard.type("20000")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/borrow/confirm?amount=20000")
    walk.tab_to(tab, TAKE)
    tab.keyboard.press("Enter")
    tab.wait_for_url(RECEIPT)
