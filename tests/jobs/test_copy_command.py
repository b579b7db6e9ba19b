"""`copy-to` as an operator runs it, in a process that has SQLite alone in its settings."""

import subprocess
import sys

import psycopg
import pytest

from madoguchi.store import schema
from madoguchi.store.db import Store
from tests import people
from tests.jobs.test_start import PRODUCTION, start

pytestmark = pytest.mark.postgres


@pytest.fixture
def blank(postgres_url):
    """The address of a database without any table."""
    with psycopg.connect(f"{postgres_url}/postgres", autocommit=True) as server:
        server.execute("CREATE DATABASE not_yet")
        yield f"{postgres_url}/not_yet"
        server.execute("DROP DATABASE not_yet WITH (FORCE)")


@pytest.fixture
def copy_to(tmp_path):
    """Runs the command on books with 花子 in them; gives how it ended."""
    store = Store(f"sqlite:///{tmp_path}/madoguchi.db")
    schema.migrate(store)
    people.live(people.office(store), people.cast.ICHIRO, lambda life: life.open(3))
    with store.transaction():
        store.write("UPDATE card SET number = '9990110000000014'")  # no number of the demo's
        store.write("UPDATE member SET number = '990000001'")
    store.close()
    words = ("-m", "flask", "--app", "run", "copy-to")
    return lambda address: start(*words, address, MADOGUCHI_DATA=str(tmp_path), **PRODUCTION)


def test_it_leaves_0_with_what_was_proved_and_1_the_second_time(copy_to, blank):
    ended = copy_to(blank)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "read back they are the same" in ended.stdout
    assert "Every figure there agrees with the ledger." in ended.stdout
    again = copy_to(blank)
    assert again.returncode == 1
    assert "holds rows): nothing is overwritten." in again.stderr


def test_an_address_that_is_none_is_told_in_one_sentence(copy_to):
    for address in ("sqlite:///other.db", "postgresql://nobody@127.0.0.1:1/nothing"):
        ended = copy_to(address)
        assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1), ended.stderr


NO_DRIVER = """
import sys
sys.modules["psycopg"] = None
import run
sys.argv[1:] = ["copy-to", "postgresql://127.0.0.1/x"]
from flask.cli import main
sys.argv[1:1] = ["--app", "run"]
main()
"""


def test_a_driver_that_is_missing_is_told_with_what_installs_it(copy_to, monkeypatch):
    real = subprocess.run

    def without(command, **how):
        return real([sys.executable, "-c", NO_DRIVER], **how)

    monkeypatch.setattr(subprocess, "run", without)
    ended = copy_to("postgresql://127.0.0.1/x")
    assert ended.returncode == 1
    assert "requirements-postgres.txt" in ended.stderr
