"""The worker that sends letters: a thread inside `python run.py`, or `flask --app run worker` by itself."""

from __future__ import annotations

import logging
import threading
from datetime import date

from madoguchi.domain.faults import Unavailable
from madoguchi.services import bank_page, post
from madoguchi.services.office import Office

EVERY_SECONDS = 0.1  # a member sits and waits for a code; looking is one small read
AFTER_FAULT_SECONDS = 5.0

log = logging.getLogger("madoguchi.worker")


class Worker(threading.Thread):
    """Looks for due letters until it is stopped; no fault ends it.

    It waits in the machine's time and asks the office's clock what is due: a moved clock sends at once.
    """

    def __init__(self, office: Office) -> None:
        super().__init__(name="worker", daemon=True)
        self._office, self._stopped = office, threading.Event()
        self._trimmed: date | None = None

    def run(self) -> None:
        """Send until stopped."""
        wait = 0.0
        while not self._stopped.wait(wait):
            wait = self.look()
        self._office.store.close()

    def look(self) -> float:
        """Send a few letters; returns how many seconds to wait before the next look."""
        try:
            bank_page.collect(self._office)
            tried = post.deliver(self._office)
            self._trim()
        except Unavailable:
            log.warning("letters cannot be sent now: the database does not answer")
            return AFTER_FAULT_SECONDS
        except Exception as fault:  # noqa: BLE001 - the thread outlives whatever nobody foresaw
            log.error("letters cannot be sent now: %s", type(fault).__name__)
            return AFTER_FAULT_SECONDS
        return 0.0 if tried == post.FEW else EVERY_SECONDS

    def stop(self) -> None:
        """End after the letter that is under way."""
        self._stopped.set()

    def _trim(self) -> None:
        if (today := self._office.business_day()) != self._trimmed:
            post.trim(self._office)
            self._trimmed = today
