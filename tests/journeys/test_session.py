"""The end of a session: put off without losing what is typed or shown once, and told when it has come."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import walk
from tests.journeys.test_passkeys import step_up
from tests.journeys.test_recovery import SCRIPT, sound
from tests.support import accessibility, browser

QUARTER = 15 * 60 * 1000
EXTENDED = re.compile(r"\d+:\d\dまで延長しました")


def extend(tab, script):
    """Presses 延長する and comes back to the tab that one was on."""
    button = tab.get_by_role("button", name="延長する")
    if script:
        button.focus()
        tab.keyboard.press("Enter")
        expect(tab.get_by_role("status")).to_have_text(EXTENDED)
        assert browser.focused(tab).startswith("button#extend")
        return
    assert "".join(button.inner_text().split()) == "延長する（新しいタブで開きます）"
    with tab.context.expect_page() as opened:
        button.click()
    expect(opened.value.locator("h1")).to_have_text(EXTENDED)
    expect(opened.value.locator("main")).to_contain_text("このタブを閉じて、もとの画面にお戻りください")
    opened.value.close()


@SCRIPT
@pytest.mark.parametrize(("path", "field", "typed"), [
    ("/borrow", "amount", "12000"), ("/interest", "on", "2026-12-01"), ("/history", "from", "2026-10-01"),
])  # fmt: skip
def test_extending_keeps_what_is_typed(tabs, script, path, field, typed):
    tab = tabs.open(script=script)
    walk.sign_in(tab, "hanako")
    tab.goto(path)
    typing = tab.locator(f"main [name={field}]").first
    if not typing.is_visible():
        tab.locator("main summary").first.click()
    typing.fill(typed)
    extend(tab, script)
    expect(typing).to_have_value(typed)
    assert tab.url.endswith(path)


@SCRIPT
def test_extending_keeps_a_page_that_answered_a_form(own_site, tabs, script):
    tab = tabs.open(script=script)
    walk.sign_in(tab, "hanako")
    tab.goto("/settings/security/second-step")
    tab.get_by_label("2段階認証を使うとき").select_option("always")
    tab.get_by_role("button", name="変更する").click()
    step_up(own_site, tab)
    tab.get_by_role("button", name="お手続きを続ける").click()
    expect(tab.locator("h1")).to_have_text("2段階認証を始めました")
    codes = tab.locator("main code").all_inner_texts()
    extend(tab, script)
    assert len(codes) == 10
    assert tab.locator("main code").all_inner_texts() == codes


def later(tabs):
    """The site's clock goes on by an hour."""
    door = tabs.open()
    door.goto("/demo")
    door.locator("#days").fill("0")
    door.locator("#hours").fill("1")
    door.get_by_role("button", name="進める").click()
    door.wait_for_url(re.compile("done=clock"))


@SCRIPT
def test_when_the_time_is_up_sign_in_says_so_and_leads_back(own_site, tabs, script):
    tab = tabs.open(script=script, size=browser.PHONE)
    if script:
        tab.clock.install()
    walk.sign_in(tab, "hanako")
    tab.goto("/history?kind=repayment")
    later(tabs)
    if script:
        tab.clock.fast_forward(QUARTER + 5000)  # nobody presses anything
    else:
        tab.reload()
    expect(tab).to_have_url(re.compile("/login"))
    expect(tab.locator("#gone h2")).to_have_text("時間がたったため、ログアウトしました")
    expect(tab.locator("#gone")).to_contain_text("続きから進めます")
    assert tab.locator("table").count() == 0
    sound(tab, script)
    come_back(tab)
    tab.wait_for_url("**/history?kind=repayment")


def come_back(tab):
    """Signs in again where the page has given way."""
    number, pin = walk.CARDS["hanako"]
    tab.get_by_label("カード番号", exact=True).fill(number)
    tab.get_by_label("暗証番号", exact=True).fill(pin)
    tab.get_by_role("button", name="カード番号でログイン").click()


def test_the_page_gives_way_by_one_navigation_not_by_two_that_abort_each_other(own_site, tabs):
    tab = tabs.open()
    tab.clock.install()
    walk.sign_in(tab, "hanako")
    later(tabs)
    gone = []
    tab.on("request", lambda asked: gone.append(asked.url) if asked.is_navigation_request() else None)
    tab.clock.fast_forward(QUARTER + 5000)
    expect(tab.locator("#gone h2")).to_be_visible()
    assert [url.partition("/login")[2] for url in gone] == ["?next=/home"]


def test_a_session_put_off_in_another_tab_does_not_end_this_one(tabs):
    tab = tabs.open()
    tab.clock.install()
    walk.sign_in(tab, "hanako")
    tab.goto("/interest")
    tab.locator("main [name=on]").first.fill("2026-12-01")
    tab.clock.fast_forward(QUARTER + 5000)  # the site's own clock has not moved: it says that there is time
    expect(tab.locator("#session")).not_to_have_class(re.compile("soon"))
    expect(tab.locator("main [name=on]").first).to_have_value("2026-12-01")
    assert tab.url.endswith("/interest")


def test_what_was_typed_and_not_sent_stands_in_its_fields_again_after_signing_in(own_site, tabs):
    tab = tabs.open()
    tab.clock.install()
    walk.sign_in(tab, "hanako")
    tab.goto("/history?kind=repayment")
    tab.locator("main summary").first.click()
    tab.locator("main [name=from]").fill("2026-10-01")
    tab.locator("main [name=kind]").select_option("drawdown")
    later(tabs)
    tab.clock.fast_forward(QUARTER + 5000)
    expect(tab.locator("#gone h2")).to_be_visible()
    come_back(tab)
    expect(tab.locator("main [name=from]")).to_have_value("2026-10-01")
    expect(tab.locator("main [name=kind]")).to_have_value("drawdown")
    expect(tab.get_by_role("status")).to_contain_text("もとの欄に戻しました")
    assert tab.url.endswith("/history?kind=repayment")


def test_without_an_answer_nothing_private_is_left(tabs):
    tab = tabs.open()
    tab.clock.install()
    walk.sign_in(tab, "hanako")
    tab.route("**/session/extend", lambda route: route.abort())
    tab.clock.fast_forward(QUARTER - 60_000)
    expect(tab.locator("#session")).to_have_class(re.compile("soon"))
    with tab.expect_request(re.compile("/login")):
        tab.clock.fast_forward(70_000)
    assert all("Failed to fetch" in said for said in tabs.complaints)  # as it was made to
    tabs.complaints.clear()


def test_the_page_of_the_new_tab_shuts_nobody_out(tabs):
    tab = tabs.open(size=browser.NARROWEST)
    walk.sign_in(tab, "hanako")
    tab.goto("/session/extend")
    sound(tab)
    assert not accessibility.nu({"extended": tab.request.get("/session/extend").text()})
