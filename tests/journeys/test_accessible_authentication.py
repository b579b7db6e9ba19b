"""WCAG 3.3.8: nobody has to remember, copy by hand or solve anything to get in; script on and off."""

import pytest
from playwright.sync_api import expect

from tests.journeys import walk
from tests.journeys.test_passkeys import newest_code

# Each field in `main` that is typed into: name, what a password manager is told, and whether pasting works.
FIELDS = """() => [...document.querySelectorAll('main input:not([type=hidden], [type=checkbox])')].map(e => ({
  name: e.name, token: e.autocomplete, cut: e.maxLength > 0, shut: e.readOnly || e.disabled,
  paste: e.dispatchEvent(new ClipboardEvent('paste', {bubbles: true, cancelable: true})),
}))"""
PUZZLES = "main form img, main form canvas, main form audio, iframe"
SECRET = {"pin": "current-password", "password": "current-password", "code": "one-time-code"}
WHO = {"card_number": "username", "web_id": "username", "email": "email"}
PAGES = ("/login", "/login/unlock", "/web-id/register", "/password/reset")


def faults(tab):
    """What on this page would have to be remembered, typed over or solved."""
    found = [f"a test of the mind: {e}" for e in tab.locator(PUZZLES).all()]
    for field in tab.evaluate(FIELDS):
        name, wanted = field["name"], (SECRET | WHO).get(field["name"])
        if not field["paste"] or field["cut"] or field["shut"]:
            found.append(f"{name} does not take what is pasted")
        if wanted and wanted not in field["token"].split():
            found.append(f"{name} does not tell password managers that it is a {wanted}")
    return found


@pytest.mark.parametrize("path", PAGES)
def test_every_way_in_takes_what_is_pasted_or_filled_in(tab, path):
    tab.goto(path)
    assert tab.evaluate(FIELDS)
    assert not faults(tab)


@pytest.mark.parametrize("script", [True, False], ids=["script on", "script off"])
def test_a_code_is_one_field_that_takes_it_pasted_with_blanks(own_site, tabs, script):
    tab = tabs.open(script=script)
    tab.goto("/login/unlock")
    tab.get_by_label("カード番号", exact=True).fill(walk.CARDS["ken"][0])
    tab.get_by_role("button", name="確認コードを送る").first.click()
    expect(tab.locator("h1")).to_have_text("確認コードを入れてください")
    assert [f["name"] for f in tab.evaluate(FIELDS)].count("code") == 1
    assert [fault for fault in faults(tab) if not fault.startswith("password ")] == []
    code = newest_code(own_site, tab)
    tab.get_by_label("確認コード").fill(f" {code[:3]} {code[3:]} ")
    tab.get_by_label("暗証番号", exact=True).fill(walk.CARDS["ken"][1])
    tab.get_by_role("button", name="再開してログイン").click()
    tab.wait_for_url("**/home")
