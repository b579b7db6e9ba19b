"""A quiet night at the production server: threads with nothing to do end, and no worker goes with them."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.servers import family
from tests.faults.test_trouble import HANAKO, Watched
from tests.support import production, site

PATIENCE = 30  # seconds


def until(fact):
    """Wait for something to become true."""
    end = time.monotonic() + PATIENCE
    while not fact():
        assert time.monotonic() < end, "it never came to pass"
        time.sleep(0.05)  # not a guess at a duration: it ends when it is true


def threads(workers):
    """How many threads these processes have (Linux)."""
    return sum(len(os.listdir(f"/proc/{pid}/task")) for pid in workers)


def look(members):
    """All look at home some times, at once."""

    def looks(who):
        for _ in range(10):
            who.get("/home")
            assert who.status == 200

    with ThreadPoolExecutor(len(members)) as pool:
        list(pool.map(looks, members))


def signed_in(url, count):
    """So many browsers of 花子."""
    members = [Watched(url, *HANAKO) for _ in range(count)]
    for who in members:
        who.sign_in()
    return members


def test_workers_outlive_their_idle_threads(tmp_path):
    with production.served(tmp_path, GRANIAN_BLOCKING_THREADS_IDLE_TIMEOUT="5") as (url, child):
        workers = family(child.pid)[1:]
        members = signed_in(url, 4)
        for _ in range(2):
            look(members)
            busy = threads(workers)
            until(lambda busy=busy: threads(workers) < busy)
        look(members)
        assert family(child.pid)[1:] == workers


def test_a_worker_that_is_killed_is_replaced_and_the_other_serves_meanwhile(tmp_path):
    with production.served(tmp_path) as (url, child):
        (who,) = signed_in(url, 1)
        gone, left = family(child.pid)[1:]
        os.kill(int(gone), signal.SIGKILL)
        until(lambda: not Path(f"/proc/{gone}").exists() or gone not in family(child.pid))
        who.get("/home")
        assert who.status == 200
        until(lambda: len(family(child.pid)) == 3)
        assert left in family(child.pid)
        site.healthy(url)
