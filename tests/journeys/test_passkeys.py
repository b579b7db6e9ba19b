"""Passkeys in a real Chromium with a virtual authenticator: made in the settings, then the whole way in."""

import json
import re
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.journeys import walk

HOME = "/settings/security/second-step"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_authenticator(tab):
    """Plug a virtual authenticator into a tab; returns the DevTools session and its id."""
    tools = tab.context.new_cdp_session(tab)
    tools.send("WebAuthn.enable")
    made = tools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return tools, made["authenticatorId"]


def newest_code(site, tab):
    """The code that came last to the demo's mailbox, waited for."""
    for _ in range(40):
        with urllib.request.urlopen(site.at("/demo/mail.json"), timeout=5) as answer:
            mails = json.load(answer)
        for mail in mails[:2]:  # a code overtakes the news of a sign-in, which then lies above it
            if found := re.search(r"^(\d{6})$", mail["text"], re.MULTILINE):
                return found[1]
        tab.wait_for_timeout(250)
    raise AssertionError("no code came")


def step_up(site, tab):
    """Type the mailed code before a sensitive act."""
    expect(tab.locator("h1")).to_have_text("ご本人の確認")
    if "お送りしました" not in tab.locator("main").inner_text():
        tab.get_by_role("button", name="メールでコードを送る").click()
        expect(tab.get_by_text("新しいコードをお送りしました")).to_be_visible()
    tab.get_by_label("確認コード").fill(newest_code(site, tab))
    tab.get_by_role("button", name="確認する", exact=True).click()


def register(site, tab):
    """Make a passkey as Hanako."""
    walk.sign_in(tab, "hanako")
    tab.goto(HOME)
    tab.get_by_role("link", name="パスキーを登録する").click()
    step_up(site, tab)
    expect(tab.locator("h1")).to_have_text("パスキーの登録")
    tab.get_by_label("パスキーの名前").fill("自分のスマホ")
    tab.get_by_role("button", name="パスキーを作る").click()
    expect(tab.get_by_text("パスキーを登録しました")).to_be_visible()


def test_a_passkey_is_made_and_then_signs_in_by_itself(own_site, tabs):
    tab = tabs.open()
    tools, key = with_authenticator(tab)
    register(own_site, tab)
    expect(tab.get_by_text("自分のスマホ")).to_be_visible()
    assert not walk.faults_of(tab)
    (made,) = tools.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
    assert (made["rpId"], made["isResidentCredential"]) == ("localhost", True)
    tab.get_by_role("button", name="ログアウト").click()
    tab.goto("/login?next=/history")
    tab.get_by_role("button", name="パスキーでログイン").click()
    expect(tab.locator("h1")).to_have_text("取引履歴")


def test_a_passkey_is_offered_among_the_suggestions_for_the_web_id(own_site, tabs):
    tab = tabs.open()
    with_authenticator(tab)
    register(own_site, tab)
    tab.get_by_role("button", name="ログアウト").click()
    tab.goto("/login?next=/interest")
    assert tab.evaluate("PublicKeyCredential.isConditionalMediationAvailable()")
    field = tab.get_by_label("Web-ID", exact=True)
    expect(field).to_have_attribute("autocomplete", "username webauthn")
    field.focus()  # the authenticator answers the browser's offer as a member does who chooses it
    expect(tab.locator("h1")).to_have_text("利息照会")
    tab.goto("/settings/security")
    assert "パスキー" in tab.get_by_role("table").last.inner_text()


def test_a_passkey_is_the_second_step_and_a_removed_one_is_nothing(own_site, tabs):
    tab = tabs.open()
    with_authenticator(tab)
    register(own_site, tab)
    tab.get_by_label("2段階認証を使うとき").select_option("always")
    tab.get_by_role("button", name="変更する").click()
    expect(tab.locator("h1")).to_have_text("2段階認証を始めました")
    tab.get_by_role("button", name="ログアウト").click()
    walk.sign_in(tab, "hanako", secret=walk.CARDS["hanako"][1])
    expect(tab.locator("h1")).to_have_text("もう1つの確認")
    assert not walk.faults_of(tab)
    tab.get_by_role("button", name="パスキーで確認する").click()
    tab.wait_for_url("**/home")
    tab.goto(HOME)
    tab.get_by_role("button", name="登録を消す").click()
    expect(tab.get_by_text("パスキーの登録を消しました")).to_be_visible()
    tab.get_by_role("button", name="ログアウト").click()
    tab.goto("/login")
    tab.get_by_role("button", name="パスキーでログイン").click()
    expect(tab.locator("h1")).to_have_text("パスキーでログインできませんでした")


@pytest.mark.parametrize("script", [True, False], ids=["script on", "script off"])
def test_a_mailed_code_is_enough_with_script_and_without(own_site, tabs, script):
    tab = tabs.open(script=script)
    walk.sign_in(tab, "hanako")
    tab.goto(HOME)
    tab.get_by_label("2段階認証を使うとき").select_option("always")
    tab.get_by_role("button", name="変更する").click()
    step_up(own_site, tab)
    tab.get_by_role("button", name="お手続きを続ける").click()
    expect(tab.locator("h1")).to_have_text("2段階認証を始めました")
    if script:
        assert not walk.faults_of(tab)
    recovery = tab.locator("code").first.inner_text()
    tab.get_by_role("button", name="ログアウト").click()
    walk.sign_in(tab, "hanako", secret=walk.CARDS["hanako"][1])
    expect(tab.locator("h1")).to_have_text("もう1つの確認")
    tab.get_by_role("link", name="控えておいた回復コードを使う").click()
    tab.get_by_label("確認コード").fill(recovery)
    tab.get_by_role("button", name="確認する", exact=True).click()
    tab.wait_for_url("**/home")
