"""Several threads that do the same at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor


def at_once(office, times, act):
    """What each of so many threads got, all let go together; their connections are closed afterwards."""
    gate = threading.Barrier(times)

    def one(_):
        gate.wait()
        try:
            return act()
        finally:
            office.store.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))
