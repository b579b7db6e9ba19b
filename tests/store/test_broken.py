"""A connection that broke: the next act has a new one, and nobody is told more than is known."""

import socket
import threading
import time
from urllib.parse import urlsplit

import apsw
import pytest

from madoguchi.domain.faults import Unavailable
from madoguchi.store.db import BUSY_SECONDS, Store


class ReadOnlyDisk(apsw.VFS):
    """A disk that lets files be opened for reading alone, as one that was remounted."""

    def __init__(self):
        super().__init__("read-only", "unix", makedefault=True)

    def xOpen(self, name, flags):
        """Open as the kernel lets SQLite open it then."""
        if isinstance(flags, list) and flags[0] & apsw.SQLITE_OPEN_MAIN_DB:
            flags[0] = flags[0] & ~(apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
            flags[0] |= apsw.SQLITE_OPEN_READONLY
        return super().xOpen(name, flags)


def test_a_thread_that_came_to_a_read_only_disk_writes_when_that_is_over(sqlite_url):
    open_before = Store(sqlite_url)
    open_before.rows("SELECT 1 FROM member")  # its log stands, so that others can read
    store, disk = Store(sqlite_url), ReadOnlyDisk()
    try:
        assert store.rows("SELECT COUNT(*) FROM member") == [(0,)]
    finally:
        disk.unregister()
    with pytest.raises(Unavailable), store.transaction():
        store.write("UPDATE member SET name = name")
    with store.transaction():
        assert store.write("UPDATE member SET name = name") == 0
    store.close()
    open_before.close()


def test_a_brief_act_does_without_and_the_next_one_waits_again(database, database_url):
    other = Store(database_url)
    with database.transaction():
        database.write("INSERT INTO stamp (name, at) VALUES ('held', 1)")
    with other.transaction():
        other.write("UPDATE stamp SET at = 2 WHERE name = 'held'")
        begun = time.monotonic()
        with pytest.raises(Unavailable), database.brief():
            database.write("UPDATE stamp SET at = 3 WHERE name = 'held'")
        assert time.monotonic() - begun < BUSY_SECONDS / 2
    with database.brief():
        assert database.write("UPDATE stamp SET at = 4 WHERE name = 'held'") == 1
    sql = "PRAGMA busy_timeout" if database.sqlite else "SHOW lock_timeout"
    assert database.one(sql) == ((1000 * BUSY_SECONDS,) if database.sqlite else (f"{BUSY_SECONDS}s",))
    other.close()


@pytest.fixture
def lame_url(postgres_blanks, tmp_path):
    """The address of a database behind a line that is cut between a COMMIT and its answer."""
    with postgres_blanks.url(tmp_path) as url, socket.create_server(("127.0.0.1", 0)) as door:
        parts = urlsplit(url)
        line = threading.Thread(target=cut_at_commit, args=(door, (parts.hostname, parts.port)))
        line.start()
        yield url, url.replace(f":{parts.port}", f":{door.getsockname()[1]}")
        line.join(10)


def cut_at_commit(door, server):
    """Carry one connection until the server has answered a COMMIT; that answer reaches nobody."""
    front, _ = door.accept()
    with front, socket.create_connection(server) as back:
        answers = threading.Event()

        def carry_back():
            while not answers.is_set() and (said := back.recv(65536)):
                if not answers.is_set():
                    front.sendall(said)

        carrier = threading.Thread(target=carry_back)
        carrier.start()
        while asked := front.recv(65536):
            if b"COMMIT" in asked:
                answers.set()
            back.sendall(asked)
            if answers.is_set():
                carrier.join(10)  # the server has answered: the act stands
                return


@pytest.mark.postgres
def test_a_line_cut_after_commit_leaves_it_open_whether_the_act_stands(lame_url):
    real, lame = Store(lame_url[0]), Store(lame_url[1])
    with pytest.raises(Unavailable) as fault, lame.transaction():
        lame.write("INSERT INTO stamp (name, at) VALUES (?, ?)", ("kept", 1))
    assert fault.value.unsure
    assert len(real.rows("SELECT 1 FROM stamp WHERE name = 'kept'")) == 1
    real.close()


@pytest.mark.postgres
def test_what_was_refused_before_commit_is_not_unsure(postgres_blanks, tmp_path):
    with postgres_blanks.url(tmp_path) as url:
        store, other = Store(url), Store(url)
        with pytest.raises(Unavailable) as fault, store.transaction():
            end_and_write(store, other)
        assert not fault.value.unsure
        other.close()


def end_and_write(store, other):
    """Let another end this act's connection, then go on writing."""
    (pid,) = store.one("SELECT pg_backend_pid()")
    other.rows("SELECT pg_terminate_backend(?)", (pid,))
    store.write("DELETE FROM stamp")
