"""Only the database driver that is used is loaded: peewee by itself imports every one that is installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

OF_POSTGRES: Final = "psycopg"


@contextmanager
def only_for(database: str) -> Iterator[None]:
    """Where books are in SQLite, what the block imports finds no driver of PostgreSQL; nor does playhouse.

    The driver costs 17 MiB in each process and a tenth of a second at each start. One that is loaded already
    stays, and whoever wants it afterwards finds it.
    """
    hidden = database.startswith("sqlite:") and OF_POSTGRES not in sys.modules
    if hidden:
        sys.modules[OF_POSTGRES] = None  # type: ignore[assignment] - how Python says that there is none
    try:
        yield
    finally:
        if hidden:
            del sys.modules[OF_POSTGRES]
