"""Points from reading a notice to interest-free days, and a coupon at a shop, with script and without."""

import pytest
from playwright.sync_api import expect

from tests.journeys import walk


@pytest.fixture(params=[True, False], ids=["script on", "script off"])
def tab(request, tabs, own_site):
    """One tab on a site of its own."""
    return tabs.open(script=request.param)


def points_of(tab):
    """The points that the page tells a machine."""
    return int(tab.locator("data[data-name=points]").get_attribute("value"))


def test_a_member_reads_a_notice_earns_its_points_and_buys_interest_free_days(tab):
    tab.goto("/login")
    expect(tab.locator("#news + ul li")).to_have_count(2)
    walk.sign_in(tab, "hanako")
    tab.goto("/points")
    before = points_of(tab)
    tab.get_by_role("link", name="お知らせを読む").click()
    tab.get_by_role("link", name="パスワードを聞き出す").click()
    tab.get_by_role("button", name="読みました・20ポイントを受け取る").click()
    expect(tab.locator("main")).to_contain_text("20ポイントを受け取りました")
    tab.get_by_role("link", name="ポイントを見る").click()
    assert points_of(tab) == before + 20
    tab.get_by_role("link", name="無利息 7日と交換する").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("無利息 7日と交換しますか")
    tab.get_by_role("button", name="250ポイントで交換する").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("無利息の日と交換しました")
    assert points_of(tab) == before + 20 - 250
    tab.goto("/home")
    expect(tab.locator("main")).to_contain_text("2026年11月21日（土）から")


def test_who_joins_for_the_first_time_is_welcomed_and_may_leave_again(tab):
    walk.sign_in(tab, "ichiro")
    tab.goto("/points")
    tab.get_by_role("button", name="ポイントサービスに参加する").click()
    assert points_of(tab) == 100
    tab.get_by_role("link", name="ポイントサービスを退会する").click()
    tab.get_by_role("button", name="ポイントをなくして退会する").click()
    expect(tab.locator("main")).to_contain_text("退会しました")


def test_a_coupon_is_shown_at_the_shop_and_used_up(tab):
    walk.sign_in(tab, "hanako")
    tab.goto("/coupons")
    tab.get_by_role("link", name="コーヒー1杯 100円引き").click()
    expect(tab.locator("main")).to_contain_text("KAKU-100")
    tab.get_by_role("link", name="使いました").click()
    tab.get_by_role("button", name="使用済みにする").click()
    expect(tab.locator("main")).to_contain_text("このクーポンは使用済みです")
    expect(tab.locator("main")).not_to_contain_text("KAKU-100")


def test_what_is_done_and_what_is_over_shuts_nobody_out(tabs, own_site):
    tab = tabs.open()
    walk.sign_in(tab, "hanako")
    for path, button in (
        ("/notices/2", "読みました・20ポイントを受け取る"),
        ("/points/rewards/atm", "40ポイントで交換する"),
        ("/coupons/1/use", "使用済みにする"),
    ):
        tab.goto(path)
        tab.get_by_role("button", name=button).click()
        found = walk.faults_of(tab)
        assert not found, "\n".join(found)
    tab.goto("/points")
    assert not (found := walk.faults_of(tab)), "\n".join(found)
