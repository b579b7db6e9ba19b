"""The hours of the night in which no letter is delivered that can wait for the morning."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from madoguchi.domain.lateness import ASKING_CLOSES, ASKING_OPENS

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """From `begins` in the evening to `ends` the next morning, both Japan's time of day.

    ValueError for a night that is shorter than the one in which the law lets nobody ask for payment
    (貸金業法21条1項1号), or that leaves no whole hour of the day.
    """

    begins: time = ASKING_CLOSES
    ends: time = ASKING_OPENS

    def __post_init__(self) -> None:
        if self.begins > ASKING_CLOSES or self.ends < ASKING_OPENS:
            raise ValueError("the quiet hours must hold those from 21:00 to 8:00")
        if not self.hours:
            raise ValueError("the quiet hours must leave a whole hour of the day")

    @property
    def hours(self) -> tuple[int, ...]:
        """The hours of the day that can be chosen: those that begin outside of the quiet."""
        return tuple(hour for hour in range(24) if self.ends <= time(hour) < self.begins)

    def over_at(self, here: datetime) -> datetime:
        """Return the first moment from a local one on that is not quiet: itself by day."""
        clock = here.time()
        if self.ends <= clock < self.begins:
            return here
        day = here.date() + _DAY if clock >= self.begins else here.date()
        return datetime.combine(day, self.ends, here.tzinfo)


@dataclass(frozen=True, slots=True)
class LetterRules:
    """How this lender's letters go out; sender and subject are those of discreet letters."""

    quiet: Quiet
    neutral_sender: str
    neutral_subject: str
