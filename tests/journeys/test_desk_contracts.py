"""A contract opened by two people and the PIN typed by the member, with script and without; states by axe."""

import pytest
from playwright.sync_api import expect

from madoguchi.services.demo_staff import PASSWORD
from tests.journeys import walk
from tests.support import browser
from tests.support.contracts import CONTACT, PERSON, TERMS

HANAKO = "/desk/members/100000019"


@pytest.fixture(params=[True, False], ids=["script on", "script off"])
def desk(request, tabs, own_site):
    """Opens a tab of somebody of the team, signed in at the desk."""

    def enter(name):
        return walk_in(tabs.open(script=request.param), name)

    return enter


def walk_in(tab, name):
    """Signs in with what the demo tells of its team."""
    tab.goto("/demo")
    code = tab.locator(f"section[aria-labelledby={name}] dd").nth(2).inner_text()
    tab.goto("/desk/login")
    tab.locator("#staff_name").fill(name)
    tab.locator("#password").fill(PASSWORD)
    tab.locator("#code").fill(code)
    press(tab, "ログインする")
    expect(tab.get_by_role("heading", level=1)).not_to_have_text("社内の窓口にログイン")
    return tab


def press(tab, name):
    """The button with these words."""
    tab.get_by_role("button", name=name, exact=True).click()


def fill(tab, typed):
    """Each field of a sheet."""
    for name, words in typed.items():
        field = tab.locator(f"main [name={name}]:not([type=hidden])")
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(words)
        else:
            field.fill(words)


def test_a_contract_is_opened_and_the_member_types_the_pin(desk, request):
    tab, found = desk("desk1"), []
    look = walk.faults_of if "script on" in request.node.name else lambda _: []
    tab.goto("/desk/contracts/new")
    contact = CONTACT | {"email": "new@example.jp"}  # the demo's Ichiro has the other one
    for sheet, button in ((PERSON, "次へ"), (contact, "次へ"), (TERMS, "内容を確かめる")):
        fill(tab, sheet)
        found += look(tab)
        press(tab, button)
    expect(tab.get_by_role("heading", level=1)).to_have_text("契約の内容の確認")
    found += look(tab)
    press(tab, "承認を依頼する")
    approver = desk("desk2")
    approver.goto(tab.url)
    press(approver, "承認して行う")
    tab.reload()
    number = tab.locator("main dd", has_text="20000000").inner_text()
    tab.goto(f"/desk/members/{number}")
    tab.get_by_role("link", name="店頭の画面（暗証番号）").click()
    found += look(tab)
    press(tab, "会員に画面を渡す")
    expect(tab.locator("nav")).to_have_count(0)
    found += look(tab)
    press(tab, "この番号に決める")
    found += look(tab)
    tab.locator("#pin").fill("5839")
    tab.locator("#pin_again").fill("5839")
    press(tab, "この番号に決める")
    expect(tab.get_by_role("heading", level=1)).to_have_text("ありがとうございました")
    tab.goto("/desk/members")
    expect(tab.get_by_role("heading", level=1)).to_have_text("ありがとうございました")
    found += look(tab)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("look", walk.LOOKS)
@pytest.mark.parametrize("script", [True, False], ids=["script on", "script off"])
def test_every_state_passes_the_checker(tabs, own_site, look, script):
    tab, found = walk_in(tabs.open(**walk.LOOKS[look]), "desk1"), []
    acts = ("name", "contacts", "death", "mail", "counter", "disclosure", "call-in")
    for path in (
        "/desk/contracts/new",
        "/desk/bounced",
        "/desk/retention",
        *(f"{HANAKO}/{one}" for one in acts),
    ):
        if script:
            tab.goto(path)
        else:
            with browser.script_switched_off(tab):
                tab.goto(path)
        found += walk.faults_of(tab)
        if tab.locator("main form").count():  # and once more with every fault told
            tab.locator("main form button").first.click()
            found += walk.faults_of(tab)
    assert not found, "\n".join(found)
