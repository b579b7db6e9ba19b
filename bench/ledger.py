"""Whether a history page feels how large the ledger is, or how long one member's own history."""

import shutil
import time
from contextlib import ExitStack
from datetime import date, timedelta

from bench import servers
from bench.load import Target, interleaved, ratio
from bench.report import Claim
from madoguchi.domain.channels import Channel
from madoguchi.domain.ledger import Account, EntryKind
from madoguchi.store import entries
from madoguchi.store.db import Store
from madoguchi.store.values import day_out

ICHIRO, DAISUKE = ("9990110000000022", "7416"), ("9990110000000089", "4670")
ICHIROS, DAISUKES = "100000027", "100000085"
LAST_DAY = date(2026, 11, 19)
LONG, SHORT, FILLER = 100_000, 100, 5_000  # entries of the one, of the other, of each contract in between
MONTH = "/history?from=2026-10-01&to=2026-10-31"


def claims(demo, folder, total, seconds, rounds):
    """The first page and one month: a long history against a short one, a large ledger against a small."""
    small, large = (shutil.copytree(demo, folder / name) for name in ("small", "large"))
    fill(small, DAISUKES, SHORT, 0)
    started = time.perf_counter()
    fill(large, DAISUKES, SHORT, 0)
    fill(large, ICHIROS, LONG, total - LONG)
    print(f"       {total:,} entries written in {time.perf_counter() - started:.0f} s", flush=True)
    with ExitStack() as running:
        sites = [servers.site(data, folder / f"{data.name}.log") for data in (small, large)]
        urls = [running.enter_context(site)[0] for site in sites]
        few = [servers.sign_in(url, *DAISUKE) for url in urls]
        many = servers.sign_in(urls[1], *ICHIRO)
        for path, what in (("/history", "first page"), (MONTH, "a month")):
            in_small, in_large = (
                Target(url + path, Cookie=cookie) for url, cookie in zip(urls, few, strict=True)
            )
            of_many = Target(urls[1] + path, Cookie=many)
            short, long, alone = interleaved([in_large, of_many, in_small], 1, seconds, rounds)
            yield claim(f"{what}: member with {LONG:,} entries ÷ member with {SHORT}", long, short)
            yield claim(f"{what}: ledger of {total:,} entries ÷ ledger of a few thousand", short, alone)


def claim(what, first, second):
    """A claim about the time that a page takes."""
    note = f"median {1000 * sorted(result.median for result in first)[len(first) // 2]:.2f} ms"
    return Claim(what, ratio(first, second, "median"), 1.3, at_least=False, note=note)


def fill(data, number, own, others):
    """Gives one member `own` entries, and the house `others` more on contracts of nobody who signs in."""
    store = Store(f"sqlite:///{data / 'madoguchi.db'}")
    (contract,) = store.one(
        "SELECT contract.id FROM contract JOIN member ON member.id = member_id WHERE number = ?", (number,)
    )
    write(store, contract, own)
    for start in range(0, others, FILLER):
        write(store, clone(store, contract), min(FILLER, others - start))
    store.close()


def clone(store, contract):
    """One more contract like this one, with nothing in its ledger."""
    (last,) = store.one("SELECT MAX(id) FROM contract")
    (columns,) = zip(
        *store.rows("SELECT name FROM pragma_table_info('contract') WHERE name <> 'id'"), strict=True
    )
    names = ", ".join(columns)
    with store.transaction():
        store.write(
            f"INSERT INTO contract (id, {names}) SELECT ?, {names} FROM contract WHERE id = ?",
            (last + 1, contract),
        )
        store.write("UPDATE contract SET last_seq = 0 WHERE id = ?", (last + 1,))
    return last + 1


def write(store, contract, count):
    """Appends `count` balanced entries that lead up to LAST_DAY, several a day when there are many."""
    (last,) = store.one("SELECT last_seq FROM contract WHERE id = ?", (contract,))
    step = min(timedelta(days=3650) / count, timedelta(days=1))  # so that a page of October is full for both
    for first in range(1, count + 1, 10_000):
        numbers = range(first, min(first + 10_000, count + 1))
        rows = [entry(contract, last + n, LAST_DAY - step * (count - n)) for n in numbers]
        with store.transaction():
            store.insert_many("line", entries.LINE_COLUMNS, [line for row in rows for line in lines(row)])
            store.insert_many("entry", entries.COLUMNS, rows)
    with store.transaction():
        store.write("UPDATE contract SET last_seq = ? WHERE id = ?", (last + count, contract))


def entry(contract, seq, day):
    """One row of the ledger: borrowed and paid back in turns."""
    kind = EntryKind.DRAWDOWN if seq % 2 else EntryKind.REPAYMENT
    moment = day_out(day) * 10_000
    key = f"bench-{contract}-{seq}"
    return (
        contract,
        seq,
        int(kind),
        day_out(day),
        moment,
        1000,
        0,
        0,
        0,
        1000,
        0,
        1000,
        str(Channel.ATM),
        key,
        None,
        None,
    )


def lines(row):
    """The two sides of such a row."""
    sides = (
        (Account.PRINCIPAL, Account.BANK)
        if row[2] == EntryKind.DRAWDOWN
        else (Account.BANK, Account.PRINCIPAL)
    )
    return [(row[0], row[1], 1, int(sides[0]), 1000, 0), (row[0], row[1], 2, int(sides[1]), 0, 1000)]
