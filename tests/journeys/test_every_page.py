"""Every page in every state, light, width and with script on and off: axe, the ruler, the HTML checker."""

import pytest

from tests.journeys import walk
from tests.journeys.pages import PAGES
from tests.support import accessibility, browser

LOOKS = pytest.mark.parametrize("look", walk.LOOKS)
PEOPLE = pytest.mark.parametrize("who", PAGES)


@LOOKS
@PEOPLE
@pytest.mark.parametrize("script", [True, False], ids=["script on", "script off"])
def test_nobody_is_shut_out(tabs, who, look, script):
    tab, found = opened(tabs, who, look), []
    for path in PAGES[who]:
        if script:
            tab.goto(path)
        else:
            with browser.script_switched_off(tab):
                tab.goto(path)
        found += walk.faults_of(tab)
    assert not found, "\n".join(found)


@PEOPLE
@pytest.mark.parametrize(("look", "wish"), [("320 px", walk.SPACING), ("desktop", walk.TWICE)])
def test_nothing_is_lost_to_a_reader_who_spaces_or_enlarges_text(tabs, who, look, wish):
    tab, found = opened(tabs, who, look, bypass_csp=True), []
    for path in PAGES[who]:
        tab.goto(path)
        tab.add_style_tag(content=wish)
        if (wide := browser.overflow(tab)) > 0:
            found.append(f"{path} is {wide} px too wide")
    assert not found, "\n".join(found)


def test_the_validator_has_nothing_to_say(tabs):
    pages = {}
    for who, paths in PAGES.items():
        tab = opened(tabs, who, "desktop")
        for path in paths:
            pages[f"{who} {path}"] = tab.request.get(path).text()
            part = tab.request.get(path, headers={"HX-Request": "true"}).text()
            pages[f"{who} part of {path}"] = SHELL.format(part)
    found = accessibility.nu(pages)
    assert not found, "\n".join(found)


SHELL = '<!doctype html><html lang="ja"><head><meta charset="utf-8">{}</html>'


def opened(tabs, who, look, **how):
    """A tab of this person, signed in unless it is nobody."""
    tab = tabs.open(**walk.LOOKS[look], **how)
    if who.startswith(("desk", "audit")):
        walk.enter_desk(tab, who)
    elif who != "nobody":
        walk.sign_in(tab, who)
    return tab
