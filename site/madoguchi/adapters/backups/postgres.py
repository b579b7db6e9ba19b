"""PostgreSQL's own tools: pg_dump of a held moment, pg_restore into a blank database.

The one place that runs programs. They get their words as a list and no shell, a time limit, and the password
in a file that only we can read: a command line is seen by everybody on the machine.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from madoguchi.domain.faults import Unfit

HOURS: Final = 6 * 3600  # longer than any dump of one lender


class PostgresTools:
    """The ServerTools."""

    def dump(self, url: str, snapshot: str, to: Path) -> None:
        """By pg_dump, in its own format, not compressed: the archive does that."""
        words = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges"]
        _run("pg_dump", url, [*words, f"--snapshot={snapshot}", f"--file={to}"])

    def load(self, url: str, file: Path) -> None:
        """By pg_restore, in one transaction; the schema itself stands in a blank database already."""
        words = [
            "--no-owner",
            "--no-privileges",
            "--exit-on-error",
            "--single-transaction",
            "--schema=public",
        ]
        _run("pg_restore", url, [*words, str(file)])

    @contextmanager
    def scratch(self, url: str) -> Iterator[str]:
        """A database with a name of its own on the same server."""
        import psycopg

        name = f"madoguchi_drill_{secrets.token_hex(6)}"
        try:
            with _connected(url) as connection:
                connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        except psycopg.errors.InsufficientPrivilege as fault:
            raise Unfit(
                "The database's user may not make a scratch database: ALTER ROLE … CREATEDB, or name a blank "
                "one with --database"
            ) from fault
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            with _connected(url) as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _connected(url: str) -> Iterator[Any]:
    import psycopg

    try:
        with psycopg.connect(url, autocommit=True) as connection:
            yield connection
    except psycopg.OperationalError as fault:
        raise Unfit("The database does not answer") from fault


def _run(tool: str, url: str, words: list[str]) -> None:
    program = shutil.which(tool)
    if program is None:
        raise Unfit(
            f"{tool} is missing: install the server's client programs (apt install postgresql-client)"
        )
    with tempfile.TemporaryDirectory(prefix="madoguchi-") as folder:
        address = _without_password(url, Path(folder) / "pass")
        ended = subprocess.run(  # noqa: S603 - a fixed program, its words as a list
            [program, f"--dbname={address}", *words],
            capture_output=True,
            text=True,
            timeout=HOURS,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    if ended.returncode:
        told = (ended.stderr.strip().splitlines() or ["it does not say why"])[0]
        raise Unfit(f"{tool} failed: {told[:300]}")


def _without_password(url: str, file: Path) -> str:
    """The same address with its password in a file beside it, as libpq reads it."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    secret = unquote(parts.password).replace("\\", "\\\\").replace(":", "\\:")
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(f"*:*:*:*:{secret}\n")
    host = parts.netloc.rpartition("@")[2]
    query = urlencode([*parse_qsl(parts.query), ("passfile", str(file))], quote_via=quote)
    return parts._replace(netloc=f"{parts.username or ''}@{host}", query=query).geturl()
