"""Back in by mail: a locked member sets a password, a new one registers a Web-ID, with script and without."""

import time

import pytest

from tests.journeys import walk
from tests.journeys.test_every_page import SHELL
from tests.support import accessibility

PASSWORD = "Kikyou4821x"


SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script on", "script off"])


def link(tab, to, patience=10):
    """Where the newest letter to this address leads, once the worker has delivered it."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        letters = [m["text"] for m in tab.request.get("/demo/mail.json").json() if m["to"] == to]
        if letters:
            return next(word for word in letters[0].split() if "://" in word and len(word) > 60)
        time.sleep(0.05)  # not a guess at a duration: the loop ends with the letter
    raise AssertionError(f"no letter to {to} within {patience} s")


def sound(tab, script=True):
    """Nothing against the page; axe cannot look where script is off."""
    assert not (script and walk.faults_of(tab))


@SCRIPT
def test_sakura_sets_a_new_password_and_signs_in(own_site, tabs, script):
    tab = tabs.open(script=script)
    tab.goto("/login")
    tab.get_by_role("link", name="Web-ID・パスワードをお忘れの方").click()
    tab.get_by_label("Web-IDまたは会員番号").fill("sakura0401")
    tab.get_by_label("ご登録のメールアドレス").fill("sakura@example.jp")
    sound(tab, script)
    tab.get_by_role("button", name="次へ").click()
    tab.wait_for_url("**/password/reset/sent")
    sound(tab, script)
    tab.goto(link(tab, "sakura@example.jp"))
    sound(tab, script)
    tab.get_by_label("新しいパスワード", exact=True).fill(PASSWORD)
    tab.get_by_label("新しいパスワード（もう一度）", exact=True).fill(PASSWORD)
    tab.get_by_role("button", name="パスワードを変える").click()
    tab.wait_for_url("**/password/reset/done")
    sound(tab, script)
    walk.WEB_IDS["sakura"] = ("sakura0401", PASSWORD)
    walk.sign_in_by_web_id(tab, "sakura")


@SCRIPT
def test_ichiro_registers_and_signs_in(own_site, tabs, script):
    tab = tabs.open(script=script)
    tab.goto("/web-id/register")
    tab.get_by_label("会員番号", exact=True).fill("１００００００２７")
    tab.get_by_label("ご登録のメールアドレス").fill("ichiro@example.jp")
    tab.get_by_role("button", name="実行する").click()
    tab.goto(link(tab, "ichiro@example.jp"))
    tab.get_by_label("Web-ID", exact=True).fill("suzuki9602x")
    tab.get_by_label("パスワード", exact=True).fill("suzuki9602")
    tab.get_by_label("パスワード（もう一度）", exact=True).fill("suzuki9602")
    tab.get_by_role("button", name="登録する").click()
    tab.get_by_role("alert").wait_for()
    sound(tab, script)
    assert tab.get_by_label("パスワード", exact=True).input_value() == ""
    tab.get_by_label("パスワード", exact=True).fill(PASSWORD)
    tab.get_by_label("パスワード（もう一度）", exact=True).fill(PASSWORD)
    tab.get_by_role("button", name="登録する").click()
    tab.wait_for_url("**/web-id/register/done")
    walk.WEB_IDS["ichiro"] = ("suzuki9602x", PASSWORD)
    walk.sign_in_by_web_id(tab, "ichiro")


def test_the_estimate_follows_the_typing_and_sends_nothing_in_an_address(own_site, tabs):
    tab, asked = tabs.open(), []
    tab.goto("/password/reset")
    tab.get_by_label("Web-IDまたは会員番号").fill("sakura0401")
    tab.get_by_label("ご登録のメールアドレス").fill("sakura@example.jp")
    tab.get_by_role("button", name="次へ").click()
    tab.goto(link(tab, "sakura@example.jp"))
    tab.on("request", lambda request: asked.append((request.method, request.url)))
    field, told = tab.get_by_label("新しいパスワード", exact=True), tab.locator("#estimate")
    for typed, words in (("Kikyou", "8文字以上"), ("sakura0401", "Web-ID"), (PASSWORD, "使えます")):
        field.fill("")
        field.press_sequentially(typed)
        told.filter(has_text=words).wait_for()
        assert tab.evaluate("document.activeElement.id") == "password"
        assert field.input_value() == typed
        sound(tab)
    assert words in tab.locator("#status").text_content()
    assert {method for method, _ in asked} == {"POST"}
    assert not [url for _, url in asked if "Kikyou" in url or "sakura0401" in url]
    tab.get_by_role("button", name="新しいパスワードを表示", exact=True).click()
    assert field.get_attribute("type") == "text"


def test_the_validator_has_nothing_to_say_of_the_page_behind_a_link(own_site, tabs):
    tab, pages = tabs.open(), {}
    tab.goto("/web-id/register")
    tab.get_by_label("会員番号", exact=True).fill("100000027")
    tab.get_by_label("ご登録のメールアドレス").fill("ichiro@example.jp")
    tab.get_by_role("button", name="実行する").click()
    path = link(tab, "ichiro@example.jp")
    pages["choose"] = tab.request.get(path).text()
    pages["part"] = SHELL.format(tab.request.get(path, headers={"HX-Request": "true"}).text())
    pages["dead"] = tab.request.get("/web-id/register/made-up").text()
    assert not accessibility.nu(pages)
