"""The site and its yardstick under the default production server, with the same flags."""

import http.cookiejar
import os
import re
import subprocess
import sys
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from tests.support import processes

CLOCK = "2026-11-20T10:00+09:00"
GRANIAN = ("--interface", "wsgi", "--log-level", "warning")
SHAPE = "--workers {} --blocking-threads {}"
THREADS = 2  # of a worker, as in deploy/madoguchi-web.service: one that waits for a hash must not hold all
WHO = {"history": ("9990110003", "6152"), "home": ("9990110000000014", "2583")}  # Ken, Hanako
VALUE = re.compile(r'value="([^"]+)"')
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@contextmanager
def granian(target, log, python=sys.executable, shape=(2, 1), **environment):
    """Serves a WSGI app by so many workers and threads; gives its address and the process."""
    port = processes.free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
    command = [
        Path(python).with_name("granian"),
        *GRANIAN,
        *SHAPE.format(*shape).split(),
        "--port",
        port,
        target,
    ]
    child = processes.start(command, log, cwd=processes.ROOT, env=kept | environment)
    try:
        processes.wait_for(lambda: processes.knock(port), child, log, seconds=60)
        yield f"http://localhost:{port}", child
    finally:
        processes.stop(child)


def make_demo(data, log):
    """Lets the site make its demo people in an empty folder, as on a first start."""
    port = processes.free_port()
    command = [sys.executable, "run.py", "--port", port, "--data", data, "--clock", CLOCK]
    child = processes.start(command, log, cwd=processes.ROOT)
    try:
        processes.wait_for(lambda: processes.knock(port), child, log, seconds=120)
    finally:
        processes.stop(child)


@contextmanager
def site(data, log):
    """The real site on demo data, as `granian run:app` serves it."""
    with granian("run:app", log, MADOGUCHI_DATA=str(data)) as served:
        yield served


@contextmanager
def demo_site(data, log):
    """The real site on demo data, as `run.py` serves it: waitress, one process with the scheduler inside."""
    port = processes.free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
    command = [sys.executable, "run.py", "--port", port, "--data", data]
    child = processes.start(command, log, cwd=processes.ROOT, env=kept)
    try:
        processes.wait_for(lambda: processes.knock(port), child, log, seconds=60)
        yield f"http://localhost:{port}", child
    finally:
        processes.stop(child)


@contextmanager
def busy_site(book, log, lender=processes.ROOT / "lender.toml"):
    """The real site on a filled book with the threads that operators are told, behind a proxy that is us."""
    where = {"MADOGUCHI_DATA": str(book.folder), "MADOGUCHI_LENDER": str(lender), "MADOGUCHI_CLOCK": CLOCK}
    where |= {"MADOGUCHI_DATABASE": book.database} if book.database else {}
    with granian("run:app", log, shape=(2, THREADS), MADOGUCHI_TRUSTED_PROXIES="1", **where) as served:
        yield served


@contextmanager
def stock(pages, log):
    """The yardstick, serving the pages saved in a folder."""
    with granian("bench.stock:app", log, BENCH_PAGES=str(pages)) as served:
        yield served


def sign_in(url, card, pin):
    """The Cookie header of a member who has just signed in by card."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    token = TOKEN.search(opener.open(url + "/login").read().decode())[1]
    fields = {"csrf_token": token, "card_number": card, "pin": pin}
    answer = opener.open(url + "/login/card", urllib.parse.urlencode(fields).encode())
    assert answer.url.endswith("/home"), answer.url
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def family(pid):
    """A process and its children."""
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [str(pid), *listed.stdout.split()]


def memory_mib(pid):
    """What a process and its children hold in memory, shared pages counted once, in MiB (Linux)."""
    kept = [Path(f"/proc/{one}/smaps_rollup").read_text() for one in family(pid)]
    return sum(int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1]) for text in kept) / 1024


def processor_seconds(pid):
    """What a process and its children have spent on the processor so far (Linux)."""
    spent = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in family(pid)]
    return sum(int(fields[11]) + int(fields[12]) for fields in spent) / os.sysconf("SC_CLK_TCK")
