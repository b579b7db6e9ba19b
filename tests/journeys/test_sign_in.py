"""Signing in, being refused, being held, and leaving: in a real browser, with script and without."""

import re

from tests.journeys import walk
from tests.support import browser

WRONG = "0000"
HOME = re.compile(r"/home$")


def test_a_member_signs_in_by_card_and_sees_what_is_owed(tab):
    walk.sign_in(tab, "hanako")
    assert int(tab.locator("data[data-name=balance]").get_attribute("value")) > 0
    assert "佐藤 花子" in tab.locator("h1").inner_text()


def test_a_member_signs_in_by_web_id(tab):
    name, secret = walk.WEB_IDS["hanako"]
    tab.goto("/login")
    tab.get_by_label("Web-ID", exact=True).fill(name)
    tab.get_by_label("パスワード", exact=True).fill(secret)
    tab.get_by_role("button", name="Web-IDでログイン").click()
    tab.wait_for_url(HOME)


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


def test_a_wrong_pin_is_told_calmly_and_can_be_corrected(own_site, tabs):
    for script in (True, False):
        tab = tabs.open(script=script)
        walk.sign_in(tab, "daisuke", secret=WRONG)
        tab.get_by_role("alert").first.wait_for()
        assert tab.get_by_label("暗証番号", exact=True).input_value() == ""
        if script:
            assert browser.focused(tab).split()[0] not in ("body", "")
        assert not walk.faults_of(tab) if script else True


def test_three_wrong_pins_on_a_known_device_hold_the_card(own_site, tabs):
    for script, who in ((True, "hanako"), (False, "misaki")):
        tab = tabs.open(script=script)
        walk.sign_in(tab, who)
        tab.get_by_role("button", name="ログアウト").click()
        for _ in range(3):
            walk.sign_in(tab, who, secret=WRONG)
            tab.get_by_role("alert").or_(tab.locator("main .notice")).first.wait_for()
        walk.sign_in(tab, who, secret=walk.CARDS[who][1])  # even the right one is refused now
        tab.get_by_text("0120").first.wait_for()
        assert not HOME.search(tab.url)


def test_a_stranger_is_told_when_to_come_back(own_site, tabs):
    for script, who in ((True, "hanako"), (False, "misaki")):
        tab = tabs.open(script=script)
        for _ in range(4):
            walk.sign_in(tab, who, secret=WRONG)
            tab.locator("main").get_by_text(re.compile("もう一度|違って|以降")).first.wait_for()
        assert re.search(r"\d+:\d\d\s*以降", tab.locator("main").inner_text())
        assert "Web-ID" in tab.locator("main").inner_text()


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
