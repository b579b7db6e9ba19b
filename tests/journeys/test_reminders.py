"""Reminders from the choice to the letter, discreet ones too, with script and without."""

import pytest
from playwright.sync_api import expect

from tests.journeys import walk
from tests.support.mailbox import newest

SUBJECT = "11月25日（水）のご返済のお知らせ"


@pytest.fixture(params=[True, False], ids=["script on", "script off"])
def tab(request, tabs, own_site):
    """One tab on a site of its own."""
    return tabs.open(script=request.param)


def move(tab, days):
    """Let days pass in the demo."""
    tab.goto("/demo")
    tab.locator("[name=days]").fill(str(days))
    tab.get_by_role("button", name="進める").click()
    expect(tab.locator("main")).to_contain_text("時計を進め")


def test_a_member_chooses_is_reminded_discreetly_and_reads_the_whole_behind_sign_in(tab, own_site):
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
    mail = newest(own_site.url, "hanako@example.jp", "お早めに")
    assert mail["subject"] == "お知らせがあります"
    assert "円" not in mail["text"]
    walk.sign_in(tab, "hanako")
    tab.goto("/letters")
    tab.get_by_role("link", name=SUBJECT).click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(SUBJECT)
    expect(tab.locator("article")).to_contain_text("お支払いいただく額：9,000円")
    assert not walk.faults_of(tab)
