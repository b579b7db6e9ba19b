"""Throw-away PostgreSQL and Redis: started by the first test that asks, gone when the run ends."""

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.support import processes
from tools import programs

# Fast and forgetful: these databases live for one run. Tests of power cuts pass durable=True.
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
SMALL = ("shared_buffers=32MB", "max_connections=60", "unix_socket_directories=", "timezone=UTC")


@contextmanager
def postgres(durable=False, initial="postgres"):
    """A PostgreSQL of its own on a loopback port; gives its address without a database name.

    The cluster sorts by the C locale, as SQLite does, so that both databases answer in the same order.
    """
    tools, who = programs.postgres_bin(), processes.unprivileged()
    if tools is None:
        raise RuntimeError("PostgreSQL is missing; `make setup-tests` installs it")
    folder = Path(tempfile.mkdtemp(prefix="madoguchi-postgres-"))
    if who:
        os.chown(folder, who["user"], who["group"])
    cluster, log, port = folder / "cluster", folder / "log", processes.free_port()
    make = [tools / "initdb", "-D", cluster, "-U", initial, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    subprocess.run([str(part) for part in make], check=True, capture_output=True, cwd=folder, **who)
    settings = SMALL + (() if durable else FORGETFUL)
    command = [tools / "postgres", "-D", cluster, "-h", "127.0.0.1", "-p", port]
    command += [word for setting in settings for word in ("-c", setting)]
    child = processes.start(command, log, cwd=folder, **who)
    try:
        address = f"postgresql://{initial}@127.0.0.1:{port}"
        processes.wait_for(lambda: psycopg.connect(f"{address}/postgres").close(), child, log)
        yield address
    finally:
        processes.stop(child, signal.SIGINT if durable else signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis():
    """A Redis of its own on a loopback port, keeping nothing; gives its address."""
    server = programs.redis()
    if server is None:
        raise RuntimeError("Redis is missing; `make setup-tests` installs it")
    with tempfile.TemporaryDirectory(prefix="madoguchi-redis-") as folder:
        port, log = processes.free_port(), Path(folder) / "log"
        command = [
            server,
            "--port",
            port,
            "--bind",
            "127.0.0.1",
            "--dir",
            folder,
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        child = processes.start(command, log)
        try:
            processes.wait_for(lambda: processes.knock(port), child, log)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            processes.stop(child)
