"""Blank databases by copy: the schema is made once per run and handed out in a millisecond."""

import itertools
import shutil
from contextlib import contextmanager
from pathlib import Path

import psycopg

from madoguchi.store import schema
from madoguchi.store.db import Store


class SqliteBlanks:
    """Copies of one migrated file (never `:memory:`, which hides what several connections do)."""

    def __init__(self, folder):
        self._blank = Path(folder) / "blank.db"
        store = Store(f"sqlite:///{self._blank}")
        schema.migrate(store)
        store.rows("PRAGMA wal_checkpoint(TRUNCATE)")  # so that one file holds everything
        store.close()

    @contextmanager
    def url(self, folder):
        """The address of a fresh copy in `folder`."""
        target = Path(folder) / "madoguchi.db"
        shutil.copyfile(self._blank, target)
        yield f"sqlite:///{target}"


class PostgresBlanks:
    """Databases made from one migrated template; emptied after a test and lent to the next.

    Emptying takes a few milliseconds, making a database a quarter of a second.
    """

    def __init__(self, server, label="main", setting=""):
        self._server, self._label, self._numbers = server, label, itertools.count()
        self._setting = setting
        self._free, self._known = [], None
        self._template = f"blank_{label}"
        self._run(f"CREATE DATABASE {self._template}")
        store = Store(f"{server}/{self._template}")
        schema.migrate(store)
        store.close()

    @contextmanager
    def url(self, folder):
        """The address of an empty database; `folder` is not used."""
        name = self._free.pop() if self._free else self._made()
        yield f"{self._server}/{name}"
        if self._emptied(name):
            self._free.append(name)
        else:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _made(self):
        name = f"test_{self._label}_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        if self._setting:  # which a template does not hand on
            self._run(f"ALTER DATABASE {name} SET {self._setting}")
        return name

    def _emptied(self, name):
        """Whether all tables are empty again and counters at their start; not if the schema has changed."""
        with psycopg.connect(f"{self._server}/{name}", autocommit=True) as connection:
            connection.execute(OTHERS_OUT)
            if connection.execute(SHAPE).fetchall() != self._shape():
                return False
            tables = connection.execute(TABLES).fetchall()
            connection.execute("SET session_replication_role = replica")  # past what refuses deletion
            connection.execute(";".join(f'DELETE FROM "{table}"' for (table,) in tables))
            for (sequence,) in connection.execute(SEQUENCES).fetchall():
                connection.execute(f'ALTER SEQUENCE "{sequence}" RESTART')
        return True

    def _shape(self):
        if self._known is None:
            with psycopg.connect(f"{self._server}/{self._template}", autocommit=True) as connection:
                self._known = connection.execute(SHAPE).fetchall()
        return self._known

    def _run(self, statement):
        with psycopg.connect(f"{self._server}/postgres", autocommit=True) as connection:
            connection.execute(statement)


OTHERS_OUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
TABLES = (
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_migration' "
    "ORDER BY tablename"
)
SHAPE = (
    "SELECT tgrelid::regclass::text, tgname FROM pg_trigger UNION ALL "
    "SELECT attrelid::regclass::text, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
    "WHERE relnamespace = 'public'::regnamespace ORDER BY 1, 2"
)
SEQUENCES = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
