"""Changing what is on file, with script and without: address, bank account, mail; and every state by axe."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.journeys import walk

LINK = re.compile(r"/settings/email/confirm/\S+")
CODE = re.compile(r"^(\d{6})$", re.M)


@pytest.fixture(params=[True, False], ids=["script on", "script off"])
def tab(request, tabs, own_site):
    """One tab on a site of its own, signed in as Hanako."""
    found = tabs.open(script=request.param)
    walk.sign_in(found, "hanako")
    return found


def mailed(tab, words, skip=0):
    """The newest find of a pattern in the mailbox, which the worker fills within a second."""
    for _ in range(50):
        texts = [letter["text"] for letter in json.loads(tab.request.get("/demo/mail.json").text())]
        found = [match for text in texts if (match := words.search(text))]
        if len(found) > skip:
            return found[0][0]
        tab.wait_for_timeout(100)
    raise AssertionError("no such letter came")


def press(tab, name):
    """The button with these words."""
    tab.get_by_role("button", name=name).click()


def pass_step(tab):
    """The second step by the mailed code, and on with what was typed."""
    expect(tab.get_by_role("heading", level=1)).to_have_text("ご本人の確認")
    tab.locator("[name=code]").fill(mailed(tab, CODE))
    tab.locator("form:has([name=code]) button").first.click()
    expect(tab.get_by_role("heading", level=1)).not_to_have_text("ご本人の確認")
    if tab.locator("#go-on").count():
        tab.locator("#go-on button").click()


def look_up(tab, script, field, typed, button):
    """Type, and let the site look it up: by itself with script, by the button without."""
    tab.locator(field).fill(typed)
    if not script:
        press(tab, button)


def test_a_member_moves_and_reads_it_in_the_history(tab, request):
    script = "script on" in request.node.name
    tab.goto("/settings")
    tab.get_by_role("link", name="ご住所").click()
    look_up(tab, script, "#postcode", "４９８００００", "郵便番号から町名を出す")
    tab.get_by_role("radio", name="三重県桑名郡木曽岬町").check()
    assert tab.locator("#postcode").input_value() in ("４９８００００", "498-0000")
    tab.locator("#street").fill("架空1-2-3")
    press(tab, "ご住所を変える")
    pass_step(tab)
    expect(tab.locator("main")).to_contain_text("ご住所を変えました")
    expect(tab.locator("main table")).to_contain_text("三重県桑名郡木曽岬町架空1-2-3")


def test_a_member_changes_the_account_and_then_the_mail_address(tab, request):
    script = "script on" in request.node.name
    tab.goto("/settings/bank-account")
    look_up(tab, script, "#bank_code", "三菱", "銀行と支店を探す")
    tab.get_by_role("radio", name="三菱UFJ銀行（0005）").check()
    look_up(tab, script, "#branch_code", "新宿支店", "銀行と支店を探す")
    expect(tab.locator("#found")).to_contain_text("新宿支店")
    tab.locator("#number").fill("７６５４３２１")
    press(tab, "内容を確かめる")
    pass_step(tab)
    expect(tab.locator("main")).to_contain_text("三菱UFJ銀行（0005）")
    press(tab, "この口座に変える")
    expect(tab.locator("main")).to_contain_text("から、この口座にお振込みできます")
    tab.goto("/settings/email")
    tab.locator("#email").fill("hanako.new@example.com")
    press(tab, "確認のメールを送る")  # the second step still holds
    expect(tab.locator("main")).to_contain_text("新しいアドレスの確認を待っています")
    tab.goto(mailed(tab, LINK))
    press(tab, "このアドレスに変える")
    expect(tab.locator("main")).to_contain_text("メールアドレスを変えました")
    expect(tab.locator("main table")).to_contain_text("hanako.new@example.com")


def test_what_is_found_while_typing_never_takes_the_field_or_the_focus(tabs, own_site):
    tab = tabs.open()
    walk.sign_in(tab, "hanako")
    tab.goto("/settings/address")
    tab.locator("#postcode").press_sequentially("160-0022")
    expect(tab.locator("#towns")).to_contain_text("東京都新宿区新宿")
    assert tab.evaluate("document.activeElement.id") == "postcode"
    assert tab.locator("#postcode").input_value() == "160-0022"


@pytest.mark.parametrize("look", walk.LOOKS)
def test_every_state_of_the_settings_shuts_nobody_out(tabs, own_site, look):
    tab = tabs.open(**walk.LOOKS[look])
    walk.sign_in(tab, "hanako")
    found = []
    tab.goto("/settings/phone")
    tab.locator("#phone").fill("090-1111-2222")
    press(tab, "電話番号を変える")
    pass_step(tab)
    found += walk.faults_of(tab)
    for path, words in (("/settings/address", "ご住所を変える"), ("/settings/email", "確認のメールを送る"),
                        ("/settings/bank-account", "内容を確かめる")):  # fmt: skip
        tab.goto(path)
        press(tab, words)
        expect(tab.locator("[role=alert]")).to_be_visible()
        found += walk.faults_of(tab)
    tab.locator("#bank_code").fill("三菱")
    expect(tab.locator("#found")).to_contain_text("三菱UFJ銀行")
    found += walk.faults_of(tab)
    tab.goto("/settings/email")
    tab.locator("#email").fill("hanako.new@example.com")
    press(tab, "確認のメールを送る")
    found += walk.faults_of(tab)
    tab.goto("/settings")
    found += walk.faults_of(tab)
    tab.goto(mailed(tab, LINK))
    found += walk.faults_of(tab)
    assert not found, "\n".join(found)


def test_enter_saves_and_back_from_the_second_step_shows_the_towns_again(tab):
    tab.goto("/settings/address")
    tab.locator("#postcode").fill("1600022")
    press(tab, "郵便番号から町名を出す")
    expect(tab.locator("[name=town]").first).to_be_checked()
    tab.locator("#street").fill("1-2-3")
    tab.locator("#street").press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("ご本人の確認")
    tab.go_back(wait_until="commit")
    expect(tab.get_by_role("heading", level=1)).to_have_text("ご住所の変更")
    expect(tab.locator("[name=town]").first).to_be_visible()
