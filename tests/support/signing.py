"""Steps of signing in that several tests of the web share."""

import re

from madoguchi.services import cast
from madoguchi.store.db import Store
from tests.page import Visitor

CARD, PIN = cast.HANAKO.card, cast.HANAKO.pin
WEB_ID, PASSWORD = cast.HANAKO.web_id, cast.HANAKO.password
NOBODY = "9990119999999999"


class CountingStore(Store):
    """A store that remembers what it was asked."""

    def __init__(self, url):
        super().__init__(url)
        self.asked = []

    def _execute(self, sql, params):
        self.asked.append(sql)
        return super()._execute(sql, params)


def by_card(visitor, number=CARD, pin=PIN, **more):
    """Send the card form of the page."""
    return visitor.submit("/login/card", card_number=number, pin=pin, **more)


def by_web_id(visitor, web_id=WEB_ID, password=PASSWORD, **more):
    """Send the Web-ID form of the page."""
    return visitor.submit("/login/web-id", web_id=web_id, password=password, **more)


def known(app):
    """Somebody whose browser signed in before and signed out again."""
    found = Visitor(app)
    found.get("/login")
    by_card(found, follow=False)
    found.get("/logout")
    found.submit("sign-out")
    found.get("/login")
    return found


def told(page):
    """An answer without what differs by nature: tokens and what was typed."""
    body = re.sub(r'name="csrf_token" value="\w+"', "", page.body)
    kept = {k: v for k, v in page.headers.items() if k != "Set-Cookie"}
    return page.status, re.sub(r"999011\d{10}", "", body), kept
