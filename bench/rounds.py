"""The daily round over books of 100,000 and 1,000,000 contracts, and the pages while it runs."""

import time
from datetime import date, datetime

from bench.beside import beside
from bench.report import Claim
from madoguchi.ports import JAPAN
from madoguchi.services import rounds
from madoguchi.store import contracts, schema
from madoguchi.store.db import Store
from madoguchi.store.values import day_out
from tests import people

DUE_DAYS = 28  # a book's due dates lie on so many days: one in 28 contracts is due today
LATE_PER_1000 = 30  # of those that are due, unmet
CLOSES, RUN_AT = date(2026, 11, 25), datetime(2026, 11, 26, 0, 5, tzinfo=JAPAN)
ACCRUE_ALL = "UPDATE contract SET interest_units = interest_units + principal * rate"
SIZES = (1, 10)


def claims(demo, folder, thousands, seconds, rounds_of):
    """Time against one UPDATE over all contracts, growth with the book, and pages beside the round."""
    took = {}
    for times in SIZES:
        count = thousands * 1000 * times
        data, accrual = book(folder / f"book-{count}", count, count // DUE_DAYS)
        took[count] = close(data)
        yield Claim(
            f"round over {count:,} contracts, 1 in {DUE_DAYS} due ÷ one UPDATE over all",
            took[count] / accrual, 40, False, f"{took[count]:.1f} s against {accrual:.2f} s",
        )  # fmt: skip
    small, large = sorted(took)
    yield Claim(f"round: {large:,} contracts ÷ {small:,}, ten times as many due", took[large] / took[small],
                12, False)  # fmt: skip
    yield growth(folder, thousands * 100)
    yield from beside(demo, folder, 400_000, seconds, rounds_of, fill)


def growth(folder, count):
    """A book a hundred times as large with the same number due."""
    due = count // 3
    few = close(book(folder / "few", count, due)[0])
    many = close(book(folder / "many", count * 100, due)[0])
    note = f"{few:.2f} s and {many:.2f} s for {due:,} due"
    return Claim(f"round: {count * 100:,} contracts ÷ {count:,}, as many due", many / few, 1.5, False, note)


def book(folder, count, due):
    """A database of so many contracts, `due` of them due on the day that is closed; and one UPDATE's time."""
    folder.mkdir()
    store = Store(f"sqlite:///{folder / 'madoguchi.db'}")
    schema.migrate(store)
    people.hanako(people.office(store))
    with store.transaction():
        fill(store, count, due)
        store.write("INSERT INTO closed_day (day, closed_at) VALUES (?, 0)", (day_out(CLOSES) - 1,))
    started = time.perf_counter()
    with store.transaction():
        store.write(ACCRUE_ALL)
    accrual = time.perf_counter() - started
    store.close()
    return folder, accrual


def fill(store, count, due):
    """Copies of the one contract: the first `due` fall due on the day, the others later."""
    (named,) = zip(
        *store.rows("SELECT name FROM pragma_table_info('contract') WHERE name <> 'id'"), strict=True
    )
    own = {
        "due_on": f"CASE WHEN n <= {due} THEN {day_out(CLOSES)} ELSE 20261201 + n % 25 END",
        "due_met": f"CASE WHEN n % 1000 < {LATE_PER_1000} THEN 0 ELSE 1 END",
    }
    store.write(
        f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}) "
        f"INSERT INTO contract ({', '.join(named)}) "
        f"SELECT {', '.join(own.get(name, name) for name in named)} FROM numbers, contract WHERE id = 1"
    )


def close(folder):
    """Runs the round on a book and returns its seconds."""
    store = Store(f"sqlite:///{folder / 'madoguchi.db'}")
    office = people.office(store, at=RUN_AT)
    started = time.perf_counter()
    passed = sum(closed.due_dates for closed in rounds.close_days(office))
    took = time.perf_counter() - started
    assert passed, "nothing was due"
    assert not contracts.hold_due(store, CLOSES, 1), "something is still due"
    store.close()
    return took
