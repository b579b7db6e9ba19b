"""The desk's figures over 1,000 and 100,000 contracts: a hundred times as long is the most they may take."""

import time

from bench.report import Claim
from bench.rounds import book
from madoguchi.services import figures
from madoguchi.store.db import Store
from tests import people

SIZES = (1_000, 100_000)
LOOKS = 3


def claims(folder):
    """The larger book's time against the smaller one's, and what a contract costs in it."""
    few, many = (measured(folder / f"figures-{count}", count) for count in SIZES)
    note = f"{1000 * few:.0f} ms and {1000 * many:.0f} ms"
    yield Claim(
        f"figures: {SIZES[1]:,} contracts ÷ {SIZES[0]:,}", many / few, SIZES[1] / SIZES[0], False, note
    )


def measured(folder, count):
    """The quickest of some looks at a book of so many contracts, nothing of it in the connection's cache."""
    data, _ = book(folder, count, count // 28)
    return min(look(data) for _ in range(LOOKS))


def look(data):
    """The seconds of one look, through a connection of its own as after a quiet hour."""
    store = Store(f"sqlite:///{data / 'madoguchi.db'}")
    office = people.office(store)
    started = time.perf_counter()
    figures.book(office)
    figures.flows(office)
    took = time.perf_counter() - started
    store.close()
    return took
