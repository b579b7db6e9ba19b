"""Postings against raw SQLite: the same statements with the same durability, without the rules around."""

import shutil
import time

import apsw

from bench.report import Claim
from madoguchi.domain.channels import Channel
from madoguchi.services import posting
from madoguchi.services.books import Posted
from madoguchi.store import schema
from madoguchi.store.db import Store
from tests import people

EACH = 300


def claims(folder, rounds):
    """Seconds of a payment by the service against the seconds of its statements alone, in turns."""
    made = folder / "posting"
    made.mkdir()
    store = Store(f"sqlite:///{made / 'madoguchi.db'}")
    schema.migrate(store)
    who = people.hanako(people.office(store)).contract_id
    statements = traced(store, who)
    store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    ratios, best = [], 0.0
    for n in range(rounds):
        ours, theirs = (shutil.copytree(made, folder / f"posting-{side}-{n}") for side in ("ours", "raw"))
        by_service, by_hand = served(ours, who), raw(theirs, who, statements)
        ratios.append(by_service / by_hand)
        best = max(best, EACH / by_service)
    note = f"{best:,.0f} a second"
    yield Claim("a payment by the service ÷ its statements by hand", sorted(ratios)[rounds // 2], 2.5, False,
                note)  # fmt: skip


def served(folder, who):
    """Seconds for so many payments through the service."""
    store = Store(f"sqlite:///{folder / 'madoguchi.db'}")
    office = people.office(store)
    today = office.business_day()
    started = time.perf_counter()
    for n in range(EACH):
        done = posting.receive_payment(office, who, 200, Channel.INTERNET, today, f"b{n}")
        assert isinstance(done, Posted)
    took = time.perf_counter() - started
    store.close()
    return took


def traced(store, who):
    """The statements of one payment, as the service sends them, with their values."""
    asked, execute, office = [], store._execute, people.office(store)

    def noted(sql, params):
        asked.append((sql, tuple(params)))
        return execute(sql, params)

    store._execute = noted
    posting.receive_payment(office, who, 200, Channel.INTERNET, office.business_day(), "traced")
    del store._execute
    return asked


def raw(folder, who, statements):
    """Seconds for the same statements by hand, with other numbers and keys."""
    link = opened(folder)
    (first,) = next(link.execute("SELECT last_seq FROM contract WHERE id = ?", (who,)))
    started = time.perf_counter()
    for n in range(EACH):
        link.execute("BEGIN IMMEDIATE")
        for sql, params in statements:
            list(link.execute(sql, renumbered(sql, params, first + 1 + n, n)))
        link.execute("COMMIT")
    took = time.perf_counter() - started
    link.close()
    return took


def opened(folder):
    """A connection without anything around it, as durable and with as much cache as ours."""
    link = apsw.Connection(str(folder / "madoguchi.db"))
    for pragma in ("journal_mode = wal", "synchronous = full", "foreign_keys = 1", "cache_size = -8192"):
        link.execute(f"PRAGMA {pragma}")
    return link


def renumbered(sql, params, seq, n):
    """The values of a statement for the next entry: its number and its key."""
    last = seq_of(sql, params)
    return tuple(
        seq if value == last and isinstance(value, int) and last is not None else
        f"{value}-{n}" if isinstance(value, str) and value.endswith(":traced") else value
        for value in params
    )  # fmt: skip


def seq_of(sql, params):
    """The entry's number in a statement that writes one: second of an entry or line, first of the cache."""
    if sql.startswith("INSERT INTO"):
        return params[1]
    return params[0] if sql.startswith("UPDATE contract") else None
