"""A card that wrong PINs held is freed by a mailed code, a PIN and a password, with script and without."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.journeys import walk
from tests.journeys.test_passkeys import register, with_authenticator
from tests.support import accessibility

CARD, PIN = walk.CARDS["daisuke"]


def mailed_code(tab, patience=10, to="daisuke@example.jp", but=""):
    """The code in the newest letter to this address that has one, once the worker has delivered it.

    `but` is an older one that is not meant.
    """
    until = time.monotonic() + patience
    while time.monotonic() < until:
        for mail in tab.request.get("/demo/mail.json").json():
            code = re.search(r"^\d{6}$", mail["text"], re.M) if mail["to"] == to else None
            if code and code[0] == but:
                break  # the one that is meant has not come yet
            if code:
                return code[0]
        time.sleep(0.05)  # not a guess at a duration: the loop ends with the letter
    raise AssertionError(f"no code within {patience} s")


@pytest.mark.parametrize("script", [True, False], ids=["script on", "script off"])
def test_daisuke_frees_his_card_and_is_in_at_once(own_site, tabs, script):
    tab = tabs.open(script=script)
    walk.sign_in(tab, "daisuke")
    tab.goto("/logout")
    tab.get_by_role("button", name="ログアウトする").click()
    for _ in range(3):
        walk.sign_in(tab, "daisuke", "0000")
        tab.get_by_text(re.compile("あと[12]回|いま、利用を止めました")).first.wait_for()
    tab.get_by_role("link", name="メールで届く確認コードで解除する").click()
    assert not (script and walk.faults_of(tab))
    tab.get_by_label("カード番号", exact=True).fill(CARD)
    tab.get_by_role("button", name="確認コードを送る").first.click()
    tab.wait_for_url("**/login/with-code")
    assert not (script and walk.faults_of(tab))
    tab.get_by_label("確認コード", exact=True).fill(mailed_code(tab))
    tab.get_by_label("暗証番号", exact=True).fill(PIN)
    tab.get_by_label("Web-IDのパスワード", exact=True).fill("Tanpopo821")
    tab.get_by_role("button", name="再開してログイン").click()
    tab.wait_for_url("**/home")


@pytest.mark.parametrize("script", [True, False], ids=["script on", "script off"])
def test_whoever_showed_the_mailed_code_can_have_one_by_sms_and_needs_no_password(own_site, tabs, script):
    tab = tabs.open(script=script)
    tab.goto("/login/unlock")
    tab.get_by_label("カード番号", exact=True).fill("9990110000000055")  # Sakura's, held for guessing
    tab.get_by_role("button", name="確認コードを送る").first.click()
    tab.get_by_label("確認コード", exact=True).fill(mailed_code(tab, to="sakura@example.jp"))
    tab.get_by_role("button", name="再開してログイン").click()
    expect(tab.locator("h1")).to_have_text("続きを入れてください")
    assert not (script and walk.faults_of(tab))
    assert not accessibility.nu({"proved": tab.request.get("/login/with-code").text()})
    tab.get_by_role("button", name="SMSでコードを送る").click()
    expect(tab.get_by_text("SMSで6桁のコードをお送りしました")).to_be_visible()
    tab.get_by_label("もう1つのコード").fill(mailed_code(tab, to="090-0000-0051"))
    tab.get_by_role("button", name="再開してログイン").click()
    expect(tab.get_by_text("カードの利用を再開しました")).to_be_visible()
    tab.get_by_label("暗証番号", exact=True).fill("8264")
    tab.get_by_role("button", name="再開してログイン").click()
    tab.wait_for_url("**/home")


def test_a_passkey_frees_the_card(own_site, tabs):
    tab = tabs.open()
    with_authenticator(tab)
    register(own_site, tab)
    used = mailed_code(tab, to="hanako@example.jp")
    tab.get_by_role("button", name="ログアウト").click()
    for _ in range(3):
        walk.sign_in(tab, "hanako", "0000")
        tab.get_by_text(re.compile("あと[12]回|いま、利用を止めました")).first.wait_for()
    tab.goto("/login/unlock")
    tab.get_by_label("カード番号", exact=True).fill(walk.CARDS["hanako"][0])
    tab.get_by_role("button", name="確認コードを送る").first.click()
    expect(tab.locator("h1")).to_have_text("確認コードを入れてください")
    tab.get_by_label("確認コード", exact=True).fill(mailed_code(tab, to="hanako@example.jp", but=used))
    tab.get_by_role("button", name="再開してログイン").click()
    tab.get_by_role("button", name="パスキーで再開する").click()
    expect(tab.get_by_text("カードの利用を再開しました")).to_be_visible()
    assert not walk.faults_of(tab)


def test_the_validator_has_nothing_to_say_of_its_pages(tabs):
    tab, pages = tabs.open(), {}
    tab.goto("/login/unlock")
    tab.get_by_label("カード番号", exact=True).fill("9990119999999999")
    tab.get_by_role("button", name="確認コードを送る").first.click()
    tab.wait_for_url("**/login/with-code")
    for path in ("/login/unlock", "/login/with-code"):
        pages[path] = tab.request.get(path).text()
    assert not accessibility.nu(pages)
