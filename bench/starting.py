"""How soon a started site answers, how much memory it holds, and how many bytes a first visit costs."""

import gzip
import re
import subprocess
import sys
import time
import urllib.request

from bench import servers
from bench.report import Claim
from tests.support import processes

FILE = re.compile(rb'(?:src|href)="(/static/[^"]+)"')


def claims(demo, folder, rounds):
    """Start against importing Flask alone; the memory of two workers; the bytes of a cold login page."""
    imports = [seconds_of([sys.executable, "-c", "import flask"]) for _ in range(rounds)]
    starts = [first_page(demo, folder / "start.log") for _ in range(rounds)]
    bare = sorted(imports)[rounds // 2]
    note = f"{sorted(starts)[rounds // 2]:.2f} s"
    yield Claim("start to first page ÷ `import flask`", sorted(starts)[rounds // 2] / bare, 3, False, note)
    yield Claim("start to first page, seconds", sorted(starts)[rounds // 2], 2, False)
    with servers.granian("run:app", folder / "memory.log", MADOGUCHI_DATA=str(demo)) as (url, child):
        for _ in range(50):
            fetch(url + "/login")
        yield Claim("memory of the site with two workers, MiB", servers.memory_mib(child.pid), 110, False)
        for path in ("/login", "/help/login", "/"):
            yield Claim(f"cold load of {path}, KB over the wire", cold_bytes(url, path) / 1000, 25, False)


def seconds_of(command):
    """How long a command takes from start to end."""
    started = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - started


def first_page(demo, log):
    """Seconds from starting `run.py` on an existing database to its first whole page."""
    port = processes.free_port()
    started = time.perf_counter()
    child = processes.start(
        [sys.executable, "run.py", "--port", port, "--data", demo], log, cwd=processes.ROOT
    )
    try:
        address = f"http://localhost:{port}/login"
        processes.wait_for(lambda: urllib.request.urlopen(address, timeout=5).read(), child, log)
        return time.perf_counter() - started
    finally:
        processes.stop(child)


def cold_bytes(url, path):
    """Bytes of a page and its files, heads included, as a browser without a cache gets them."""
    head, body = fetch(url + path)
    page = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
    files = [fetch(url + name.decode()) for name in sorted(set(FILE.findall(page)))]
    return sum(len(part) for answer in [(head, body), *files] for part in answer)


def fetch(address):
    """The head and the body of an answer, as they come over the wire."""
    asked = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked, timeout=5) as answer:
        return str(answer.headers), answer.read()
