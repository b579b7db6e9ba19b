"""Our own files a second against `send_from_directory` with the same bytes, on the same server, in turns."""

import os
from contextlib import ExitStack, contextmanager
from pathlib import Path

import flask

from bench import pages, servers
from bench.load import Target, interleaved, ratio
from bench.report import Claim
from bench.starting import FILE

LEAST = 5  # files are in memory, compressed and named before the first is asked for
CONNECTIONS = (1, 8)


def claims(demo, folder, seconds, rounds):
    """The style sheet, plain on both sides and as browsers ask for it, where ours alone is compressed."""
    with ExitStack() as running:
        url, child = running.enter_context(servers.site(demo, folder / "files.log"))
        address = style_sheet(url)
        plain, packed = Target(url + address), Target(url + address, **{"Accept-Encoding": "gzip"})
        saved = folder / "files"
        saved.mkdir()
        (saved / "site.css").write_bytes(plain.once()[1])
        stock_url, stock_child = running.enter_context(stock(saved, folder / "stock-files.log"))
        yardstick = Target(stock_url + "/site.css")
        assert yardstick.once()[1] == plain.once()[1]
        ours, theirs = (plain, child), (yardstick, stock_child)
        work = sorted(pages.work(*theirs, seconds) / pages.work(*ours, seconds) for _ in range(rounds))
        what = "a file: send_from_directory ÷ ours, processor time an answer, same bytes"
        yield Claim(what, work[rounds // 2], LEAST)
        for connections in CONNECTIONS:
            yield from rates(plain, packed, yardstick, connections, seconds, rounds)


def rates(plain, packed, yardstick, connections, seconds, rounds):
    """Answers a second at one number of connections; the client takes its share of both sides."""
    found = interleaved([plain, packed, yardstick], connections, seconds, rounds)
    for name, mine in zip(("same bytes", "ours compressed"), found, strict=False):
        best = [max(result.rate for result in results) for results in (mine, found[-1])]
        note = "{:.0f}/s against {:.0f}/s".format(*best)
        what = f"a file, {connections} at a time: answers/s ÷ send_from_directory, {name}"
        yield Claim(what, ratio(mine, found[-1], "rate"), LEAST, note=note)


def style_sheet(url):
    """Where the site's own page says that its style sheet is."""
    return next(
        found for found in FILE.findall(Target(url + "/login").once()[1]) if b".css" in found
    ).decode()


@contextmanager
def stock(folder, log):
    """The yardstick, serving a folder as Flask's documentation says."""
    with servers.granian("bench.statics:app", log, BENCH_FILES=str(folder)) as served:
        yield served


def create_app(folder):
    """A Flask app with nothing but the files of a folder, which a browser may keep for a year."""
    app = flask.Flask("stock", static_folder=None)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 31_536_000
    app.add_url_rule("/<path:name>", "file", lambda name: flask.send_from_directory(folder, name))
    return app


def __getattr__(name):
    """`app` for a WSGI server, made from the folder in BENCH_FILES."""
    if name == "app":
        return create_app(Path(os.environ["BENCH_FILES"]))
    raise AttributeError(name)
