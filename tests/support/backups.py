"""A house with backups, as tests of them need it."""

from dataclasses import replace

from madoguchi.adapters.alone import FileLock
from madoguchi.adapters.backups.archive import TarArchives
from madoguchi.adapters.backups.postgres import PostgresTools
from madoguchi.domain.retention import Keep
from madoguchi.ports.backups import Backups
from madoguchi.store.alone import DatabaseLock

KEY = "key of the backups for tests only, 44 letters"


def with_backups(office, folder, key="", keep=None):
    """The same office with backups under a folder."""
    data, store = folder / "data", office.store
    lock = FileLock(folder / "backup.lock") if store.sqlite else DatabaseLock(store, "backup")
    how = Backups(TarArchives(key), PostgresTools(), lock, data, folder / "backups", keep or Keep())
    return replace(office, backups=how)
