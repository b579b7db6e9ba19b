"""The workers that reach outside: threads inside `python run.py`, or `flask --app run worker` by themselves.

Letters and money have a thread each: a bank that answers slowly keeps nobody waiting for a code.
"""

from __future__ import annotations

import logging
import threading
from datetime import date, datetime, timedelta

from madoguchi.domain.faults import Clash, Unavailable, Unfit
from madoguchi.services import (
    atm_settle,
    backups,
    bank_page,
    borrow_stop,
    mandates,
    payouts,
    post,
    pulse,
    reminders,
    transfer_cases,
)
from madoguchi.services.office import Office

EVERY_SECONDS = 0.1  # a member sits and waits for a code; looking is one small read
AFTER_FAULT_SECONDS = 5.0
BEAT = timedelta(minutes=1)  # of the office's time

log = logging.getLogger("madoguchi.worker")


class Outward(threading.Thread):
    """Looks for what is due until it is stopped; no fault ends it.

    It waits in the machine's time and asks the office's clock what is due: a moved clock sends at once.
    """

    what = ""  # what cannot be sent, as the log says it
    every_seconds = EVERY_SECONDS

    def __init__(self, office: Office) -> None:
        super().__init__(name=self.what, daemon=True)
        self._office, self._stopped = office, threading.Event()

    def run(self) -> None:
        """Work until stopped."""
        wait = 0.0
        while not self._stopped.wait(wait):
            wait = self.look()
        self._office.store.close()

    def look(self) -> float:
        """Do a little; returns how many seconds to wait before the next look."""
        try:
            more = self.work()
        except Clash:
            log.warning("%s: the database undid an act for another's sake; it is done again", self.what)
            return self.every_seconds
        except Unavailable:
            log.warning("%s have to wait: the database does not answer", self.what)
            return AFTER_FAULT_SECONDS
        except Unfit as fault:
            log.error("%s have to wait: %s", self.what, fault)
            return AFTER_FAULT_SECONDS
        except Exception as fault:  # noqa: BLE001 - the thread outlives whatever nobody foresaw
            log.error("%s have to wait: %s", self.what, type(fault).__name__)
            return AFTER_FAULT_SECONDS
        return 0.0 if more else self.every_seconds

    def work(self) -> bool:
        """Do a little; tells whether there may be more."""
        raise NotImplementedError

    def stop(self) -> None:
        """End after what is under way."""
        self._stopped.set()


class Worker(Outward):
    """Sends letters, and beats for all: it is the thread that rests least."""

    what = "letters"
    _trimmed: date | None = None
    _beat: datetime | None = None

    def work(self) -> bool:
        """Send a few letters, and once a day forget old ones."""
        if self._beat is None or abs(self._office.now() - self._beat) >= BEAT:
            self._beat = self._office.now()
            pulse.beat(self._office)
        tried = post.deliver(self._office)
        if (today := self._office.business_day()) != self._trimmed:
            post.trim(self._office)
            self._trimmed = today
        return tried == post.FEW


class Payer(Outward):
    """Hands payouts and mandates to the bank and asks for its word; reverses what an ATM never confirmed.

    It also lifts members' borrow stops to the second, and once a minute lets the desk see to transfers
    whose outcome is not known.
    """

    what = "payouts"
    _looked: datetime | None = None

    def work(self) -> bool:
        """Take up a few of each, and let the demo's bank tell of payments."""
        bank_page.collect(self._office)
        atm_settle.reverse_unconfirmed(self._office)
        borrow_stop.lift_due(self._office)
        mandates.ask_bank(self._office)
        self._look_for_unknown()
        return payouts.deliver(self._office) == payouts.FEW

    def _look_for_unknown(self) -> None:
        now = self._office.now()
        if self._looked is None or abs(now - self._looked) >= BEAT:  # a demo's clock may go back
            transfer_cases.open_unknown(self._office)
            self._looked = now


class Reminder(Outward):
    """Writes reminders, in a thread of its own: thousands at an hour must not hold up a code."""

    what = "reminders"
    every_seconds = 60.0

    def work(self) -> bool:
        """Write all whose hour has come."""
        reminders.run(self._office)
        return False


class Keeper(Outward):
    """Makes a backup once a day where the settings say where to; others go on meanwhile."""

    what = "backups"
    every_seconds = 60.0

    def work(self) -> bool:
        """Make one if the last is a day old."""
        try:
            made = backups.make_if_due(self._office)
        except Unfit as fault:
            log.error("no backup was made: %s", fault)
            return False
        if made:
            log.info("backup %s, %d bytes", made.path.name, made.bytes)
        return False
