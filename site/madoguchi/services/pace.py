"""How a batch leaves others their turn: it rests for what they made it wait, and hardly when alone."""

from __future__ import annotations

import time
from typing import Final

LEAST: Final = 0.005  # seconds; SQLite lets whoever waits to write look again after 1, 3 and 8 ms
TIMES: Final = 3.0  # of what was waited: with all cores busy it rests about as long as it worked


class Turn:
    """One short transaction of a batch, from here to its `rest`."""

    def __init__(self) -> None:
        self._begun, self._worked = time.monotonic(), time.thread_time()

    def rest(self) -> None:
        """Sleep; at the longest as long as the turn took.

        What it took beyond its own processor time it waited: for a core, the interpreter, a lock or the disk.
        """
        took = time.monotonic() - self._begun
        waited = took - (time.thread_time() - self._worked)
        time.sleep(max(LEAST, min(took, TIMES * waited)))
