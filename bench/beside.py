"""Pages while the daily round runs in a process of its own: their rate, and how long writes take at most."""

import http.client
import shutil
import sys
import time
import urllib.parse
import urllib.request
from contextlib import contextmanager

from bench import servers
from bench.load import Target
from bench.report import Claim
from madoguchi.store.db import Store
from tests.support import processes

HANAKO = ("9990110000000014", "2583")
ROUND = "import sys, pathlib; from bench.rounds import close; close(pathlib.Path(sys.argv[1]))"


def beside(demo, folder, count, seconds, rounds, fill):
    """The same page and the same write, quiet and beside a round over `count` contracts, half of them due."""
    data = shutil.copytree(demo, folder / "beside")
    store = Store(f"sqlite:///{data / 'madoguchi.db'}")
    with store.transaction():
        fill(store, count, count // 2)
        # One long day is left: what ends with a day would sign the reader out.
        store.write("INSERT INTO closed_day SELECT 20261124, MIN(closed_at) FROM closed_day")
    store.close()
    with servers.site(data, folder / "beside.log") as (url, _):
        cookie = servers.sign_in(url, *HANAKO)
        page, press = Target(url + "/home", Cookie=cookie), Presses(url, cookie)
        page.burst(4, seconds / 2)
        pairs = [pair(page, press, data, folder / "round.log", seconds) for _ in range(rounds)]
    rates, waits = zip(*pairs, strict=True)
    yield Claim("home, answers a second while the round runs ÷ quiet", sorted(rates)[rounds // 2], 0.8)
    yield Claim("a write's slowest in a hundred while the round runs ÷ quiet", sorted(waits)[rounds // 2], 4,
                False)  # fmt: skip


def pair(page, press, data, log, seconds):
    """Rate and slowest writes beside a round ÷ the same in the quiet before it; then the round is stopped."""
    quiet, quiet_p99 = page.burst(4, seconds), press.p99(seconds)
    with round_running(data, log) as child:
        busy, busy_p99 = page.burst(4, seconds), press.p99(seconds)
        assert child.poll() is None, f"the round ended too soon: {log.read_text()[-2000:]}"
    return busy.rate / quiet.rate, busy_p99 / quiet_p99


class Presses:
    """Presses of 「延長する」, one after the other: the smallest page that writes."""

    def __init__(self, url, cookie):
        parts = urllib.parse.urlsplit(url)
        self._link = http.client.HTTPConnection(parts.hostname, parts.port)
        asked = urllib.request.Request(url + "/home", headers={"Cookie": cookie})
        token = servers.TOKEN.search(urllib.request.urlopen(asked).read().decode())[1]
        self._body = urllib.parse.urlencode({"csrf_token": token, "next": "/home"})
        self._headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}

    def p99(self, seconds):
        """The seconds that all but one in a hundred of the presses took at most."""
        took, until = [], time.perf_counter() + seconds
        while (begun := time.perf_counter()) < until:
            self._link.request("POST", "/session/extend", self._body, self._headers)
            answer = self._link.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
            took.append(time.perf_counter() - begun)
        return sorted(took)[len(took) * 99 // 100]


@contextmanager
def round_running(data, log):
    """The daily round as a process while the block runs."""
    child = processes.start([sys.executable, "-c", ROUND, data], log, cwd=processes.ROOT)
    time.sleep(1)  # past its imports, into the round
    try:
        yield child
    finally:
        processes.stop(child)
