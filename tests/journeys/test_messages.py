"""A question to the desk from its topic to the answer, with files, with script and without."""

import json

import pytest
from playwright.sync_api import expect

from tests.journeys import walk
from tests.support import files

PHOTO = {"name": "給与明細.jpg", "mimeType": "image/jpeg", "buffer": files.jpeg()}
SCRIPT = {"name": "写真.jpg", "mimeType": "image/jpeg", "buffer": b"<html><script>alert(1)</script>"}


@pytest.fixture(params=[True, False], ids=["script on", "script off"])
def tab(request, tabs, own_site):
    """One tab on a site of its own."""
    return tabs.open(script=request.param)


def write(tab, text, *sent):
    """Fill the form that stands there and send it."""
    tab.locator("[name=message]").fill(text)
    tab.locator("[name=files]").set_input_files(list(sent))
    tab.get_by_role("button", name="送る").click()


def letters(tab):
    """Everything that came by mail."""
    return json.loads(tab.request.get("/demo/mail.json").text())


def test_a_member_asks_with_a_file_is_answered_and_told_by_mail(tab, tabs):
    walk.sign_in(tab, "hanako")
    tab.goto("/messages")
    tab.get_by_role("link", name="新しいメッセージを書く").click()
    tab.get_by_role("link", name="ご返済・お支払い").click()
    expect(tab.locator("main")).to_contain_text("電話がいちばん早く決まります")
    write(tab, "残る文", SCRIPT)
    expect(tab.locator("#files-error")).to_contain_text("受け取れる種類ではありません")
    assert tab.locator("[name=message]").input_value() == "残る文"
    write(tab, "給料日が\n変わりました", PHOTO)
    expect(tab.locator("main .success")).to_contain_text("担当者に届いています")
    photo = tab.request.get(tab.get_by_role("link", name="給与明細.jpg").get_attribute("href"))
    assert photo.headers["content-type"] == "image/jpeg"
    at_desk = tabs.open()
    walk.sign_in_at_desk(at_desk)
    at_desk.goto("/desk")
    at_desk.get_by_role("link", name="メッセージ 1").click()
    at_desk.locator("[name=message]").fill("承りました。")
    at_desk.get_by_role("button", name="返事を送る").click()
    expect(at_desk.locator("main")).to_contain_text("メッセージを送りました")
    tab.goto("/messages")
    tab.get_by_role("link", name="新しい返事").click()
    expect(tab.locator("main")).to_contain_text("承りました。")
    for _ in range(50):
        told = [letter for letter in letters(tab) if letter["subject"] == "お問い合わせに返事があります"]
        if told:
            assert "承りました" not in told[0]["text"]
            return
        tab.wait_for_timeout(100)
    raise AssertionError("no letter came")


def test_anybody_asks_and_sees_the_phone_first_for_payments(tab, request):
    tab.goto("/contact")
    tab.locator("[name=name_kana]").fill("ヤマダ タロウ")
    tab.locator("[name=topic]").select_option("repay")
    if "script on" in request.node.name:
        expect(tab.locator("#for-topic")).to_contain_text("電話がいちばん早く決まります")
        assert tab.locator("[name=name_kana]").input_value() == "ヤマダ タロウ"
    tab.locator("[name=email]").fill("taro@example.jp")
    tab.locator("[name=message]").fill("支払いのことで相談したい")
    tab.locator("#ask").get_by_role("button").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("お問い合わせを受け付けました")
    for _ in range(50):
        told = [letter for letter in letters(tab) if letter["to"] == "taro@example.jp"]
        if told:
            assert "相談" not in told[0]["text"]
            return
        tab.wait_for_timeout(100)
    raise AssertionError("no letter came")


def test_the_count_of_letters_goes_on_while_one_types(tabs, own_site):
    tab = tabs.open()
    walk.sign_in(tab, "hanako")
    tab.goto("/messages/new?topic=other")
    tab.locator("[name=message]").fill("あいうえお")
    expect(tab.locator("#message-left")).to_have_text("あと1,995文字")
    tab.locator("[name=message]").fill("あ" * 2003)
    expect(tab.locator("#message-left")).to_have_text("3文字多くなっています")


def test_no_state_of_a_thread_shuts_anybody_out(tabs, own_site):
    tab, found = tabs.open(), []
    tab.goto("/contact")
    tab.locator("#ask").get_by_role("button").click()
    found += walk.faults_of(tab)
    walk.sign_in(tab, "hanako")
    tab.goto("/messages/new?topic=repay")
    write(tab, "残る文", SCRIPT)
    found += walk.faults_of(tab)
    write(tab, "給料日が\n変わりました", PHOTO)
    found += walk.faults_of(tab)
    at_desk = tabs.open()
    walk.sign_in_at_desk(at_desk)
    at_desk.goto("/desk/cases/1")
    found += walk.faults_of(at_desk)
    at_desk.locator("[name=message]").fill("承りました。")
    at_desk.get_by_role("button", name="返事を送る").click()
    expect(at_desk.locator("main")).to_contain_text("メッセージを送りました")
    for path in ("/messages", "/messages/1"):
        tab.goto(path)
        found += walk.faults_of(tab)
    assert not found, "\n".join(found)
