"""Instructions a page costs, counted by valgrind: the same on a busy machine as on a quiet one.

Each page is asked for in process, few times and many times; the difference is what one answer costs.
"""

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from bench import servers, starting
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
    yield start(demo, folder)


def start(demo, folder):
    """The claim about the start, up to the first page."""
    env = starting.bytecode_kept(folder) | {"MADOGUCHI_DATA": str(demo)}
    code = "import run; run.app.test_client().get('/login', base_url='http://localhost')"
    for command in (code, "import flask"):  # the first time compiles
        subprocess.run([sys.executable, "-c", command], env=env, cwd=processes.ROOT, check=True)
    ours, flask = (counted([sys.executable, "-c", command], env) for command in (code, "import flask"))
    return Claim("start to first page, instructions ÷ `import flask`", ours / flask, 3, False)


def count(app, name, demo, pages, cookie):
    """Instructions of one answer."""
    few, many = (run(app, name, times, demo, pages, cookie) for times in (FEW, MANY))
    return (many - few) / (MANY - FEW)


def run(app, name, times, demo, pages, cookie):
    """Instructions of a process that answers so many times."""
    asked = [sys.executable, "-m", "bench.instructions", app, name, str(times), cookie]
    return counted(asked, os.environ | {"MADOGUCHI_DATA": str(demo), "BENCH_PAGES": str(pages)})


def counted(asked, env):
    """Instructions of one command."""
    command = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    done = subprocess.run(
        command + asked,
        env=env | {"PYTHONHASHSEED": "0"},
        cwd=processes.ROOT,
        capture_output=True,
        text=True,
        check=False,
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
