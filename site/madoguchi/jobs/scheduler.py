"""The clock that turns inside `python run.py`: the daily round when the day turns, reminders in between."""

from __future__ import annotations

import logging
import threading
from datetime import date

from madoguchi.domain.faults import Unavailable
from madoguchi.services import debit_round, reminders, rounds
from madoguchi.services.office import Office

EVERY_SECONDS = 5.0

log = logging.getLogger("madoguchi.scheduler")


class Scheduler(threading.Thread):
    """Looks at the clock now and then; a round that fails is tried again at the next look."""

    def __init__(self, office: Office) -> None:
        super().__init__(name="scheduler", daemon=True)
        self._office, self._stopped = office, threading.Event()

    def run(self) -> None:
        """Run until stopped."""
        done: date | None = None
        while not self._stopped.wait(0 if done is None else EVERY_SECONDS):
            done = self.look(done) or done or date.min
            self.remind()

    def look(self, done: date | None) -> date | None:
        """Run the round if the day is not `done`; returns the day, or None when it has to be tried again."""
        today = self._office.business_day()
        if today == done:
            return today
        try:
            for closed in rounds.close_days(self._office):
                log.info("closed %s, %d due dates", closed.day, closed.due_dates)
            for told in debit_round.run(self._office):
                log.info("%s", told)
        except Unavailable:
            log.warning("the daily round could not be run; it will be tried again")
            return None
        return today

    def remind(self) -> int:
        """Write the reminders whose hour has come; what cannot be had now is caught up at a later look."""
        try:
            return reminders.run(self._office)
        except Unavailable:
            log.warning("reminders could not be written; they will be tried again")
            return 0

    def stop(self) -> None:
        """End after the look that is under way."""
        self._stopped.set()
