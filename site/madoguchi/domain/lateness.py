"""The stages of lateness at which a member is written to, and the hours at which that is allowed."""

from datetime import date, datetime, time, timedelta
from typing import Final

# Days overdue at which a letter goes out, the first day of lateness being 1.
STAGES: Final = (1, 7, 30, 61)
# The law forbids asking for payment at night (貸金業法21条1項1号: 21:00 to 8:00).
ASKING_OPENS: Final = time(8, 0)
ASKING_CLOSES: Final = time(21, 0)


def last_day_of_stage(stage: int, today: date) -> date:
    """Return the latest first day of lateness that has reached a stage by today."""
    return today - timedelta(days=stage - 1)


def stage_reached(late_since: date, today: date) -> int:
    """Return the highest stage that a lateness has reached by today; 0 before the first."""
    return max((stage for stage in STAGES if late_since <= last_day_of_stage(stage, today)), default=0)


def when_to_ask(now: datetime) -> datetime:
    """Return the first moment from now on, a local one, at which the law lets a letter ask for payment."""
    if now.time() < ASKING_OPENS:
        return datetime.combine(now.date(), ASKING_OPENS, now.tzinfo)
    if now.time() >= ASKING_CLOSES:
        return datetime.combine(now.date() + timedelta(days=1), ASKING_OPENS, now.tzinfo)
    return now
