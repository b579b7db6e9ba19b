"""Signing in, being refused, being held, and leaving: in a real browser, with script and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import walk
from tests.support import browser

WRONG = "0000"
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script on", "script off"])
HOME = re.compile(r"/home$")


def test_a_member_signs_in_by_card_and_sees_what_is_owed(tab):
    walk.sign_in(tab, "hanako")
    assert int(tab.locator("data[data-name=balance]").get_attribute("value")) > 0
    assert "佐藤 花子" in tab.locator("h1").inner_text()


def test_a_member_signs_in_by_web_id(tab):
    walk.sign_in_by_web_id(tab, "hanako")


def test_full_width_typing_signs_in_as_well(tab):
    tab.goto("/login")
    tab.get_by_label("カード番号", exact=True).fill("９９９０　１１００ー００００－００１４")
    tab.get_by_label("暗証番号", exact=True).fill("２５８３")
    tab.get_by_role("button", name="カード番号でログイン").click()
    tab.wait_for_url(HOME)


def test_a_guarded_page_comes_back_after_signing_in(tab):
    tab.goto("/history?kind=repayment")
    assert "/login" in tab.url
    number, pin = walk.CARDS["hanako"]
    tab.get_by_label("カード番号", exact=True).fill(number)
    tab.get_by_label("暗証番号", exact=True).fill(pin)
    tab.get_by_role("button", name="カード番号でログイン").click()
    tab.wait_for_url("**/history?kind=repayment")


@SCRIPT
def test_a_wrong_pin_is_told_calmly_and_can_be_corrected(own_site, tabs, script):
    tab = tabs.open(script=script, size=browser.PHONE)
    walk.sign_in(tab, "daisuke", secret=WRONG)
    expect(tab.get_by_role("alert")).to_contain_text("ログインを確認できませんでした")
    expect(tab).to_have_title(re.compile("^エラー：会員ログイン"))
    assert tab.get_by_label("カード番号", exact=True).input_value() == walk.CARDS["daisuke"][0]
    assert tab.get_by_label("暗証番号", exact=True).input_value() == ""
    if script:  # it was swapped in, and the focus went along
        assert tab.evaluate("document.activeElement.getAttribute('role')") == "alert"
        assert not walk.faults_of(tab)
    walk.sign_in(tab, "daisuke")


@SCRIPT
def test_three_wrong_pins_on_a_known_device_hold_the_card_alone(own_site, tabs, script):
    tab = tabs.open(script=script, size=browser.PHONE)
    walk.sign_in(tab, "hanako")
    tab.get_by_role("button", name="ログアウト").click()
    for left in ("あと2回", "あと1回"):
        walk.sign_in(tab, "hanako", secret=WRONG)
        expect(tab.get_by_role("alert")).to_contain_text(left)
    walk.sign_in(tab, "hanako", secret=WRONG)
    expect(tab.locator("h1")).to_have_text("カードの利用を止めています")
    if script:
        assert not walk.faults_of(tab)
    walk.sign_in(tab, "hanako", secret=walk.CARDS["hanako"][1])  # even the right one, now
    expect(tab.locator("h1")).to_have_text("カードの利用を止めています")
    walk.sign_in_by_web_id(tab, "hanako")


@SCRIPT
def test_a_stranger_is_told_when_to_come_back_and_nothing_else(own_site, tabs, script):
    tab = tabs.open(script=script, size=browser.PHONE)
    for _ in range(3):
        walk.sign_in(tab, "misaki", secret=WRONG)
        expect(tab.get_by_role("alert")).to_contain_text("ログインを確認できませんでした")
    walk.sign_in(tab, "misaki", secret=walk.CARDS["misaki"][1])  # the right one has to wait as well
    expect(tab.locator("h1")).to_have_text("少し時間をおいてください")
    expect(tab.locator("main")).to_contain_text(re.compile(r"\d+:\d\d以降"))
    expect(tab.locator("main")).to_contain_text("振込先")
    assert "美咲" not in tab.locator("main").inner_text()
    if script:
        assert not walk.faults_of(tab)


def test_after_signing_out_back_shows_nothing(tab):
    walk.sign_in(tab, "hanako")
    tab.goto("/history")
    tab.get_by_role("button", name="ログアウト").click()
    tab.wait_for_load_state()
    tab.go_back()
    tab.wait_for_load_state()
    assert tab.locator("data[data-name=balance], table").count() == 0


def test_the_whole_way_in_and_out_by_keyboard(tab):
    tab.goto("/login")
    number, pin = walk.CARDS["hanako"]
    walk.tab_to(tab, "card_number")
    tab.keyboard.type(number)
    walk.tab_to(tab, "pin")
    tab.keyboard.type(pin)
    tab.keyboard.press("Enter")
    tab.wait_for_url(HOME)
    walk.tab_to(tab, "ログアウト")
    tab.keyboard.press("Enter")
    tab.get_by_role("link", name="会員ログイン").first.wait_for()
