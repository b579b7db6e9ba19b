"""A member at a running site, over plain HTTP: signs in, borrows and repays, and keeps what was answered."""

import html
import http.client
import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request

WAY = re.compile(r'href="(/demo/bank/pay\?[^"]+)"')
HIDDEN = re.compile(r'name="(csrf_token|idempotency_key)" value="([^"]+)"')
# Killed before an answer, or in the middle of one (IncompleteRead is an HTTPException and no OSError).
GONE = (OSError, http.client.HTTPException)


class Member:
    """One browser without script; cookies are kept over restarts of the site."""

    def __init__(self, url, card, pin):
        self._url, self._card, self._pin = url, card, pin
        self._jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))
        self.acknowledged, self.receipts, self.signed_in = [], [], False

    def sign_in(self):
        """Come in by card, once; a session outlives the process."""
        answer, text = self.get("/login")
        token = dict(HIDDEN.findall(text))["csrf_token"]
        answer, _ = self.post("/login/card", csrf_token=token, card_number=self._card, pin=self._pin)
        assert answer.endswith("/home"), answer
        self.signed_in = True

    def borrow(self, amount):
        """Borrow by the pages; the receipt's number is acknowledged once the site has led to it."""
        _, text = self.get(f"/borrow/confirm?amount={amount}")
        hidden = dict(HIDDEN.findall(text))
        if "idempotency_key" not in hidden:
            return None
        where, _ = self.post("/borrow/confirm", amount=amount, **hidden)
        if found := re.search(r"/borrow/(\d+)$", where):
            self.acknowledged.append(int(found[1]))
        return where

    def repay(self, amount, bank="0001"):
        """Repay at the demo's bank; the receipt's number is kept once the site has led to it."""
        _, text = self.get("/repay/bank")
        hidden = dict(HIDDEN.findall(text))
        where, text = self.post("/repay/bank", amount=amount, bank_code=bank, **hidden)
        way = WAY.search(text)
        if not way:
            return None
        path = html.unescape(way[1])
        _, text = self.get(path)
        token = dict(HIDDEN.findall(text))["csrf_token"]
        self.post(path, csrf_token=token, telling="twice")
        where, _ = self.get(urllib.parse.urlsplit(where).path)
        if found := re.search(r"/repay/(\d+)$", where):
            self.receipts.append(int(found[1]))
        return where

    def get(self, path):
        """Where a page was found in the end, and its text."""
        return self._answer(urllib.request.Request(self._url + path))

    def post(self, path, **fields):
        """Where a form led, and the text there."""
        body = urllib.parse.urlencode(fields).encode()
        return self._answer(urllib.request.Request(self._url + path, body))

    def at(self, url):
        """The same member at the site's new address."""
        self._url = url
        return self

    def _answer(self, asked):
        try:
            with self._opener.open(asked, timeout=10) as answer:
                return answer.url, answer.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.url, refused.read().decode()
