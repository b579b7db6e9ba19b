"""Every page in every state, light, width and with script on and off: axe, the ruler, the HTML checker."""

import pytest

from tests.journeys import walk
from tests.support import accessibility, browser

SUM = "balance=230000&rate=17.8&from=2026-11-20&to=2026-12-25"
PLAN = "principal=300000&rate=17.8&months=36&convention=month&start=2026-11-20"
# Who looks → the pages that stand in a state of their own for this person.
PAGES = {
    "nobody": [
        "/", "/login", "/login?next=/history", "/help/login", "/help/safety", "/contact", "/accessibility",
        "/lending-terms", "/terms", "/privacy", "/status", "/lost-card", "/repay/transfer", "/demo",
        "/lost-card/done", "/misuse", "/misuse/done",
        "/demo/mail", "/demo/bank", "/demo/bank/pay", "/demo/atm", "/demo/atm/1234567897", "/demo/atm/1",
        "/demo/debits",
        "/no-such-page", "/web-id/register", "/web-id/register/sent",
        "/web-id/register/done", "/web-id/register/made-up",
        "/login/unlock", "/password/reset", "/password/reset/sent", "/password/reset/done",
        "/simulate/interest", f"/simulate/interest?{SUM}", "/simulate/interest?balance=a&rate=99",
        "/simulate/repayment", f"/simulate/repayment?kind=payment&{PLAN}", "/simulate/repayment?kind=months",
    ],
    "hanako": [
        "/home", "/history", "/history?kind=repayment&from=2026-01-01&to=2026-06-30", "/history?min=9999999",
        "/settings/security/second-step", "/step-up?for=/home", "/go-on?for=none",
        "/history?from=2026-02-31&min=x", "/interest", "/interest?on=2026-12-25", "/interest?on=2020-01-01",
        "/autopay", "/no-such-page", "/settings/security", "/atm", "/atm?number=1234567897", "/borrow",
        "/borrow?amount=20000", "/borrow/confirm?amount=20000", "/borrow/confirm?amount=1500", "/borrow/1",
        "/repay", "/repay/bank?amount=20000", "/repay/bank?amount=x", "/repay/quote",
        "/repay/quote?on=2020-01-01", "/repay/2", "/borrow/1/paper", "/repay/deposit",
        "/card", "/card?done=held", "/card/lost", "/misuse/transactions?entry=18", "/misuse",
    ],
    "ken": ["/autopay", "/home", "/history", "/borrow?amount=100000"],
    "ichiro": ["/home", "/history", "/interest", "/borrow", "/misuse/transactions"],
    "misaki": ["/autopay", "/repay", "/repay/bank?amount=1000", "/home", "/interest", "/atm", "/borrow"],
    "yui": ["/home", "/history"],
    "daisuke": ["/repay", "/repay/bank?amount=1000", "/home", "/interest"],
}  # fmt: skip
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
    if who != "nobody":
        walk.sign_in(tab, who)
    return tab
