"""Only the database driver that is used is loaded: peewee by itself imports every one that is installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

OF_POSTGRES: Final = "psycopg"
TO_EITHER: Final = {"copy-to", "restore"}  # commands that reach a PostgreSQL wherever the books are


@contextmanager
def only_for(database: str, asked: Sequence[str] = ()) -> Iterator[None]:
    """Where books are in SQLite, what the block imports finds no driver of PostgreSQL; nor does playhouse.

    The driver costs 17 MiB in each process and a tenth of a second at each start. One that is loaded already
    stays, and whoever wants it afterwards finds it; but peewee looks only once, so that it is not hidden from
    a command, `asked` for by the words of its line, which will open a database of either kind.
    """
    alone = database.startswith("sqlite:") and not TO_EITHER.intersection(asked)
    hidden = alone and OF_POSTGRES not in sys.modules
    if hidden:
        sys.modules[OF_POSTGRES] = None  # type: ignore[assignment] - how Python says that there is none
    try:
        yield
    finally:
        if hidden:
            del sys.modules[OF_POSTGRES]
