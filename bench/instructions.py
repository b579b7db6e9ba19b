"""Instructions a page costs, counted by valgrind: the same on a busy machine as on a quiet one.

Each page is asked for in process, few times and many times; the difference is what one answer costs.
"""

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from bench import servers
from bench.report import Claim
from tests.support import processes

FEW, MANY = 30, 130
PAGES = ("history", "home")
COUNTED = re.compile(r"I\s+refs:\s+([\d,]+)")


def claims(demo, folder, pages):
    """The site's two pages against the stock ones, with addresses asked for and written out."""
    if shutil.which("valgrind") is None:
        print("       valgrind is not installed, so no instructions are counted")
        return
    with servers.site(demo, folder / "counted.log") as (url, _):
        cookies = {name: servers.sign_in(url, *who) for name, who in servers.WHO.items()}
    asked = [(app, name) for name in PAGES for app in ("site", "stock", "plain")]
    with ThreadPoolExecutor(os.cpu_count()) as many:
        counts = many.map(lambda pair: count(*pair, demo, pages, cookies[pair[1]]), asked)
        found = dict(zip(asked, counts, strict=True))
    for name in PAGES:
        mine, stock, plain = (found[app, name] for app in ("site", "stock", "plain"))
        note = f"{mine / 1e6:.2f} million; ÷ the stock page with addresses written out: {mine / plain:.2f}"
        yield Claim(f"{name}: instructions an answer ÷ stock page", mine / stock, 1.1, False, note)


def count(app, name, demo, pages, cookie):
    """Instructions of one answer."""
    few, many = (run(app, name, times, demo, pages, cookie) for times in (FEW, MANY))
    return (many - few) / (MANY - FEW)


def run(app, name, times, demo, pages, cookie):
    """Instructions of a process that answers so many times."""
    command = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    asked = [sys.executable, "-m", "bench.instructions", app, name, str(times), cookie]
    env = os.environ | {
        "MADOGUCHI_DATA": str(demo), "BENCH_PAGES": str(pages), "PYTHONHASHSEED": "0",
    }  # fmt: skip
    done = subprocess.run(
        command + asked, env=env, cwd=processes.ROOT, capture_output=True, text=True, check=False
    )
    found = COUNTED.search(done.stderr)
    assert done.returncode == 0, done.stderr[-2000:]
    assert found, done.stderr[-2000:]
    return int(found[1].replace(",", ""))


def answer(app, path, times, cookie):
    """What runs under valgrind: the app called as a server calls it."""
    from werkzeug.test import EnvironBuilder

    builder = EnvironBuilder(path, "http://localhost:8000", headers={"Cookie": cookie})
    for _ in range(times):
        told = []
        body = app(builder.get_environ(), lambda *heard, told=told: told.append(heard))
        sent = b"".join(body)
        body.close()
        assert told[0][0].startswith("200"), told
        assert sent


def main():
    """One process, started by `run`."""
    kind, name, times, cookie = sys.argv[1:]
    if kind == "site":
        import run as site

        return answer(site.app, f"/{name}", int(times), cookie)
    from bench import stock

    return answer(stock.app, f"/plain/{name}" if kind == "plain" else f"/{name}", int(times), cookie)


if __name__ == "__main__":
    main()
