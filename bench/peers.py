"""The history page against the same page of other stacks, each with its own environment, on one server."""

import http.cookiejar
import os
import pickle
import subprocess
import urllib.parse
import urllib.request
import venv
from contextlib import ExitStack, contextmanager

from bench import pages, servers
from bench.load import Target, interleaved, ratio
from bench.peer_sites import shared
from bench.report import Claim
from bench.stock_facts import Facts
from tests.support import processes

PEERS = {"django": ("Django + auth + axes", 6), "flask": ("Flask-SQLAlchemy + Login + WTF + Limiter", 5)}


def claims(demo, folder, seconds, rounds):
    """The site's own history page, signed in, against each peer's at 1 and 8 connections."""
    python = environment(folder / "peers")
    with ExitStack() as running:
        url, _ = running.enter_context(servers.site(demo, folder / "peered.log"))
        real = Target(url + "/history", Cookie=servers.sign_in(url, *servers.WHO["history"]))
        save(real, folder / "peers")
        for name, (words, bound) in PEERS.items():
            peer = running.enter_context(serving(name, python, folder))
            pages.same_bytes(name, real, peer)
            for connections in pages.CONNECTIONS:
                mine, theirs = interleaved([real, peer], connections, seconds, rounds)
                best = [f"{max(result.rate for result in results):.0f}/s" for results in (mine, theirs)]
                yield Claim(
                    f"history, {connections} at a time: answers/s ÷ {words}, the same bytes",
                    ratio(mine, theirs, "rate"), bound, note=" against ".join(best),
                )  # fmt: skip


def environment(folder):
    """The Python of an environment that holds the peers and nothing else."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    wanted = processes.ROOT / "bench/peer_sites/requirements.txt"
    command = [python, "-m", "pip", "install", "--quiet", "--requirement", wanted]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return python


def save(real, folder):
    """Keeps the page's objects where the peers read them: rows apart, to go into their databases."""
    html = real.once()[1].decode()
    found = Facts("history", html)
    values = dict(found.values)
    rows = values.pop("entries")
    addresses = found.addresses | {endpoint: f"/{endpoint}" for endpoint in missing(found)}
    kept = {"values": values, "rows": rows, "addresses": addresses, "size": len(html.encode())}
    with (folder / "facts.pickle").open("wb") as file:
        Plain(file).dump(kept)


class Plain(pickle.Pickler):
    """Keeps texts that an XPath found as plain ones, since a peer has no lxml to read them with."""

    def reducer_override(self, kept):
        """How to make a text again."""
        return (str, (str(kept),)) if isinstance(kept, str) else NotImplemented


def missing(found):
    """Endpoints of links whose address is no path of the page, so that every link can be built."""
    site = found.values["site"]
    return {item.endpoint for item in (*site.nav, *site.menu, *site.law)} - set(found.addresses)


@contextmanager
def serving(name, python, folder):
    """A peer on its own database under the site's server, and its page as a signed-in member asks for it."""
    log = folder / f"peer-{name}.log"
    target = f"bench.peer_sites.{name}_site"
    kept = {"BENCH_PEER": str(folder / "peers"), "PYTHONPATH": str(processes.ROOT)}
    command = [python, "-m", target]
    subprocess.run(command, check=True, cwd=processes.ROOT, env=os.environ | kept)
    with servers.granian(f"{target}:app", log, python=python, **kept) as (url, _):
        yield Target(url + "/history", Cookie=sign_in(url))


def sign_in(url):
    """The Cookie header of the peer's member."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    token = servers.VALUE.search(opener.open(url + "/login").read().decode())[1]
    fields = {"username": shared.NAME, "password": shared.PASSWORD}
    tokens = dict.fromkeys(("csrf_token", "csrfmiddlewaretoken"), token)
    answer = opener.open(url + "/login", urllib.parse.urlencode(fields | tokens).encode())
    assert answer.read() == b"signed in"
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
