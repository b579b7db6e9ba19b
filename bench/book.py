"""A book of so many members and over ten times as many transactions: told lives, copied by set SQL."""

import json
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench import models, servers
from madoguchi.adapters.hashing import Lanes
from madoguchi.domain.secrets import pin_material
from madoguchi.services import copying
from madoguchi.store.db import Store
from tests import people

BASE = 1_000_000  # copies are numbered from here on, so that keys made of the number keep one width
CHUNK = 20_000  # members in one transaction
CARDS = 400  # members whose card opens; each PIN is hashed with its card number, a fortieth of a second
LANES = 64  # visitors at once, at most
CARD, PIN, PASSWORD = 7_000_000_000_000_000, "2583", "Sakura7788"
FILLED = "filled.json"

# Of each told life these tables, in an order that every key allows; papers with their entries.
TABLES = ("member", "bank_account", "contract", "term", "card", "web_id", "line", "entry", "house_line",
          "house_entry", "paper", "paper_post")  # fmt: skip
NUMBERED = ("member", "contract")
NEW = f"({BASE} + who)"
KEY = f"CAST({NEW} AS TEXT) || substr({{}}, length(CAST(model AS TEXT)) + 1)"
OWN = {
    ("member", "number"): "CAST(300000000 + who AS TEXT)",
    ("member", "email"): "'m' || CAST(who AS TEXT) || '@example.jp'",
    ("card", "number"): f"CAST({CARD} + who AS TEXT)",
    ("web_id", "web_id"): "'bench' || CAST(10000000 + who AS TEXT)",
    ("web_id", "folded"): "'bench' || CAST(10000000 + who AS TEXT)",
    ("entry", "idempotency_key"): KEY.format("idempotency_key"),
    ("house_line", "entry_key"): KEY.format("entry_key"),
    ("house_entry", "idempotency_key"): KEY.format("idempotency_key"),
    ("house_entry", "cause"): KEY.format("cause"),
}


@dataclass(frozen=True)
class Book:
    """Where a filled book lies, how large it is, and how long that took."""

    folder: Path
    database: str
    members: int
    entries: int
    bytes: int
    seconds: float

    def sign_in(self, turn, lane):
        """How a member signs in, one in eight by card; no two lanes share a member."""
        if turn % 8 == 0:
            nth = turn // 8 % (CARDS // LANES) * LANES + lane
            return "/login/card", {"card_number": str(CARD + 1 + nth * step_of(self.members)), "pin": PIN}
        return "/login/web-id", {"web_id": self.web_id(turn, lane), "password": PASSWORD}

    def web_id(self, turn, lane):
        """A member's Web-ID."""
        return f"bench{10_000_001 + turn % (self.members // LANES) * LANES + lane}"


