"""Several threads that act at the same moment, as requests do: what the database undid is done once more."""

import threading
from concurrent.futures import ThreadPoolExecutor

from madoguchi.services.repeating import again


def at_once(office, times, act):
    """What each of so many threads got that did the same."""
    return each_at_once(office, [act] * times)


def each_at_once(office, acts):
    """What each act gave, all let go together; the threads' connections are closed afterwards."""
    gate = threading.Barrier(len(acts))

    def one(act):
        gate.wait()
        try:
            return again(office.store, act)
        finally:
            office.store.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))
