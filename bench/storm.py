"""A storm of wrong sign-ins from everywhere beside members who look and one on a known browser."""

import multiprocessing
import random
import selectors
import socket
import statistics
import time
import urllib.parse
import urllib.request

from bench import servers
from bench.load import Answer, Target
from bench.report import Claim

GUESSERS, LOOKERS = 32, 4
SIGN_INS = 5
VARIETY = 300  # guesses that are made ready and sent again and again
IN_TIME = 0.5  # seconds until a member on a known browser is in
PROXIED = {"MADOGUCHI_TRUSTED_PROXIES": "1"}  # so that each guess comes from an address of its own


def claims(demo, folder, seconds, rounds):
    """Pages beside the storm ÷ quiet, in turns; and how long a known browser waits to be let in meanwhile."""
    told = {"MADOGUCHI_DATA": str(demo), **PROXIED}
    with servers.granian("run:app", folder / "storm.log", shape=(2, 2), **told) as (url, _):
        page = Target(url + "/home", Cookie=servers.sign_in(url, *servers.WHO["home"]))
        known = Known(url, *servers.WHO["history"])
        page.burst(LOOKERS, seconds)  # warm
        rates, slowest, waits, guesses = [], [], [], []
        for _ in range(rounds):
            quiet = page.burst(LOOKERS, seconds)
            with Storm(url) as storm:
                time.sleep(0.5)  # until it blows
                busy = page.burst(LOOKERS, seconds)
                waits += [known.sign_in() for _ in range(SIGN_INS)]
            rates.append(busy.rate / quiet.rate)
            slowest.append(busy.p99 / quiet.p99)
            guesses.append(storm.rate)
    note = f"{statistics.median(guesses):.0f} guesses a second from as many addresses"
    yield Claim(
        "home beside a storm of sign-ins ÷ quiet, answers a second", statistics.median(rates), 0.4, note=note
    )
    yield Claim("home beside it ÷ quiet, slowest in a hundred", statistics.median(slowest), 8, False)
    yield Claim("seconds until a member on a known browser is in, the slowest", max(waits), IN_TIME, False,
                f"half of them in {statistics.median(waits):.2f} s")  # fmt: skip


class Known:
    """A member on a browser that has signed in before."""

    def __init__(self, url, card, pin):
        self._url, self._card, self._pin = url, card, pin
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self.sign_in()

    def sign_in(self):
        """The seconds from the press to being in; whoever is in goes out first."""
        text = self._opener.open(self._url + "/login").read().decode()
        if "さん" in text:
            self._post("/logout", csrf_token=servers.TOKEN.search(text)[1])
            text = self._opener.open(self._url + "/login").read().decode()
        token, begun = servers.TOKEN.search(text)[1], time.perf_counter()
        answer = self._post("/login/card", csrf_token=token, card_number=self._card, pin=self._pin)
        assert answer.url.endswith("/home"), answer.url
        return time.perf_counter() - begun

    def _post(self, path, **fields):
        return self._opener.open(self._url + path, urllib.parse.urlencode(fields).encode())


class Storm:
    """Guesses at random card numbers without end, from random addresses, by a process of its own."""

    def __init__(self, url):
        self._count, self._over = multiprocessing.Value("l", 0), multiprocessing.Event()
        self._child = multiprocessing.Process(target=guess, args=(url, self._count, self._over))
        self.rate = 0.0

    def __enter__(self):
        self._child.start()
        self._begun = time.perf_counter()
        return self

    def __exit__(self, *_fault):
        self.rate = self._count.value / (time.perf_counter() - self._begun)
        self._over.set()
        self._child.join()


class Any(Answer):
    """An answer of any status."""

    expected = b"HTTP"


def guess(url, count, over):
    """Keeps all guessers busy; lean, so that the storm does not take the machine from the site."""
    parts = urllib.parse.urlsplit(url)
    came = visitor(url)
    asked = [request(parts.netloc, *came, n) for n in range(VARIETY)]
    loop, dice = selectors.DefaultSelector(), random.Random(1)
    for _ in range(GUESSERS):
        link = socket.create_connection((parts.hostname, parts.port))
        loop.register(link, selectors.EVENT_READ, Any())
        link.sendall(dice.choice(asked))
    while not over.is_set():
        for key, _ in loop.select(timeout=1):
            if key.data.take(key.fileobj.recv(65536)):
                count.value += 1
                key.fileobj.sendall(dice.choice(asked))


def visitor(url):
    """The cookie and the token of somebody who has just opened the page to sign in."""
    with urllib.request.urlopen(url + "/login") as answer:
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
        return cookie, servers.TOKEN.search(answer.read().decode())[1]


def request(host, cookie, token, n):
    """One guess as it goes over the wire: a card and an address that no other has."""
    card = f"99901{n * 7919 % 10**11:011}"
    body = urllib.parse.urlencode({"csrf_token": token, "card_number": card, "pin": "0000"})
    lines = (
        "POST /login/card HTTP/1.1", f"Host: {host}", f"Cookie: {cookie}", f"Content-Length: {len(body)}",
        "Content-Type: application/x-www-form-urlencoded",
        f"X-Forwarded-For: 203.{n // 65536}.{n // 256 % 256}.{n % 256}",
    )  # fmt: skip
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()
