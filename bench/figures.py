"""The desk's figures over two books, one a hundred times as large: so much longer may they take at most."""

import time

from bench.report import Claim
from bench.rounds import book
from madoguchi.services import figures
from madoguchi.store.db import Store
from tests import people

TIMES = 100
LOOKS = 3


def claims(folder, thousands):
    """The larger book's time against the smaller one's, and what a contract costs in it."""
    sizes = (thousands * 100, thousands * 100 * TIMES)
    few, many = (measured(folder / f"figures-{count}", count) for count in sizes)
    note = f"{1000 * few:.0f} ms and {1000 * many:.0f} ms"
    yield Claim(f"figures: {sizes[1]:,} contracts ÷ {sizes[0]:,}", many / few, TIMES, False, note)


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
