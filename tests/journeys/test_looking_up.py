"""Looking back and ahead: history with filter and next page, export, interest, simulators."""

import re

from playwright.sync_api import expect

from tests.journeys import walk
from tests.support import browser

SIMULATION = {"balance": "230000", "rate": "17.8", "from": "2026-11-20", "to": "2026-12-25"}


def figure(tab, name):
    """The number of a headline figure on the page."""
    return int(tab.locator(f"data[data-name={name}]").get_attribute("value"))


def test_the_history_is_filtered_and_the_address_keeps_it(tab):
    walk.sign_in(tab, "ken")
    tab.goto("/history")
    tab.locator("select[name=kind]").select_option("repayment")
    tab.locator("main form button").last.click()
    tab.wait_for_url(re.compile("kind=repayment"))
    kinds = tab.locator("td[data-label=種類]").all_inner_texts()
    assert kinds
    assert all("返済" in kind for kind in kinds)


def test_more_rows_come_without_losing_a_row(tab):
    walk.sign_in(tab, "ken")
    tab.goto("/history")
    first = links(tab)
    tab.get_by_role("link", name="もっと見る").click()
    expect(tab.locator("main tbody th a").last).not_to_have_attribute("href", re.compile(first[-1]))
    after = links(tab)
    assert len(after) == len(set(after))
    assert (after[: len(first)] == first and len(after) > len(first)) or not set(first) & set(after)


def links(tab):
    """The addresses of the rows shown."""
    return [row.get_attribute("href").split("?")[0] for row in tab.locator("main tbody th a").all()]


def test_back_shows_the_rows_that_were_there_and_the_one_that_was_pressed(tab):
    walk.sign_in(tab, "ken")
    tab.goto("/history")
    first = links(tab)
    tab.get_by_role("link", name="もっと見る").click()
    expect(tab.locator("main tbody th a").last).not_to_have_attribute("href", re.compile(first[-1]))
    before, pressed = links(tab), tab.locator("main tbody#rows th a").last
    pressed.click()
    tab.wait_for_url(re.compile(r"/history/\d+"))
    tab.go_back(wait_until="commit")
    expect(pressed).to_be_in_viewport()
    assert links(tab) == before
    tab.reload()
    assert links(tab) == before


def test_the_export_holds_the_filtered_rows(tab):
    walk.sign_in(tab, "ken")
    tab.goto("/history?kind=repayment&from=2026-10-01&to=2026-10-31")
    shown = tab.locator("main table tbody").first.locator("tr").count()
    link = tab.locator("main a[href*='history.csv']").get_attribute("href")
    body = tab.request.get(link).body()
    assert body.startswith(b"\xef\xbb\xbf")
    assert len(body.decode("utf-8-sig").strip().splitlines()) - 1 == shown


def test_one_transaction_says_how_it_came_about(tab):
    walk.sign_in(tab, "hanako")
    tab.goto("/history?kind=repayment")
    tab.locator("main tbody th a").first.click()
    tab.wait_for_url(re.compile(r"/history/\d+"))
    assert "元金" in tab.locator("main").inner_text()


def test_interest_is_asked_for_another_day(tab):
    walk.sign_in(tab, "hanako")
    tab.goto("/interest?on=2026-11-24")
    before = figure(tab, "interest")
    tab.locator("input[name=on]").fill("2026-12-10")
    if (button := tab.locator("main form button:visible")).count():
        button.first.click()
    expect(tab.locator("data[data-name=interest]")).not_to_have_attribute("value", str(before))
    assert figure(tab, "days") > 0
    assert figure(tab, "payoff") > figure(tab, "interest") > before


def test_interest_follows_the_typing_and_leaves_the_field_alone(tabs):
    tab = tabs.open()
    walk.sign_in(tab, "hanako")
    tab.goto("/interest?on=2026-11-24")
    before, field = figure(tab, "interest"), tab.locator("input[name=on]")
    field.focus()
    field.fill("2026-12-10")
    expect(tab.locator("data[data-name=interest]")).not_to_have_attribute("value", str(before))
    assert browser.focused(tab).endswith(" on")


def test_anybody_simulates_without_an_account(tab):
    tab.goto("/simulate/interest")
    for name, value in SIMULATION.items():
        tab.locator(f"main [name={name}]").fill(value)
    tab.locator("main form button").first.click()
    tab.wait_for_url(re.compile("balance=230000"))
    # 230,000 × 17.8 % × 35 days ÷ 365, floored; 2026 is no leap year.
    assert (figure(tab, "days"), figure(tab, "interest")) == (35, 230000 * 178 * 35 // 365000)


def test_a_wrong_day_is_told_beside_its_field(tab):
    tab.goto("/simulate/interest?balance=230000&rate=17.8&from=2026-02-31&to=2026-12-25")
    assert tab.title().startswith("エラー：")
    link = tab.locator("main [role=alert] a").first
    assert link.get_attribute("href") == "#from"
    assert tab.locator("#from").get_attribute("aria-invalid") == "true"
