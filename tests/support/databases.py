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
    """Databases made from one migrated template, dropped after the test."""

    def __init__(self, server, label="main"):
        self._server, self._label, self._numbers = server, label, itertools.count()
        self._template = f"blank_{label}"
        self._run(f"CREATE DATABASE {self._template}")
        store = Store(f"{server}/{self._template}")
        schema.migrate(store)
        store.close()

    @contextmanager
    def url(self, folder):
        """The address of a fresh database; `folder` is not used."""
        name = f"test_{self._label}_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        try:
            yield f"{self._server}/{name}"
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement):
        with psycopg.connect(f"{self._server}/postgres", autocommit=True) as connection:
            connection.execute(statement)
