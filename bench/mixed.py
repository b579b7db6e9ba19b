"""Visits of many members on a small and a large book in turns, on either engine: rates, waits, memory."""

import os
import time
from contextlib import ExitStack
from dataclasses import dataclass

from bench import book, crowd, servers
from bench.report import Claim
from madoguchi.services import verify
from tests import people
from tests.support import servers as databases

CONNECTIONS = (1, 8, 32)
SHOWN = ("sign in, new browser", "sign in, known browser", "home", "history",
         "history, next page", "history, a month", "interest", "interest on a day", "simulator, a plan",
         "borrow, offer", "borrow, take it", "repay, begin", "repay, receipt", "sign out")  # fmt: skip
GREW = ("home", "history", "history, a month", "borrow, take it")
LINE = (
    "SELECT SUM(pgsize), (SELECT COUNT(*) FROM line) FROM dbstat "
    "WHERE name IN ('line', 'sqlite_autoindex_line_1') AND aggregate = 1"
)


@dataclass
class Run:
    """One site on one book, and what crowds of each size saw of it, burst after burst."""

    engine: str
    book: book.Book
    url: str
    pid: int
    bursts: dict
    memory: float = 0.0

    def rate(self, connections):
        """Answers a second, the median of the bursts."""
        return middle(seen.rate for seen in self.bursts[connections])

    def at(self, step, connections, share):
        """The time within which a share of all answers to a step came, over all bursts."""
        took = sorted(t for seen in self.bursts[connections] for t in seen.steps.get(step, ()))
        return took[min(len(took) - 1, int(len(took) * share))] if took else None

    def refused(self, connections):
        """Sign-ins that were asked to come back, of all bursts."""
        return sum(seen.refused for seen in self.bursts[connections])


def claims(keep, folder, sizes, seconds, rounds, told, server="", prove=False):
    """Both books of an engine are served at once and visited in turns; what was seen is added to `told`.

    `server` is the address of a PostgreSQL that keeps its books for the next run; else they are made anew.
    With `prove` the larger book is verified as well, which takes about a millisecond a member.
    """
    for engine, counts in sizes.items():
        with ExitStack() as running:
            runs = [served(running, keep, folder, engine, members, server) for members in counts]
            for turn in range(rounds):
                for connections in CONNECTIONS:
                    for run in runs:
                        visited(run, connections, seconds, folder / "crowd.log", turn)
            for run in runs:
                run.memory = servers.memory_mib(run.pid)
            told += runs
            yield from grown(*runs, rounds)
            yield from map(proved, runs if prove else runs[:1])


def served(running, keep, folder, engine, members, server):
    """A book and the site on it; a PostgreSQL that is made for it lasts as long as the others."""
    database = ""
    if engine == "PostgreSQL" and server:
        database = f"{server}/book_{members}"
    elif engine == "PostgreSQL":
        keep, database = (
            folder / f"pg-{members}",
            running.enter_context(databases.postgres(durable=True)) + "/postgres",
        )
    filled = book.made(keep, members, database)
    print(f"       {engine}: {filled.members:,} members, {filled.entries:,} transactions, "
          f"{filled.bytes / 2**20:,.0f} MiB, filled in {filled.seconds:.0f} s", flush=True)  # fmt: skip
    url, child = running.enter_context(servers.busy_site(filled, folder / "site.log"))
    return Run(engine, filled, url, child.pid, {})


def visited(run, connections, seconds, log, turn):
    """One burst of visits by members whom no other burst met."""
    seed = 100 * turn + connections
    seen = crowd.seen(run.book, run.url, "members", connections, seconds, log, warm=seconds / 4, seed=seed)
    run.bursts.setdefault(connections, []).append(seen)


def grown(small, large, rounds):
    """What the larger book costs, and a place for the machine's load, without which no rate means much."""
    by = f"{large.engine}: {large.book.members:,} members ÷ {small.book.members:,}"
    load = f"load average {os.getloadavg()[0]:.1f}"
    for connections in CONNECTIONS:
        pairs = zip(large.bursts[connections], small.bursts[connections], strict=True)
        note = f"{large.rate(connections):,.0f} a second; {large.refused(connections)} refused; {load}"
        yield Claim(f"{by}, answers a second, {connections} connections",
                    middle(a.rate / b.rate for a, b in pairs), 0.8, note=note)  # fmt: skip
    for step in GREW:
        few, many = (run.at(step, 1, 0.5) for run in (small, large))
        if few and many:
            note = f"median {1000 * many:.1f} ms; {rounds} rounds"
            yield Claim(f"{by}, {step}", many / few, 1.3, False, note=note)
    yield Claim(f"{by}, memory", large.memory / small.memory, 1.3, False, note=f"{large.memory:.0f} MiB")


def proved(run):
    """What `verify` finds in a book after all the visits: every figure is computed again from its entries."""
    store, begun = book.Store(run.book.database or book.file_of(run.book.folder)), time.perf_counter()
    found = sum(1 for _ in verify.differences(people.office(store)))
    store.close()
    note = f"in {time.perf_counter() - begun:.0f} s"
    return Claim(f"{run.engine}, {run.book.members:,} members: differences found", found, 0, False, note=note)


def line_bytes(filled):
    """What a line of the ledger takes on disk in a SQLite book, with the pages' own share."""
    store = book.Store(book.file_of(filled.folder))
    size, count = store.one(LINE)
    store.close()
    return Claim(f"ledger of {filled.entries:,}: bytes a line", size / count, 45, False)


def middle(values):
    """The median, the upper one of two."""
    ranked = sorted(values)
    return ranked[len(ranked) // 2]
