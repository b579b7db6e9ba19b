"""The desk in a real browser: a lost card to a new one, a raise, a failed transfer; script on and off."""

import pytest
from playwright.sync_api import expect

from tests.journeys import walk
from tests.journeys.test_applications import apply_for_raise
from tests.journeys.test_every_page import SHELL
from tests.support import accessibility

SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script on", "script off"])


def sound(tab, script):
    """Nothing on the page shuts anybody out; axe itself runs only with script."""
    if script:
        assert (found := walk.faults_of(tab)) == [], "\n".join(found)


def press(tab, name):
    """Press a button of exactly these words in the page's main part."""
    tab.locator("main").get_by_role("button", name=name, exact=True).click()


def heading(tab, words):
    """Wait for the page of this heading."""
    expect(tab.get_by_role("heading", level=1)).to_have_text(words)


@SCRIPT
def test_a_card_lost_on_the_phone_leads_to_a_new_one_with_its_own_pin(own_site, tabs, script):
    one, other = tabs.open(script=script), tabs.open(script=script)
    walk.sign_in_at_desk(one)
    one.goto("/desk/members?q=ｻﾄｳ")
    one.get_by_role("link", name="佐藤 花子").click()
    one.get_by_role("link", name="カードの紛失を受け付ける").click()
    one.get_by_label("理由").fill("電話で届け出")
    press(one, "カードの紛失を受け付ける")
    heading(one, "カードの紛失を受け付ける：終わりました")
    one.goto("/desk?kind=application")
    sound(one, script)
    one.locator("main tbody").get_by_role("link").first.click()
    press(one, "引き受ける")
    expect(one.locator("main .success")).to_contain_text("引き受けました")
    press(one, "承る")
    sound(one, script)
    one.get_by_role("link", name="新しいカードを渡す").click()
    one.get_by_label("新しいカードの番号").fill("9990110200000990")
    one.get_by_label("見た書類").select_option(label="運転免許証")
    one.get_by_label("確かめた場所").fill("本店の窓口")
    one.get_by_label("理由").fill("紛失のため")
    press(one, "承認を依頼する")
    sound(one, script)
    walk.sign_in_at_desk(other, "desk2")
    other.goto("/desk/requests/1")
    press(other, "承認して行う")
    expect(other.locator("main")).to_contain_text("承認（desk2")
    one.goto("/desk/members/100000019/reissue")
    one.get_by_role("link", name="窓口の画面").click()
    press(one, "会員に画面を渡す")
    for name in ("新しい暗証番号", "新しい暗証番号（もう一度）"):
        one.get_by_label(name, exact=True).fill("5839")
    press(one, "この番号に決める")
    expect(one.locator("main").get_by_role("button", name="窓口に戻る")).to_be_visible()
    other.goto("/desk")
    expect(other.locator("main")).to_contain_text("待っている案件はありません")
    sound(other, script)
    member = tabs.open()
    walk.CARDS["hanako again"] = ("9990110200000990", "5839")
    walk.sign_in(member, "hanako again")


@SCRIPT
def test_an_application_is_taken_looked_at_beside_its_paper_and_agreed_to(own_site, tabs, script):
    member, one = tabs.open(), tabs.open(script=script)
    walk.sign_in(member, "hanako")
    apply_for_raise(member)
    walk.sign_in_at_desk(one)
    one.get_by_role("link", name="受付箱").first.click()
    one.get_by_role("link", name="お申し込み 1").click()
    press(one, "引き受ける")
    expect(one.locator("main .success")).to_contain_text("引き受けました")
    expect(one.locator("[aria-labelledby=third]")).to_contain_text("1,400,000円")
    photo = one.locator("[aria-labelledby=papers] img")
    assert one.request.get(photo.get_attribute("src")).headers["content-type"] == "image/jpeg"
    sound(one, script)
    one.get_by_label("承る利用限度額").fill("３００")
    press(one, "承る")
    expect(one.get_by_role("alert")).to_contain_text("A-17")
    sound(one, script)
    one.get_by_label("承る利用限度額").fill("550,000")
    press(one, "承る")
    expect(one.locator("main .success")).to_contain_text("会員に知らせました")
    sound(one, script)
    member.goto("/applications/1")
    expect(member.locator("main")).to_contain_text("利用限度額が550,000円になりました")


