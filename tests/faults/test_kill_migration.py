"""Killed while the books are brought to the newest schema: the next start finishes, nothing is half done."""

import os
import random
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from madoguchi.store import schema
from madoguchi.store.db import Store
from tests import people
from tests.support import processes

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "3"))
WORK = """
import sys
from madoguchi.store import schema
from madoguchi.store.db import Store
store = Store(sys.argv[1])
print("begins", flush=True)
schema.migrate(store)
"""


@pytest.fixture
def empty(request, database, tmp_path):
    """The address of a database with nothing in it, on the engine of the migrated one."""
    if database.sqlite:
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server, name = request.getfixturevalue("postgres_url"), f"empty_{os.getpid()}_{random.randrange(10**9)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name}")
    yield f"{server}/{name}"


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_a_migration_that_was_killed_is_finished_by_the_next_start(empty, database, round_):
    dice, killed = random.Random(round_), 0
    for _ in range(4):
        killed += killed_at_work(empty, dice)
    store = Store(empty)
    schema.migrate(store)
    assert not schema.pending(store)
    assert shape(store) == shape(database), "a table, column or index is missing or there twice"
    people.hanako(people.office(store))  # and the books can be written
    store.close()


def killed_at_work(url, dice):
    """Migrate in another process and kill it at a random moment; whether it was still at work."""
    environment = os.environ | {"PYTHONPATH": f"{processes.ROOT}/site:{processes.ROOT}"}
    command = [sys.executable, "-c", WORK, url]
    child = subprocess.Popen(command, env=environment, cwd=processes.ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "begins\n"
    time.sleep(dice.uniform(0, 0.25))  # the moment of the kill, not a wait for anything
    at_work = child.poll() is None
    child.send_signal(signal.SIGKILL)
    child.communicate()
    return at_work


def shape(store):
    """Tables with their columns, and indexes, as the database itself names them."""
    if store.sqlite:
        sql = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
    else:
        sql = (
            "SELECT table_name, column_name, data_type FROM information_schema.columns "
            "WHERE table_schema = 'public' UNION ALL SELECT tablename, indexname, '' FROM pg_indexes "
            "WHERE schemaname = 'public' ORDER BY 1, 2"
        )
    return store.rows(sql)
