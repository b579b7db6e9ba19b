"""The desk acts for members in a browser: each page in every look, a waiver by two, script on and off."""

import re

import pytest
from playwright.sync_api import expect

from madoguchi.domain.ladder import DeskAct
from tests.journeys import walk

MISAKI = "/desk/members/100000035"
# Members whose state lets the page ask for something; the others say why they cannot be.
PAGES = [
    *(f"{MISAKI}/{act.value}" for act in DeskAct),
    "/desk/members/100000051/unlock",
    "/desk/members/100000051/release",
    "/desk/members/100000077/resume",
    "/desk/members/100000027/closing",
    "/desk/members/100000069/hold",
]


def to_the_desk(tab, name):
    """Sign in at the desk by the code that the demo shows."""
    tab.goto("/demo")
    shown = tab.locator(f"section[aria-labelledby={name}]").inner_text()
    code = re.search(r"いまの6桁\s+(\d{6})", shown)[1]
    tab.goto("/desk/login")
    tab.locator("[name=staff_name]").fill(name)
    tab.locator("[name=password]").fill("Madoguchi-desk-1")
    tab.locator("[name=code]").fill(code)
    tab.get_by_role("button", name="ログインする").click()
    tab.wait_for_url("**/desk/home")


def fill_waiver(tab):
    """Ten yen of damages, with a paper seen."""
    tab.locator("[name=damages]").fill("１０")
    tab.locator("[name=document]").select_option("licence")
    tab.locator("[name=place]").fill("本店の窓口")
    tab.locator("[name=reason]").fill("お申し出")


def sound(tab, script):
    """Nothing on the page shuts anybody out; axe itself runs only with script."""
    if script:
        assert not walk.faults_of(tab)


@pytest.mark.parametrize("look", walk.LOOKS)
def test_no_page_of_an_act_shuts_anybody_out(tabs, own_site, look):
    tab, found = tabs.open(**walk.LOOKS[look]), []
    to_the_desk(tab, "desk1")
    for path in PAGES:
        tab.goto(path)
        found += walk.faults_of(tab)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("script", [True, False], ids=["script on", "script off"])
def test_a_waiver_is_seen_asked_for_and_approved_by_somebody_else(tabs, own_site, script):
    tab, other = tabs.open(script=script), tabs.open(script=script)
    to_the_desk(tab, "desk1")
    tab.goto(f"{MISAKI}/waiver")
    tab.get_by_role("button", name="結果を見る").click()
    expect(tab.get_by_role("alert")).to_contain_text("見た書類を選んでください")
    sound(tab, script)
    fill_waiver(tab)
    tab.get_by_role("button", name="結果を見る").click()
    expect(tab.get_by_role("heading", name="行うとこうなります")).to_be_visible()
    sound(tab, script)
    tab.get_by_role("button", name="承認を依頼する").click()
    expect(tab.get_by_text("ご自分が出した依頼は、ほかの承認者が決めます。")).to_be_visible()
    address = tab.url
    to_the_desk(other, "desk2")
    other.goto(address)
    other.get_by_role("button", name="承認して行う").click()
    expect(other.get_by_text(re.compile("承認（desk2"))).to_be_visible()
    tab.goto(f"{MISAKI}/done/waiver")
    sound(tab, script)


def test_a_release_asks_for_what_the_caller_told_by_keyboard_alone(tabs, own_site):
    tab = tabs.open()
    to_the_desk(tab, "desk1")
    tab.goto("/desk/members/100000051/release")
    for name in ("お名前", "生年月日", "電話番号"):
        tab.get_by_label(name, exact=True).press("Space")
    tab.locator("[name=reason]").press_sequentially("お電話")
    tab.locator("[name=reason]").press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("カードの停止を解く：終わりました")
