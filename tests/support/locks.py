"""What tests of the lock in a database ask and do, from the side of another machine."""

import time

from madoguchi.store import stamps
from madoguchi.store.alone import HOUSE, PURPOSES
from tests import people


def free(other, purpose="round"):
    """Whether another machine could have the lock now."""
    key = (HOUSE, PURPOSES[purpose])
    taken = other.one("SELECT pg_try_advisory_lock(?, ?)", key) == (True,)
    return taken and other.one("SELECT pg_advisory_unlock(?, ?)", key) == (True,)


def soon_free(other, seconds=10):
    """The same within some seconds: a server notices by and by that a connection was closed."""
    end = time.monotonic() + seconds
    while not (found := free(other)) and time.monotonic() < end:
        time.sleep(0.01)  # not a guess at a duration: it ends when it is free
    return found


def cut(store, other):
    """End this thread's session as a server does that goes down."""
    pid = store.peewee.connection().info.backend_pid
    assert other.one("SELECT pg_terminate_backend(?, 5000)", (pid,)) == (True,)


def act(store):
    """Do something that is kept."""
    with store.transaction():
        stamps.put(store, "act", people.TODAY)