@SCRIPT
def test_a_transfer_that_failed_is_told_to_its_member(own_site, tabs, script):
    member, one = tabs.open(), tabs.open(script=script)
    member.goto("/demo/bank")
    member.locator("[name=refusal]").select_option("no_account")
    member.get_by_role("button", name="変える").click()
    walk.sign_in(member, "hanako")
    member.goto("/borrow?amount=20000")
    member.goto("/borrow/confirm?amount=20000")
    member.get_by_role("button", name="借りる").click()
    walk.sign_in_at_desk(one)
    for _ in range(50):
        one.goto("/desk?kind=transfer")
        if one.get_by_role("link", name="送金 1").count():
            break
        one.wait_for_timeout(100)
    one.get_by_role("link", name="送金 1").click()
    expect(one.locator("main")).to_contain_text("できなかった")
    sound(one, script)
    one.get_by_label("会員へのメッセージ").fill("ご登録の口座をお確かめください。")
    press(one, "メッセージを送る")
    expect(one.locator("main .success")).to_contain_text("会員にメッセージを送りました")
    sound(one, script)
    member.goto("/messages")
    member.get_by_role("link", name="新しい返事").click()
    expect(member.locator("main")).to_contain_text("ご登録の口座をお確かめください。")


def test_the_queue_asks_anew_by_itself_and_the_focus_stays(own_site, tabs):
    one, member = tabs.open(), tabs.open()
    walk.sign_in(member, "hanako")
    walk.sign_in_at_desk(one)
    one.clock.install()
    one.goto("/desk")
    link = one.get_by_role("link", name="いまの状態にする")
    link.focus()
    apply_for_raise(member)
    one.clock.run_for(31_000)
    expect(one.locator("#queue")).to_contain_text("お申し込み 1")
    expect(link).to_be_focused()


def test_two_people_at_one_case_see_each_other_without_losing_what_they_type(own_site, tabs):
    member, one, other = tabs.open(), tabs.open(), tabs.open()
    walk.sign_in(member, "hanako")
    apply_for_raise(member)
    walk.sign_in_at_desk(one)
    one.clock.install()
    one.goto("/desk/cases/1")
    one.get_by_label("書きとめること").fill("書きかけの文")
    walk.sign_in_at_desk(other, "desk2")
    other.goto("/desk/cases/1")
    expect(other.locator("#presence")).to_contain_text("desk1さんも")
    press(other, "引き受ける")
    expect(other.locator("main .success")).to_contain_text("引き受けました")
    one.clock.run_for(21_000)
    expect(one.locator("#presence")).to_contain_text("desk2さんも")
    expect(one.locator("#presence")).to_contain_text("見ているあいだに動きました")
    expect(one.get_by_label("書きとめること")).to_be_focused()
    press(one, "書きとめる")
    expect(one.get_by_role("alert")).to_contain_text("この案件が動きました")
    assert one.get_by_label("書きとめること").input_value() == "書きかけの文"
    press(one, "書きとめる")
    expect(one.locator("main .success")).to_contain_text("書きとめました")


def test_a_case_is_taken_and_noted_on_by_the_keyboard_alone(own_site, tabs):
    member, one = tabs.open(), tabs.open()
    walk.sign_in(member, "hanako")
    apply_for_raise(member)
    walk.sign_in_at_desk(one)
    one.goto("/desk")
    walk.tab_to(one, "お申し込み 1")
    one.keyboard.press("Enter")
    heading(one, "お申し込み 1")
    walk.tab_to(one, "引き受ける")
    one.keyboard.press("Enter")
    expect(one.locator("main .success")).to_contain_text("引き受けました")
    walk.tab_to(one, "note")
    one.keyboard.type("電話で確かめた")
    walk.tab_to(one, "書きとめる")
    one.keyboard.press("Enter")
    expect(one.locator("main")).to_contain_text("電話で確かめた")


@pytest.mark.parametrize("look", walk.LOOKS)
def test_no_state_of_a_case_shuts_anybody_out(own_site, tabs, look):
    member, one = tabs.open(), tabs.open(**walk.LOOKS[look])
    walk.sign_in(member, "hanako")
    apply_for_raise(member)
    member.goto("/messages/new?topic=card")
    member.locator("[name=message]").fill("カードが折れました")
    member.get_by_role("button", name="送る").click()
    member.goto("/misuse/transactions?entry=18")
    member.get_by_role("button", name="届けて、すべて止める").click()
    member.get_by_role("heading", name="覚えのない取引の届け出", exact=True).wait_for()
    walk.sign_in_at_desk(one)
    found, pages = [], {}
    for path in ("/desk", "/desk/cases/1", "/desk/cases/2", "/desk/cases/3", "/desk/cases/3/presence"):
        one.goto(path)
        found += walk.faults_of(one)
        pages[path] = one.request.get(path).text()
        pages[f"part of {path}"] = SHELL.format(one.request.get(path, headers={"HX-Request": "true"}).text())
    found += accessibility.nu(pages)
    assert not found, "\n".join(found)
