"""The daily round: closes the days that are over, in order; a tuple of steps, each in short transactions.

A step does what is due for a day on a batch of contracts that an index finds, and notes it in the same act:
stopped anywhere and run again, each effect happens once. A day is closed when every step has nothing left.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from madoguchi.services import (
    application_review,
    atm_gate,
    atm_settle,
    books,
    borrow_stop,
    capacity,
    contact,
    desk_queue,
    dormant,
    forgiving,
    free_days,
    lateness,
    mail_change,
    points,
    reports,
    sessions,
    staff_sessions,
    statements,
    uploads,
)
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.store import closed_days, contracts

FEWEST, MOST = 10, 100  # contracts in one short transaction
# Pages get their turn: one transaction for all blocked writers for seconds, a hundred contracts in each let a
# write wait nine times as long as in the quiet, and a round without pauses took a fifth of what the site can
# serve. A transaction takes up what fits into this time; the round rests as long as it worked, or longer.
AIM = PAUSE = 0.007  # seconds; SQLite lets whoever waits look again after 1, 3 and 8 ms
_DAY = timedelta(days=1)

# Inside an act: do a batch of a day's work on contracts numbered above the last one that was done, and return
# the ids that were done; none when nothing is left.
Step = Callable[[Office, date, int, int], list[int]]


def pass_due_dates(office: Office, day: date, _after: int, most: int) -> list[int]:
    """Let money arrive and due dates up to `day` pass; a contract that is done no longer matches."""
    rows = contracts.hold_arriving(office.store, day, most) or contracts.hold_due(office.store, day, most)
    for row in rows:
        books.keep(office, books.dues_passed(office, row, day + _DAY))
    return [row.id for row in rows]


STEPS: Final[tuple[tuple[str, Step], ...]] = (
    ("due dates that an outage took", forgiving.forgive_some),  # lives are told up to the last closed day
    ("due dates", pass_due_dates),
    ("letters about lateness", lateness.tell),
    ("letters that it is over", lateness.tell_over),
    ("letters about interest-free days", free_days.tell_ended),
    ("capacity checks", capacity.list_some),
    ("points at month end", points.earn_at_month_end),
    ("applications without an answer", application_review.expire),
    ("letters about unused contracts", dormant.announce),
    ("unused contracts", dormant.close),
    ("monthly statements", statements.issue_some),
)


@dataclass(frozen=True, slots=True)
class Closed:
    """A day that this round closed, and how much each step did."""

    day: date
    done: dict[str, int]

    @property
    def due_dates(self) -> int:
        """How many due dates and arrivals passed with it."""
        return self.done["due dates"]


def close_days(office: Office) -> Iterator[Closed]:
    """Close every day before today that is still open, the oldest first; stopping anywhere loses nothing.

    Nobody else closes days, moves the demo's clock or makes its people meanwhile: a round in the middle of a
    life that is told from the past would close days that have not been lived yet.
    """
    with office.alone:
        while atm_settle.reverse_unconfirmed(office):  # a drawdown that never was must not pass a due date
            pass
        while borrow_stop.lift_due(office):
            pass
        yesterday = office.business_day() - _DAY
        last = closed_days.last(office.store)
        day = last + _DAY if last else yesterday
        while day <= yesterday:
            done = {name: _run(office, step, day) for name, step in STEPS}
            with office.store.transaction():
                closed_days.add(office.store, day, office.now())
            mail_change.sweep(office)
            sessions.sweep(office)
            staff_sessions.sweep(office)
            desk_queue.sweep(office)
            atm_gate.sweep(office)
            uploads.sweep(office)
            contact.sweep(office)
            reports.sweep(office)
            yield Closed(day, done)
            day += _DAY


def _run(office: Office, step: Step, day: date) -> int:
    """Repeat a step until nothing is left, with pauses in which pages get their turn."""
    count, after, size = 0, 0, FEWEST
    while True:
        done, took = _some(office, step, day, after, size)
        if not done:
            return count
        count, after, size = count + len(done), done[-1], fitting(size, took)
        time.sleep(max(PAUSE, took))


@repeated
def _some(office: Office, step: Step, day: date, after: int, size: int) -> tuple[list[int], float]:
    with office.store.transaction():
        begun = time.monotonic()  # nobody else writes from here on
        done = step(office, day, after, size)
    return done, time.monotonic() - begun


def fitting(size: int, took: float) -> int:
    """How many contracts the next transaction takes up, after so many took so many seconds."""
    return max(FEWEST, min(MOST, 2 * size, round(size * AIM / max(took, AIM / MOST))))
