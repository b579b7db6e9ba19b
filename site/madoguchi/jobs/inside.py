"""The round and the workers inside `python run.py`, begun once the door is open."""

from __future__ import annotations

import threading
from typing import Any

from madoguchi.services.office import Office

AFTER_SECONDS = 1.0  # reading their modules in would be felt by whoever waits for the first page


class Inside(threading.Thread):
    """Begins the threads a moment later, and stops those that it began."""

    def __init__(self, office: Office) -> None:
        super().__init__(name="inside", daemon=True)
        self._office, self._stopped, self._begun = office, threading.Event(), threading.Lock()
        self._threads: tuple[Any, ...] = ()

    def run(self) -> None:
        """Begin, unless all is over already."""
        if self._stopped.wait(AFTER_SECONDS):
            return
        from madoguchi.jobs.scheduler import Scheduler
        from madoguchi.jobs.worker import Keeper, Payer, Worker

        with self._begun:
            if self._stopped.is_set():
                return
            self._threads = tuple(made(self._office) for made in (Scheduler, Worker, Payer, Keeper))
            for thread in self._threads:
                thread.start()

    def stop(self) -> None:
        """Let each finish what it is at, and end."""
        self._stopped.set()
        with self._begun:
            for thread in self._threads:
                thread.stop()
