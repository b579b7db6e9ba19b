"""What members do on a visit, step by step; each is told by its name, browser, address and fields."""

import random
import re
from html import unescape

from bench.ledger import ICHIRO

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
KEY = re.compile(r'name="idempotency_key" value="([^"]+)"')
FOLLOWING = re.compile(r'href="([^"]+)" id="more"|id="more" href="([^"]+)"')
BANK = re.compile(r'<option value="(\d{4})"')
TO_BANK = re.compile(r'href="([^"]*/demo/bank/pay\?[^"]+)"')
MONTH = "/history?from=2026-10-01&to=2026-10-31"
SIMULATED = "/simulate/repayment?kind=payment&principal=300000&rate=17.8&months=36&convention=month"
COMES_BACK = 3  # visits of a member with the same browser: only the first of them is a stranger's
REFUSED = 503


def member(book, rng, lane):
    """Visits of members chosen by chance without end, each with a browser and an address of its own."""
    while True:
        way, fields = book.sign_in(rng.randrange(book.members), lane)
        browser = Browser(f"10.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(1, 255)}")
        for _ in range(COMES_BACK):
            yield from visit(browser, way, fields, rng)


class Browser:
    """The cookies and the address of one member; makes requests, and learns from their answers."""

    def __init__(self, address):
        self.address, self.cookies, self.token = address, {}, ""

    def ask(self, name, path, fields=None, status=200):
        """One step: yields the request, takes the answer, and gives its text or where it leads."""
        if fields is not None:
            fields = {"csrf_token": self.token, **fields}
        answer = yield name, self, path, fields
        if answer.status != status:
            raise RuntimeError(f"{name}: {answer.status} instead of {status} at {path}: {answer.text[-600:]}")
        if found := TOKEN.search(answer.text):
            self.token = found[1]
        return answer.location if 300 <= status < 400 else answer.text


def visit(browser, way, fields, rng):
    """Sign in, look at home, do what one came for, sign out."""
    yield from signed_in(browser, way, fields)
    yield from browser.ask("home", "/home")
    (act,) = rng.choices(ACTS, WEIGHTS)
    yield from act(browser)
    yield from browser.ask("home", "/home")
    yield from browser.ask("sign out", "/logout", {}, 303)


def signed_in(browser, way, fields):
    """Once more as often as there is no room for hashing, as the page says."""
    while True:
        yield from browser.ask("sign-in page", "/login")
        name = "sign in, known browser" if "dev" in browser.cookies else "sign in, new browser"
        answer = yield name, browser, way, {"csrf_token": browser.token, **fields}
        if answer.status == 303:
            return
        if answer.status != REFUSED:
            raise RuntimeError(f"{name}: {answer.status} at {way}: {answer.text[-600:]}")
        yield "pause", browser, 0.5 + random.random(), None


def nothing(browser):
    """A look at home was all."""
    yield from browser.ask("home", "/home")


def history(browser):
    """The history, a month of it, and what comes after the first page where there is more."""
    text = yield from browser.ask("history", "/history")
    if found := FOLLOWING.search(text):
        yield from browser.ask("history, next page", unescape(found[1] or found[2]))
    yield from browser.ask("history, a month", MONTH)


def interest(browser):
    """What would be owed, today and on a day to come."""
    yield from browser.ask("interest", "/interest")
    yield from browser.ask("interest on a day", "/interest?on=2026-12-10")


def simulation(browser):
    """What another loan would cost."""
    yield from browser.ask("simulator", "/simulate/repayment")
    yield from browser.ask("simulator, a plan", SIMULATED)


def borrowing(browser):
    """1,000 yen, through form, offer and receipt."""
    yield from browser.ask("borrow", "/borrow")
    offer = yield from browser.ask("borrow, amount", "/borrow", {"amount": "1000"}, 303)
    text = yield from browser.ask("borrow, offer", offer)
    fields = {"amount": "1000", "idempotency_key": KEY.search(text)[1]}
    receipt = yield from browser.ask("borrow, take it", "/borrow/confirm", fields, 303)
    yield from browser.ask("borrow, receipt", receipt)


def repayment(browser):
    """2,000 yen by a bank's page, which the demo plays, and back to the receipt."""
    yield from browser.ask("repay", "/repay")
    text = yield from browser.ask("repay, bank", "/repay/bank?amount=2000")
    fields = {"amount": "2000", "bank_code": BANK.search(text)[1], "idempotency_key": KEY.search(text)[1]}
    follow = yield from browser.ask("repay, begin", "/repay/bank", fields, 303)
    text = yield from browser.ask("repay, on its way", follow)
    pay = "/" + unescape(TO_BANK.search(text)[1]).partition("/demo/")[2]
    yield from browser.ask("(the bank's page)", "/demo" + pay)
    yield from browser.ask("(paid at the bank)", "/demo" + pay, {"telling": "at_once"}, 303)
    receipt = yield from browser.ask("repay, look again", follow, None, 303)
    yield from browser.ask("repay, receipt", receipt)


def guesses(book, rng, lane):
    """Wrong passwords for members of the book without end, each from another address."""
    browser = Browser("10.0.0.1")
    yield from browser.ask("sign-in page", "/login")
    while True:
        browser.address = f"10.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(1, 255)}"
        fields = {"web_id": book.web_id(rng.randrange(book.members), lane), "password": "Momiji4455"}
        yield "wrong", browser, "/login/web-id", {"csrf_token": browser.token, **fields}


def known(dev):
    """一郎 on a browser that is known: he signs in, looks at home and signs out, again and again."""
    browser = Browser("10.200.0.1")
    browser.cookies["dev"] = dev
    while True:
        yield from browser.ask("sign-in page", "/login")
        yield from browser.ask("known", "/login/card", {"card_number": ICHIRO[0], "pin": ICHIRO[1]}, 303)
        yield from browser.ask("home", "/home")
        yield from browser.ask("sign out", "/logout", {}, 303)
        yield "pause", browser, 0.2, None


ACTS = (nothing, history, interest, simulation, borrowing, repayment)
WEIGHTS = (30, 30, 12, 8, 10, 10)
