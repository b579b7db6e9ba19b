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
    """A PostgreSQL of its own on a loopback port; gives its address without a database name."""
    with _made(durable, initial) as made:
        made.start()
        try:
            yield made.address
        finally:
            made.stop()


@contextmanager
def _made(durable, initial):
    """A cluster that has not started, in a folder that goes when the block ends.

    It sorts by the C locale, as SQLite does, so that both databases answer in the same order.
    """
    tools, who = programs.postgres_bin(), processes.unprivileged()
    if tools is None:
        raise RuntimeError("PostgreSQL is missing; `make setup-tests` installs it")
    folder = Path(tempfile.mkdtemp(prefix="madoguchi-postgres-"))
    if who:
        os.chown(folder, who["user"], who["group"])
    data, port = folder / "cluster", processes.free_port()
    make = [tools / "initdb", "-D", data, "-U", initial, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    subprocess.run([str(part) for part in make], check=True, capture_output=True, cwd=folder, **who)
    settings = SMALL + (() if durable else FORGETFUL)
    command = [tools / "postgres", "-D", data, "-h", "127.0.0.1", "-p", port]
    command += [word for setting in settings for word in ("-c", setting)]
    try:
        yield Cluster(command, folder, folder / "log", who, port, initial)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Cluster:
    """A PostgreSQL that keeps what it promised, and can be pulled away and put back at the same address."""

    def __init__(self, command, folder, log, who, port, initial):
        self._command, self._folder, self.log, self._who = command, folder, log, who
        self.address, self._child = f"postgresql://{initial}@127.0.0.1:{port}", None

    def start(self):
        """Start it, and return when it answers."""
        self._child = processes.start(self._command, self.log, cwd=self._folder, **self._who)
        ready = f"{self.address}/postgres"
        processes.wait_for(lambda: psycopg.connect(ready).close(), self._child, self.log)

    def stop(self):
        """End it as a power button does: at once, for the next start to recover."""
        processes.stop(self._child, signal.SIGQUIT)

    def restart(self):
        """Pull it away and put it back."""
        self.stop()
        self.start()

    def database(self, name):
        """The address of a new, empty database."""
        with psycopg.connect(f"{self.address}/postgres", autocommit=True) as link:
            link.execute(f"CREATE DATABASE {name}")
        return f"{self.address}/{name}"


@contextmanager
def cluster(initial="postgres"):
    """A durable PostgreSQL for tests that pull it away."""
    with _made(durable=True, initial=initial) as made:
        made.start()
        try:
            yield made
        finally:
            made.stop()


@contextmanager
def redis():
    """A Redis of its own on a loopback port, keeping nothing; gives its address."""
    with counters() as made:
        yield made.address


@contextmanager
def counters():
    """The same for tests that freeze or kill it; it is thawed before it ends."""
    server = programs.redis()
    if server is None:
        raise RuntimeError("Redis is missing; `make setup-tests` installs it")
    with tempfile.TemporaryDirectory(prefix="madoguchi-redis-") as folder:
        made = Counters(server, Path(folder), processes.free_port())
        made.start()
        try:
            yield made
        finally:
            made.thaw()
            made.stop()


class Counters:
    """A Redis that can be frozen, or killed and started at the same address, empty."""

    def __init__(self, server, folder, port):
        self._command = [server, "--port", port, "--bind", "127.0.0.1", "--dir", folder]
        self._command += ["--save", "", "--appendonly", "no"]
        self._log, self._port, self._child = folder / "log", port, None
        self.address = f"redis://127.0.0.1:{port}/0"

    def start(self):
        """Start it, and return when it answers."""
        self._child = processes.start(self._command, self._log)
        processes.wait_for(lambda: processes.knock(self._port), self._child, self._log)

    def stop(self):
        """End it politely."""
        processes.stop(self._child)

    def kill(self):
        """End it at once, with everything that it counted."""
        processes.stop(self._child, signal.SIGKILL)

    def freeze(self):
        """Let it hold its connections and do nothing."""
        self._child.send_signal(signal.SIGSTOP)

    def thaw(self):
        """Let it go on."""
        self._child.send_signal(signal.SIGCONT)