def step_of(members):
    """Which members' cards open: one in so many."""
    return max(1, members // CARDS)


def made(keep, members, database=""):
    """The book of so many members in a folder; one that was filled before is taken as it is."""
    folder = keep / f"{members}-{'postgres' if database else 'sqlite'}"
    if not (folder / FILLED).exists():
        folder.mkdir(parents=True, exist_ok=True)
        servers.make_demo(folder, folder / "demo.log")
        lives = models.told(file_of(folder))
        if database:
            blank(database)
            copied(folder, database)
        store = Store(database or file_of(folder))
        begun = time.perf_counter()
        fill(store, members, lives)
        open_cards(store, folder, members)
        took = time.perf_counter() - begun
        (entries,) = store.one("SELECT COUNT(*) FROM entry")
        kept = {"members": members, "entries": entries, "bytes": store.size(), "seconds": took}
        store.close()
        (folder / FILLED).write_text(json.dumps(kept))
    return Book(folder, database, **json.loads((folder / FILLED).read_text()))


def file_of(folder):
    """The address of the SQLite book in a folder."""
    return f"sqlite:///{folder / 'madoguchi.db'}"


def blank(database):
    """An empty database at an address, in place of any that was not filled to its end."""
    server, _, name = database.rpartition("/")
    if name != "postgres":
        with psycopg.connect(f"{server}/postgres", autocommit=True) as link:
            link.execute(f"DROP DATABASE IF EXISTS {name}")
            link.execute(f"CREATE DATABASE {name} LOCALE 'C' TEMPLATE template0")


def copied(folder, database):
    """The house with its models, copied to PostgreSQL by the product's own `copy-to`."""
    store = Store(file_of(folder))
    done = copying.copy_to(people.office(store), database)
    store.close()
    assert not done.faults, done.faults


def fill(store, members, lives):
    """Copies the lives in turn, a chunk of members a transaction; guards of single rows rest meanwhile."""
    guards = rest(store)
    with store.transaction():
        columns = {table: model_of(store, table, lives) for table in TABLES}
    for first in range(1, members + 1, CHUNK):
        last = min(first + CHUNK - 1, members)
        with store.transaction():
            for table in TABLES:
                store.write(copy(table, columns[table], len(lives)), (first, last))
    wake(store, guards)


def model_of(store, table, lives):
    """Puts the models' rows of a table aside, each with its model's number and turn; the columns to copy."""
    names = columns_of(store, table)
    owner = next((name for name in ("contract_id", "member_id") if name in names), "id")
    key = {"house_entry": "idempotency_key", "house_line": "entry_key"}.get(table)
    whose = f"m.model = s.{owner}" if not key else f"s.{key} LIKE CAST(m.model AS TEXT) || ':%'"
    turns = " UNION ALL ".join(f"SELECT {model} AS model, {turn} AS turn" for turn, model in enumerate(lives))
    store.write(f"CREATE TEMP TABLE model_{table} AS SELECT m.turn, m.model, s.* FROM {table} s "
                f"JOIN ({turns}) m ON {whose}")  # fmt: skip
    store.write(f"CREATE INDEX model_{table}_turn ON model_{table} (turn)")
    return [name for name in names if name != "id" or table in NUMBERED]


def columns_of(store, table):
    """The names of a table's columns."""
    told = (
        "SELECT name FROM pragma_table_info(?)"
        if store.sqlite
        else "SELECT column_name FROM information_schema.columns WHERE table_name = ? "
        "ORDER BY ordinal_position"
    )
    return [name for (name,) in store.rows(told, (table,))]


def copy(table, columns, turns):
    """The statement that copies a table's model rows for a range of members, in the order of its key."""
    values = [OWN.get((table, name), NEW if name in ("id", "contract_id", "member_id") else name)
              for name in columns]  # fmt: skip
    return (
        "WITH RECURSIVE numbers(who) AS (SELECT CAST(? AS BIGINT) UNION ALL SELECT who + 1 FROM numbers "
        f"WHERE who < ?) INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "
        f"FROM numbers JOIN model_{table} ON turn = who % {turns}"
    )


def rest(store):
    """Triggers and references off, for copies of rows that went through them; gives what `wake` needs."""
    if not store.sqlite:
        store.rows("SELECT set_config('session_replication_role', 'replica', false)")
        store.rows("SELECT set_config('synchronous_commit', 'off', false)")
        return []
    for pragma in ("foreign_keys = 0", "synchronous = 0", "cache_size = -400000"):
        store.rows(f"PRAGMA {pragma}")
    guards = store.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    with store.transaction():
        for name, _ in guards:
            store.write(f"DROP TRIGGER {name}")
    return guards


def wake(store, guards):
    """The guards again, and the numbers that the databases give out behind those of the copies."""
    if store.sqlite:
        with store.transaction():
            for _, sql in guards:
                store.write(sql)
        store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    for table in NUMBERED:
        store.rows(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT MAX(id) FROM {table}))")
    store.rows("SELECT set_config('session_replication_role', 'origin', false)")
    for table in TABLES:
        with store.transaction():
            store.write(f"ANALYZE {table}")


def open_cards(store, folder, members):
    """One password for all, and the PINs of some cards, hashed as dearly as the site hashes them."""
    lanes = Lanes((folder / "pepper").read_text().strip().encode())
    with store.transaction():
        store.write("UPDATE web_id SET password_hash = ? WHERE member_id > ?",
                    (lanes.hash_aside(PASSWORD, keyed=False), BASE))  # fmt: skip
        for n in range(1, members + 1, step_of(members))[:CARDS]:
            card = str(CARD + n)
            kept = lanes.hash_aside(pin_material(card, PIN), keyed=True)
            store.write("UPDATE card SET pin_hash = ? WHERE number = ?", (kept, card))
