"""Reminders and the debit file over a large book, against one UPDATE over all contracts."""

import time
from dataclasses import replace
from datetime import datetime

from bench.report import Claim
from bench.rounds import ACCRUE_ALL, CLOSES, DUE_DAYS
from madoguchi.ports import JAPAN
from madoguchi.services import debit_files, reminders
from madoguchi.store import schema
from madoguchi.store.db import Store
from madoguchi.store.values import day_out
from tests import people

DUE = CLOSES  # Wednesday 25 November
REMINDED = datetime(2026, 11, 22, 10, 0, tzinfo=JAPAN)  # three days before, at ten
FILED = datetime(2026, 11, 24, 1, 0, tzinfo=JAPAN)  # the business day before
OWN = {
    "member": {"number": "CAST(200000000 + n AS TEXT)"},
    "contract": {
        "member_id": "1 + n",
        "due_on": f"CASE WHEN n <= {{due}} THEN {day_out(DUE)} ELSE 20261201 + n % 25 END",
        "due_nominal": str(day_out(DUE)),
        "due_met": "0",
        "due_filled": "0",
    },
}
MANDATES = (
    "INSERT INTO mandate (contract_id, bank_code, branch_code, kind, number, holder_kana, state, asked_at, "
    "due_at) SELECT id, '0001', '240', 1, '0000019', 'ｻﾄｳ ﾊﾅｺ', 'active', 0, 0 FROM contract "
    "WHERE due_on = ? AND id % 2 = 0"
)


def claims(folder, thousands):
    """Time against one UPDATE, and growth with a book of which no more are due."""
    count = thousands * 10_000
    told, filed, accrual = measured(folder / "night", count, count // DUE_DAYS)
    yield Claim(
        f"reminders + debit file, {count:,} contracts, 1 in {DUE_DAYS} due ÷ one UPDATE over all",
        (told + filed) / accrual, 1.0, False,
        f"{told:.2f} s and {filed:.2f} s against {accrual:.2f} s; a rest after each batch included",
    )  # fmt: skip
    yield Claim("of it the reminders", told / accrual, 1.0, False)
    few, many = (
        measured(folder / f"night-{times}", thousands * 100 * times, thousands * 33) for times in (1, 100)
    )
    yield Claim(
        f"reminders + debit file: {thousands * 10_000:,} contracts ÷ {thousands * 100:,}, as many due",
        sum(many[:2]) / sum(few[:2]), 1.5, False, f"{sum(few[:2]):.2f} s and {sum(many[:2]):.2f} s",
    )  # fmt: skip


def measured(folder, count, due):
    """Seconds of the reminders, of the debit file, and of one UPDATE; half of those due have a mandate."""
    folder.mkdir()
    store = Store(f"sqlite:///{folder / 'madoguchi.db'}")
    schema.migrate(store)
    people.hanako(people.office(store))
    with store.transaction():
        for table in ("member", "contract"):
            fill(store, table, count, due)
        store.write(MANDATES, (day_out(DUE),))
        store.write("INSERT INTO closed_day (day, closed_at) VALUES (?, 0)", (day_out(DUE) - 2,))
    accrual = seconds(lambda: accrue(store))
    office = people.office(store, at=REMINDED)
    told = seconds(lambda: reminders.run(office))
    assert reminders.run(office) == 0
    office = replace(office, clock=people.office(store, at=FILED).clock)
    filed = seconds(lambda: debit_files.make(office, DUE))
    (letters,) = store.one("SELECT COUNT(*) FROM letter WHERE kind = 'reminder'")
    (debits,) = store.one("SELECT COUNT(*) FROM debit")
    assert letters >= due, (letters, due)
    assert debits >= due // 2 - 1, (debits, due)
    store.close()
    return told, filed, accrual


def accrue(store):
    """One UPDATE over all contracts."""
    with store.transaction():
        store.write(ACCRUE_ALL)


def fill(store, table, count, due):
    """Copies of the one row of a table, each its own person; the first `due` contracts are due on the day."""
    sql = f"SELECT name FROM pragma_table_info('{table}') WHERE name <> 'id'"
    named = [name for (name,) in store.rows(sql)]
    values = [OWN[table].get(name, name).format(due=due) for name in named]
    store.write(
        f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}) "
        f"INSERT INTO {table} ({', '.join(named)}) "
        f"SELECT {', '.join(values)} FROM numbers, {table} WHERE {table}.id = 1"
    )


def seconds(act):
    """How long an act takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
