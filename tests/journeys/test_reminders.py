"""Reminders from the choice to the letter, discreet ones too, with script and without."""

import pytest
from playwright.sync_api import expect

from tests.journeys import walk

SUBJECT = "11月25日（水）のご返済のお知らせ"


@pytest.fixture(params=[True, False], ids=["script on", "script off"])
def tab(request, own_site, tabs):
    """One tab on a site of its own."""
    return tabs.open(script=request.param)


def move(tab, days):
    """Let days pass in the demo."""
    tab.goto("/demo")
    tab.locator("[name=days]").fill(str(days))
    tab.get_by_role("button", name="進める").click()
    expect(tab.locator("main")).to_contain_text("時計を進め")


def newest(tab, words):
    """The newest mail with these words, as soon as it has come."""
    for _ in range(80):
        for mail in tab.request.get("/demo/mail.json").json():
            if words in mail["text"]:
                return mail
        tab.wait_for_timeout(100)
    raise AssertionError("no letter came")


def test_a_member_chooses_is_reminded_discreetly_and_reads_the_whole_behind_sign_in(tab):
    walk.sign_in(tab, "hanako")
    tab.goto("/settings/reminders")
    expect(tab.locator("main")).to_contain_text("11月22日 10:00 ごろに、お知らせをお送りします")
    tab.get_by_label("ご返済日のお知らせ").select_option("4")
    tab.get_by_label("お送りする時刻").select_option("9")
    tab.get_by_label("メールに、会社の名前と内容をのせない").check()
    tab.get_by_role("button", name="この内容にする").click()
    expect(tab.get_by_role("heading", name="設定を変えました")).to_be_visible()
    expect(tab.locator("main")).to_contain_text("11月21日 9:00 ごろ")
    move(tab, 2)
    mail = newest(tab, "お早めに")
    assert mail["subject"] == "お知らせがあります"
    assert "円" not in mail["text"]
    walk.sign_in(tab, "hanako")
    tab.goto("/letters")
    tab.get_by_role("link", name=SUBJECT).click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(SUBJECT)
    expect(tab.locator("article")).to_contain_text("お支払いいただく額：9,000円")


def test_the_page_after_a_choice_and_a_letter_shut_nobody_out(tabs, own_site):
    tab = tabs.open()
    walk.sign_in(tab, "hanako")
    tab.goto("/settings/reminders")
    tab.get_by_label("ご返済日のお知らせ").select_option("off")
    tab.get_by_role("button", name="この内容にする").click()
    expect(tab.get_by_role("heading", name="設定を変えました")).to_be_visible()
    found = walk.faults_of(tab)
    newest(tab, "はじめて使われる端末")
    tab.goto("/letters")
    found += walk.faults_of(tab)
    tab.get_by_role("link", name="はじめての端末からログインがありました").click()
    assert not [*found, *walk.faults_of(tab)]
