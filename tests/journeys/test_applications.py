"""From a wish for a higher limit to the lender's yes, and a stop against borrowing, script on and off."""

import pytest
from playwright.sync_api import expect

from tests.journeys import walk
from tests.support import files

RAISE = {"higher": "６００，０００", "income": "4200000", "other_debts": "0"}


@pytest.fixture(params=[True, False], ids=["script on", "script off"])
def tab(request, tabs, own_site):
    """One tab on a site of its own."""
    return tabs.open(script=request.param)


def apply_for_raise(tab):
    """From the form to the page of the application."""
    tab.goto("/applications/limit-up")
    for name, typed in RAISE.items():
        tab.locator(f"[name={name}]").fill(typed)
    tab.get_by_role("button", name="法律の決まりを確かめる").click()
    expect(tab.locator("main")).to_contain_text("1,400,000円まで")
    paper = {"name": "payslip.jpg", "mimeType": "image/jpeg", "buffer": files.jpeg()}
    tab.locator("[name=documents]").set_input_files(paper)
    tab.get_by_role("button", name="600,000円に上げるよう申し込む").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("利用限度額を上げる：受け付けました")


def test_a_raise_is_asked_about_answered_and_agreed_to(tab, tabs):
    walk.sign_in(tab, "hanako")
    apply_for_raise(tab)
    at_desk = tabs.open()
    walk.sign_in_at_desk(at_desk)
    at_desk.goto("/desk/cases/1")
    at_desk.locator("[name=words]").fill("先月の給与明細もお送りください。")
    at_desk.get_by_role("button", name="会員にたずねる").click()
    expect(at_desk.locator("main")).to_contain_text("会員に知らせました")
    tab.goto("/applications/1")
    tab.locator("[name=words]").fill("お送りします")
    tab.get_by_role("button", name="返事を送る").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("利用限度額を上げる：確認しています")
    at_desk.goto("/desk/cases/1")
    at_desk.get_by_role("button", name="承る", exact=True).click()
    expect(at_desk.locator("main")).to_contain_text("会員に知らせました")
    tab.goto("/applications/1")
    expect(tab.locator("main")).to_contain_text("利用限度額が600,000円になりました")


def test_a_due_day_shows_what_it_does_and_is_changed(tab):
    walk.sign_in(tab, "hanako")
    tab.goto("/applications/due-day")
    tab.locator("[name=due_day]").first.select_option("5")
    see = tab.get_by_role("button", name="どう変わるかを見る")
    if not tab.evaluate("() => !!window.htmx"):
        see.click()
    expect(tab.locator("#result")).to_contain_text("2027年1月5日")
    tab.get_by_role("button", name="返済日を毎月5日に変える").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("返済日の変更：承りました")


def test_a_stop_holds_until_the_days_that_were_chosen_are_over(tab):
    walk.sign_in(tab, "hanako")
    tab.goto("/settings/borrow-stop")
    tab.get_by_role("button", name="いますぐ止める").click()
    tab.goto("/borrow")
    expect(tab.locator("main")).to_contain_text("B-04")
    tab.goto("/settings/borrow-stop")
    tab.get_by_role("button", name="1日後に解除するよう申し出る").click()
    expect(tab.locator("main")).to_contain_text("に解除します")
    tab.goto("/demo")
    tab.locator("[name=days]").fill("1")
    tab.get_by_role("button", name="進める").click()
    walk.sign_in(tab, "hanako")
    tab.goto("/borrow")
    expect(tab.get_by_role("heading", level=1)).to_have_text("借りる")


def test_the_pages_on_the_way_shut_nobody_out(tabs, own_site):
    tab = tabs.open()
    walk.sign_in(tab, "hanako")
    apply_for_raise(tab)
    found = walk.faults_of(tab)
    at_desk = tabs.open()
    walk.sign_in_at_desk(at_desk)
    at_desk.goto("/desk/cases/1")
    found += walk.faults_of(at_desk)
    at_desk.locator("[name=words]").fill("先月の給与明細もお送りください。")
    at_desk.get_by_role("button", name="会員にたずねる").click()
    expect(at_desk.locator("main")).to_contain_text("会員に知らせました")
    tab.goto("/settings/borrow-stop")
    tab.get_by_role("button", name="いますぐ止める").click()
    for path in ("/applications", "/applications/1", "/settings/borrow-stop"):
        tab.goto(path)
        found += walk.faults_of(tab)
    assert not found, "\n".join(found)
