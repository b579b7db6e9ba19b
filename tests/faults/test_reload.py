"""The workers are replaced under load, as `systemctl reload` does it: behind a proxy no request fails.

An old worker answers what it has begun to read, but a connection that it has just accepted it closes unread.
The proxies of deploy/ ask again once then, and so do these clients; what they press carries its key.
"""

import http.client
import signal
import threading
import time

import pytest

from bench.servers import family
from tests.faults.test_trouble import Watched
from tests.support import production
from tests.support.member import HIDDEN

HANAKO = ("9990110000000014", "2583")
RELOADS = 2


@pytest.fixture
def served(tmp_path):
    """The demo under the production server; gives the address and the process."""
    with production.served(tmp_path) as found:
        yield found


def test_no_request_fails_while_workers_are_replaced(served):
    url, child = served
    over, failed, count = threading.Event(), [], [0]

    def press(who, ask):
        while not over.is_set():
            try:
                again(ask, who)
                count[0] += 1
                if who.status != 200:
                    failed.append((who.status, who.words[:200]))
            except Exception as fault:  # noqa: BLE001 - whatever it was, a member saw it
                failed.append(repr(fault))

    asks = {signed_in(url): ask for ask in (reads, writes, signs_in_anew)}
    threads = [threading.Thread(target=press, args=pair) for pair in asks.items()]
    for thread in threads:
        thread.start()
    for _ in range(RELOADS):
        replaced(child)
    over.set()
    for thread in threads:
        thread.join()
    assert not failed, failed[:3]
    assert count[0] > 50, "too little was asked to see anything"


def again(ask, who):
    """Ask, and once more when the connection was closed without an answer."""
    try:
        ask(who)
    except (http.client.RemoteDisconnected, ConnectionResetError):
        ask(who)


def signed_in(url):
    """花子 on a browser of her own."""
    who = Watched(url, *HANAKO)
    who.sign_in()
    return who


def reads(who):
    """Look at a page."""
    who.get("/history")


def writes(who):
    """Put the end of the session off."""
    token = dict(HIDDEN.findall(who.get("/home")[1]))["csrf_token"]
    who.post("/session/extend", csrf_token=token, next="/home")


def signs_in_anew(who):
    """Out, and in again."""
    token = dict(HIDDEN.findall(who.get("/home")[1]))["csrf_token"]
    who.post("/logout", csrf_token=token)
    who.sign_in()


def replaced(child):
    """Ask for new workers and wait until none of the old ones is left."""
    old, until = set(family(child.pid)) - {str(child.pid)}, time.monotonic() + 60
    child.send_signal(signal.SIGHUP)
    while set(family(child.pid)) & old:
        assert time.monotonic() < until, "the old workers stay"
        time.sleep(0.05)  # not a guess at a duration: it ends with the last of them
