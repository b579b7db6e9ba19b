"""A connection that broke: the next act has a new one, and nobody is told more than is known."""

import apsw
import pytest

from madoguchi.domain.faults import Unavailable
from madoguchi.store.db import Store


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
