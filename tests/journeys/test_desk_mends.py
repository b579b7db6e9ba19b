"""What goes wrong and is set right at the desk, in one walk each; and a clerk's own passkey."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from madoguchi.adapters.clock import ShiftedClock
from tests.journeys import walk
from tests.journeys.test_desk import heading, press, sound
from tests.journeys.test_passkeys import with_authenticator

SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script on", "script off"])
MISAKI = "/desk/members/100000035"


def tell(tab, *names):
    """Tick what the caller told."""
    for name in names:
        tab.get_by_label(name, exact=True).check()


def next_code(site, tab, name):
    """What a colleague's app shows a minute on: a code is good for one act."""
    shown = before = code_of(tab, name)
    ShiftedClock(site.data / "clock").move(timedelta(minutes=1))
    while shown == before:
        shown = code_of(tab, name)
    return shown


def code_of(tab, name):
    """What a colleague's app shows."""
    told = tab.request.get("/demo").text()
    return re.search(rf'aria-labelledby="{name}".*?いまの6桁.*?(\d{{6}})', told, re.S)[1]


@SCRIPT
def test_a_member_locked_out_by_wrong_pins_calls_and_is_in_again(own_site, tabs, script):
    member, clerk = tabs.open(script=script), tabs.open(script=script)
    walk.sign_in(member, "daisuke")
    member.goto("/logout")
    member.get_by_role("button", name="ログアウトする").click()
    for _ in range(3):
        walk.sign_in(member, "daisuke", "0000")
        member.get_by_text(re.compile("あと[12]回|いま、利用を止めました")).first.wait_for()
    sound(member, script)
    walk.sign_in_at_desk(clerk)
    clerk.goto("/desk/members")
    clerk.locator("main [name=q]").fill("ﾅｶﾑﾗ")
    press(clerk, "さがす")
    sound(clerk, script)
    clerk.locator("main").get_by_role("link", name=re.compile("大輔")).first.click()
    sound(clerk, script)
    clerk.get_by_role("link", name="カードの停止を解く", exact=True).click()
    press(clerk, "カードの停止を解く")
    expect(clerk.get_by_role("alert").first).to_contain_text("できませんでした")
    sound(clerk, script)
    tell(clerk, "お名前", "生年月日", "電話番号")
    clerk.get_by_label("理由").fill("暗証番号を間違えたとのお電話")
    press(clerk, "カードの停止を解く")
    heading(clerk, "カードの停止を解く：終わりました")
    sound(clerk, script)
    walk.sign_in(member, "daisuke")
    member.goto("/settings/security")
    sound(member, script)


@SCRIPT
def test_a_wrong_posting_is_asked_back_by_one_and_approved_by_another(own_site, tabs, script):
    member, one, other = tabs.open(script=script), tabs.open(script=script), tabs.open(script=script)
    walk.sign_in_at_desk(one)
    one.goto(f"{MISAKI}/adjustment")
    one.locator("[name=entry]").select_option(index=1)
    one.get_by_label("見た書類").select_option(label="運転免許証")
    one.get_by_label("確かめた場所").fill("本店の窓口")
    one.get_by_label("理由").fill("別の方の入金でした")
    press(one, "結果を見る")
    expect(one.get_by_role("heading", name="行うとこうなります")).to_be_visible()
    sound(one, script)
    press(one, "承認を依頼する")
    expect(one.get_by_text("ご自分が出した依頼は、ほかの承認者が決めます。")).to_be_visible()
    assert one.locator("main").get_by_role("button", name="承認して行う").count() == 0
    sound(one, script)
    walk.sign_in_at_desk(other, "desk2")
    other.goto("/desk/requests")
    sound(other, script)
    other.locator("main tbody").get_by_role("link").first.click()
    press(other, "承認して行う")
    expect(other.locator("main")).to_contain_text("承認（desk2")
    sound(other, script)
    walk.sign_in(member, "misaki")
    member.goto("/history")
    expect(member.locator("main")).to_contain_text("取り消し")
    sound(member, script)
    member.goto("/letters")
    expect(member.locator("main")).to_contain_text("訂正")
    sound(member, script)


def test_a_clerk_makes_a_passkey_and_signs_in_by_it_alone(own_site, tabs):
    clerk = tabs.open()
    with_authenticator(clerk)
    walk.sign_in_at_desk(clerk)
    clerk.get_by_role("link", name="パスキー").click()
    heading(clerk, "パスキー")
    assert not walk.faults_of(clerk)
    clerk.get_by_label("パスキーの名前").fill("事務所のパソコン")
    clerk.get_by_label("パスワード", exact=True).fill("Madoguchi-desk-1")
    clerk.get_by_label("認証アプリの番号").fill("000000")
    press(clerk, "パスキーを作る")
    expect(clerk.get_by_role("alert").first).to_contain_text("パスワードと番号の組み合わせが違います")
    assert not walk.faults_of(clerk)
    clerk.get_by_label("パスワード", exact=True).fill("Madoguchi-desk-1")
    clerk.get_by_label("認証アプリの番号").fill(next_code(own_site, clerk, "desk1"))
    press(clerk, "パスキーを作る")
    expect(clerk.locator("main .success")).to_contain_text("パスキーを登録しました")
    clerk.get_by_role("button", name="ログアウト").click()
    heading(clerk, "社内の窓口にログイン")
    assert not walk.faults_of(clerk)
    press(clerk, "パスキーでログイン")
    heading(clerk, "社内の窓口")
