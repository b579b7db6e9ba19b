"""A drawdown through the whole app, from the form's bytes to the answer, against its statements by hand."""

import re
import shutil
import time
from contextlib import contextmanager

from werkzeug.test import EnvironBuilder

from bench.posting import opened
from bench.report import Claim
from madoguchi.services import cast
from madoguchi.store import schema
from madoguchi.store.db import Store
from madoguchi.web import Face, create_app
from tests import people
from tests.support import processes

EACH, AMOUNT = 100, "1000"
HIDDEN = re.compile(r'name="(csrf_token|idempotency_key)" value="([^"]+)"')
SITE = "http://localhost"


def claims(folder, rounds):
    """Seconds of a drawdown through session, CSRF, form and act against the seconds of its statements."""
    made = folder / "app"
    made.mkdir()
    store = Store(f"sqlite:///{made / 'madoguchi.db'}")
    schema.migrate(store)
    people.hanako(people.office(store))
    store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    told = noted(shutil.copytree(made, folder / "app-noted"))
    ratios, best = [], 0.0
    for n in range(rounds):
        ours, theirs = (shutil.copytree(made, folder / f"app-{side}-{n}") for side in ("ours", "raw"))
        through_app, by_hand = borrowed(ours), replayed(theirs, told)
        ratios.append(through_app / by_hand)
        best = max(best, EACH / through_app)
    note = (
        f"{best:,.0f} a second, {sum(len(asked) for timed, asked in told if timed) // EACH} statements each"
    )
    yield Claim("a drawdown through the whole app ÷ its statements by hand", sorted(ratios)[rounds // 2], 2.5,
                False, note)  # fmt: skip


class Browser:
    """The app called as a server calls it; what is timed is the app alone."""

    def __init__(self, app):
        self._app, self._cookies, self.took = app, {}, 0.0

    def ask(self, path, **fields):
        """Where the answer leads, and its text; with fields it is a form that is sent."""
        how = {"method": "POST", "data": fields} if fields else {}
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        environ = EnvironBuilder(path, SITE, headers={"Cookie": cookies}, **how).get_environ()
        told = []
        begun = time.perf_counter()
        body = self._app(environ, lambda *heard: told.append(heard))
        text = b"".join(body)
        self.took = time.perf_counter() - begun
        headers = told[0][1]
        for name, value in headers:
            if name == "Set-Cookie":
                self._cookies.update([value.partition(";")[0].split("=", 1)])
        return dict(headers).get("Location", ""), text.decode()


def borrowed(folder, begin=lambda timed: None, store_of=Store):
    """Seconds of so many drawdowns by a member who signed in; the pages before each do not count."""
    store = store_of(f"sqlite:///{folder / 'madoguchi.db'}")
    browser = Browser(create_app(people.office(store), Face(SITE), processes.ROOT))
    begin(False)
    token = dict(HIDDEN.findall(browser.ask("/login")[1]))["csrf_token"]
    browser.ask("/login/card", csrf_token=token, card_number=cast.HANAKO.card, pin=cast.HANAKO.pin)
    took = 0.0
    for _ in range(EACH):
        begin(False)
        hidden = dict(HIDDEN.findall(browser.ask(f"/borrow/confirm?amount={AMOUNT}")[1]))
        begin(True)
        where, _ = browser.ask("/borrow/confirm", amount=AMOUNT, **hidden)
        assert re.fullmatch(r"/borrow/\d+", where), where
        took += browser.took
    store.close()
    return took


class NotingStore(Store):
    """A store that notes what it was asked, with values and the bounds of transactions."""

    def __init__(self, url):
        super().__init__(url)
        self.asked = []

    @contextmanager
    def transaction(self):
        """Noted as the driver hears of it."""
        with super().transaction():
            self.asked.append(("BEGIN IMMEDIATE", ()))
            yield
        self.asked.append(("COMMIT", ()))

    def _execute(self, sql, params):
        self.asked.append((sql, tuple(params)))
        return super()._execute(sql, params)


def noted(folder):
    """What the database is asked on the way, in order: (whether it counts, [(statement, values), ...])."""
    groups, stores = [], []

    def store_of(url):
        stores.append(NotingStore(url))
        return stores[0]

    def begin(timed):
        stores[0].asked = []
        groups.append((timed, stores[0].asked))

    borrowed(folder, begin, store_of)
    return groups


def replayed(folder, told):
    """Seconds of the same statements with the same values by hand, from the same books on."""
    link = opened(folder)
    took = 0.0
    for timed, asked in told:
        begun = time.perf_counter()
        for sql, values in asked:
            list(link.execute(sql, values))
        if timed:
            took += time.perf_counter() - begun
    link.close()
    return took
