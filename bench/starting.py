"""How soon a started site answers, how much memory it holds, and how many bytes a first visit costs."""

import gzip
import os
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
    env = bytecode_kept(folder)
    pairs = [(first_page(demo, folder / "start.log", env), import_flask(env)) for _ in range(rounds + 1)]
    ratios, starts = (
        sorted(start / bare for start, bare in pairs[1:]),
        sorted(start for start, _ in pairs[1:]),
    )
    yield Claim("start to first page ÷ `import flask`", ratios[rounds // 2], 3, False)
    yield Claim("start to first page, seconds", starts[rounds // 2], 2, False)
    with servers.granian("run:app", folder / "memory.log", MADOGUCHI_DATA=str(demo)) as (url, child):
        for _ in range(50):
            fetch(url + "/login")
        yield Claim("memory of the site with two workers, MiB", servers.memory_mib(child.pid), 110, False)
        for path in ("/login", "/help/login", "/"):
            yield Claim(f"cold load of {path}, KB over the wire", cold_bytes(url, path) / 1000, 25, False)


def bytecode_kept(folder):
    """An environment in which Python keeps what it compiled, as it does unless told otherwise."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")}


def import_flask(env):
    """Seconds that importing Flask takes, from start to end."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import flask"], check=True, env=env)
    return time.perf_counter() - started


def first_page(demo, log, env):
    """Seconds from starting `run.py` on an existing database to its first whole page."""
    port = processes.free_port()
    started = time.perf_counter()
    command = [sys.executable, "run.py", "--port", port, "--data", demo]
    child = processes.start(command, log, cwd=processes.ROOT, env=env)
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
