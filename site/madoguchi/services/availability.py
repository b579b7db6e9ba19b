"""What is shut now and what will be: the calendar and the outages together, read once and asked often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from madoguchi.domain.maintenance import BEHIND_SIGN_IN, SHUT_BY_CALENDAR, Function, windows
from madoguchi.services.office import Office
from madoguchi.store import outages
from madoguchi.store.outages import Note, Outage

AHEAD: Final = timedelta(weeks=8)  # of the calendar that is shown
PAST: Final = timedelta(days=90)  # of outages that are over


@dataclass(frozen=True, slots=True)
class Closure:
    """A time in which functions are shut; `ends` None while nobody knows, `expected` what is expected then.

    `number` is the outage's, None for a window of the calendar, whose `words` are "".
    """

    functions: frozenset[Function]
    begins: datetime
    ends: datetime | None
    expected: datetime | None = None
    planned: bool = True
    words: str = ""
    number: int | None = None
    published: datetime | None = None
    notes: tuple[Note, ...] = ()

    def holds(self, moment: datetime) -> bool:
        """Whether it is shut at a moment."""
        return self.begins <= moment and (self.ends is None or moment < self.ends)


@dataclass(frozen=True, slots=True)
class Shut:
    """A function that is shut: by what, and from when it can be used again, if that is known.

    `sure` is False where `back` is only expected.
    """

    by: Closure
    back: datetime | None
    sure: bool


@dataclass(frozen=True, slots=True)
class Board:
    """What is shut from a moment on, by begin: outages and eight weeks of the calendar."""

    closures: tuple[Closure, ...]

    def shut(self, function: Function, moment: datetime) -> Shut | None:
        """Return why a function cannot be used at a moment; None when it can."""
        mine = [one for one in self.closures if function in one.functions]
        first = next((one for one in mine if one.holds(moment)), None)
        if first is None:
            return None
        back = moment
        while holding := [one for one in mine if one.holds(back)]:
            ends = [one.ends for one in holding if one.ends is not None]
            if len(ends) < len(holding):
                open_end = next(one for one in holding if one.ends is None)
                expected = open_end.expected if open_end.expected and open_end.expected > back else None
                return Shut(open_end, expected, sure=False)
            back = max(ends)
        return Shut(first, back, sure=True)

    def now(self, moment: datetime) -> tuple[Closure, ...]:
        """What is shut at a moment."""
        return tuple(one for one in self.closures if one.holds(moment))

    def ahead(self, moment: datetime, within: timedelta) -> tuple[Closure, ...]:
        """What will be shut before so much time has passed."""
        return tuple(one for one in self.closures if moment < one.begins <= moment + within)

    def changes(self, moment: datetime, notice: timedelta) -> datetime:
        """Return the next moment at which one of the answers above may be another."""
        edges = [
            edge
            for one in self.closures
            for edge in (one.begins - notice, one.begins, one.expected, one.ends)
            if edge
        ]
        return min((edge for edge in edges if edge > moment), default=moment + AHEAD)


@dataclass(frozen=True, slots=True)
class Status:
    """The whole picture: each function's state, what lies ahead, and what is over, the newest first."""

    states: tuple[tuple[Function, Shut | None], ...]
    now: tuple[Closure, ...]
    ahead: tuple[Closure, ...]
    past: tuple[Closure, ...]

    @property
    def record(self) -> tuple[Closure, ...]:
        """What staff published that has begun: what goes on, then what is over."""
        return (*(one for one in reversed(self.now) if one.number is not None), *self.past)

    @property
    def for_signed_in(self) -> frozenset[Function]:
        """What is not shut itself, but only used by who is signed in already while sign-in is out."""
        shut = {function for function, why in self.states if why}
        return BEHIND_SIGN_IN - shut if Function.SIGN_IN in shut else frozenset()


def board(office: Office) -> Board:
    """Read what is shut from now on; one statement."""
    now = office.now()
    return _board([*map(_closure, outages.since(office.store, now)), *_calendar(office, now)])


def calendar(office: Office) -> Board:
    """Return what is shut by the calendar alone, where the books cannot be read."""
    return _board(_calendar(office, office.now()))


def status(office: Office) -> Status:
    """Read everything that the status page tells; two statements."""
    now = office.now()
    notes = outages.notes_since(office.store, now - PAST)
    known = [_closure(one, notes.get(one.id, ())) for one in outages.since(office.store, now - PAST)]
    past = [one for one in known if one.ends is not None and one.ends <= now]
    live = [one for one in known if one.ends is None or one.ends > now]
    seen = _board([*live, *_calendar(office, now)])
    return Status(
        tuple((function, seen.shut(function, now)) for function in Function),
        seen.now(now),
        seen.ahead(now, AHEAD),
        tuple(sorted(past, key=lambda one: one.begins, reverse=True)),
    )


def _board(closures: list[Closure]) -> Board:
    return Board(tuple(sorted(closures, key=lambda one: one.begins)))


def _calendar(office: Office, now: datetime) -> list[Closure]:
    found = windows(office.rules.maintenance, now, now + AHEAD)
    return [Closure(SHUT_BY_CALENDAR, one.begins, one.ends) for one in found]


def _closure(one: Outage, notes: tuple[Note, ...] = ()) -> Closure:
    return Closure(
        one.functions,
        one.begins,
        one.ends,
        one.expected,
        one.planned,
        one.words,
        one.id,
        one.published,
        notes,
    )
