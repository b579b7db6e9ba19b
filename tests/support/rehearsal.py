"""A rehearsal: production with real mail and a played bank, its processes on a clock that tests move.

Run as a module it is the site's own program, `run.py` or a command of `flask --app run`, with two parts
exchanged: the clock is moved by a file of the data folder, and the bank is reached over a line that can die.
"""

import os
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from madoguchi.adapters.banks.simulated import SimulatedBank
from madoguchi.adapters.clock import ShiftedClock
from madoguchi.domain.letters import Kind
from madoguchi.services import payouts, post
from madoguchi.store.db import Store
from madoguchi.store.values import moment_out
from tests import people
from tests.support import processes, site
from tests.support.post import changed

CALLS, DEAD = "calls", "dead"  # files beside the bank's: each call in a line; while this stands, no answer


class AtTheEndOfALine(SimulatedBank):
    """The demo's bank: what it was asked is done, but while the line is dead its answer does not come."""

    def __init__(self, file, clock):
        super().__init__(file, clock)
        self._folder = file.parent

    def send(self, order):
        """Take an order, and answer over the line."""
        return self._over("send", order.key, super().send(order))

    def ask(self, key):
        """Say what became of one, over the line."""
        return self._over("ask", key, super().ask(key))

    def _over(self, what, key, answer):
        with (self._folder / CALLS).open("a") as calls:
            calls.write(f"{what} {key}\n")
        while (self._folder / DEAD).exists():
            time.sleep(0.02)  # not a guess at a duration: the test ends it
        return answer


class Rehearsal:
    """The books, the clock and the bank of a rehearsal, and its processes; mail goes to a port of ours."""

    def __init__(self, url, folder):
        self.data = folder / "site"
        self.clock = ShiftedClock(self.data / "clock", people.TODAY)
        self.office = replace(people.office(Store(url)), clock=self.clock)
        self._url, self._log = url, folder / "rehearsal.log"

    @contextmanager
    def site(self, smtp):
        """The whole site, with its workers in it; gives its address."""
        port = processes.free_port()
        with self._running(smtp, "run.py", "--port", port) as child:
            url = f"http://localhost:{port}"
            processes.wait_for(lambda: site.healthy(url), child, self._log)
            yield url

    @contextmanager
    def worker(self, smtp):
        """A worker by itself, at work; gives its process."""
        before = self._words()
        with self._running(smtp, "worker") as child:
            processes.wait_for(lambda: self._is_at_work(before), child, self._log)
            yield child

    @contextmanager
    def dead_line(self):
        """Let no answer of the bank arrive."""
        (self.data / DEAD).touch()
        try:
            yield
        finally:
            (self.data / DEAD).unlink()

    def calls(self):
        """What the bank was asked, in order: words such as `send KEY`."""
        file = self.data / CALLS
        return file.read_text().splitlines() if file.exists() else []

    def until(self, fact, seconds=20):
        """Wait for something to become true."""
        end = time.monotonic() + seconds
        while not fact():
            assert time.monotonic() < end, self._words()[-2000:]
            time.sleep(0.02)  # not a guess at a duration: it ends when it is true

    def letter(self, who):
        """Write a member that the password changed; the letter's number."""
        assert changed(self.office, who)
        kind = Kind.PASSWORD_CHANGED.value
        return self.office.store.one("SELECT MAX(id) FROM letter WHERE kind = ?", (kind,))[0]

    def letters(self):
        """The numbers of all."""
        return [number for (number,) in self.office.store.rows("SELECT id FROM letter")]

    def under_way(self):
        """The letters that are being sent, with how often each was tried."""
        return self.office.store.rows("SELECT id, tries FROM letter WHERE state = 'claimed'")

    def at_rest(self):
        """Whether no letter is due or being sent: what could not be sent waits for its next try."""
        sql = "SELECT COUNT(*) FROM letter WHERE state = 'claimed' OR (state = 'new' AND due_at <= ?)"
        return self.office.store.one(sql, (moment_out(self.clock.now()),)) == (0,)

    def settled(self):
        """Whether no letter and no payout waits."""
        return post.waiting(self.office)[0] == payouts.waiting(self.office) == 0

    def _words(self):
        return self._log.read_text(errors="replace") if self._log.exists() else ""

    def _is_at_work(self, before):
        assert self._words().count(AT_WORK) > before.count(AT_WORK)

    @contextmanager
    def _running(self, smtp, *words):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MADOGUCHI_")}
        told = SETTINGS | {"MADOGUCHI_DATA": str(self.data), "MADOGUCHI_DATABASE": self._url}
        told |= {"MADOGUCHI_SMTP": f"smtp://localhost:{smtp}", "PYTHONPATH": "site:."}
        command = [sys.executable, "-m", "tests.support.rehearsal", *words]
        child = processes.start(command, self._log, cwd=processes.ROOT, env=kept | told)
        try:
            yield child
        finally:
            processes.stop(child)


AT_WORK = "Sending letters and money"
SETTINGS = {
    "MADOGUCHI_ENV": "production",
    "MADOGUCHI_RAILS": "simulated",
    "MADOGUCHI_REHEARSAL": "yes",
    "MADOGUCHI_SECRET": people.SECRET.decode(),
    "MADOGUCHI_PEPPER": people.PEPPER.decode(),
    "MADOGUCHI_PUBLIC_ADDRESS": "http://localhost",
    "MADOGUCHI_MAIL_FROM": "info@example.jp",
}


def main(program, *words):
    """Be the program that was named, on the moved clock and with the bank at the end of a line."""
    from flask import cli

    import run
    from madoguchi.adapters import wiring

    clock = ShiftedClock(Path(os.environ["MADOGUCHI_DATA"]) / "clock")
    wiring.SystemClock, wiring.SimulatedBank = lambda: clock, AtTheEndOfALine
    if program == "run.py":
        run.main(words)
    else:
        sys.argv = ["flask", "--app", "run", program, *words]
        cli.main()


if __name__ == "__main__":
    main(*sys.argv[1:])
