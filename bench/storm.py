"""A storm of wrong sign-ins from everywhere beside members who look and one on a known browser."""

import http.client
import multiprocessing
import random
import statistics
import threading
import time
import urllib.parse
import urllib.request

from bench import servers
from bench.load import Target
from bench.report import Claim

GUESSERS, LOOKERS = 32, 4
SIGN_INS = 5
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
    """Guesses at random card numbers without end, from random addresses, by processes of their own."""

    def __init__(self, url):
        self._count, self._over = multiprocessing.Value("l", 0), multiprocessing.Event()
        told = (url, self._count, self._over)
        self._children = [multiprocessing.Process(target=guess, args=told) for _ in range(4)]
        self.rate = 0.0

    def __enter__(self):
        for child in self._children:
            child.start()
        self._begun = time.perf_counter()
        return self

    def __exit__(self, *_fault):
        self.rate = self._count.value / (time.perf_counter() - self._begun)
        self._over.set()
        for child in self._children:
            child.join()


def guess(url, count, over):
    """A quarter of the guessers, each on a connection of its own."""
    threads = [threading.Thread(target=guesser, args=(url, count, over)) for _ in range(GUESSERS // 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def guesser(url, count, over):
    """One connection: the page once for its token, then wrong pairs."""
    parts, dice = urllib.parse.urlsplit(url), random.Random()
    link = http.client.HTTPConnection(parts.hostname, parts.port)
    link.request("GET", "/login")
    answer = link.getresponse()
    visit = answer.getheader("Set-Cookie").partition(";")[0]
    token = servers.TOKEN.search(answer.read().decode())[1]
    while not over.is_set():
        typed = {"csrf_token": token, "card_number": f"99901{dice.randrange(10**11):011}", "pin": "0000"}
        told = {
            "Cookie": visit,
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"203.{dice.randrange(256)}.{dice.randrange(256)}.{dice.randrange(256)}",
        }
        link.request("POST", "/login/card", urllib.parse.urlencode(typed), told)
        link.getresponse().read()
        with count.get_lock():
            count.value += 1
