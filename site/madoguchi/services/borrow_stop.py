"""The member's own stop against borrowing: at once with one press, lifted only after the days chosen then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from madoguchi.domain.letters import Kind
from madoguchi.domain.rights import State
from madoguchi.services import books, letters
from madoguchi.services.cases import MEMBER
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.services.sessions import Visitor
from madoguchi.store import atm, borrow_stops, states
from madoguchi.store.borrow_stops import Event, Stop

DAYS: Final = (1, 3, 7)  # that lifting takes, one of them chosen when the stop begins
REASON: Final = "member"  # of the state; other reasons are lifted by those who gave them
FEW: Final = 20
SHOWN: Final = 20  # of what became of stops


@dataclass(frozen=True, slots=True)
class Seen:
    """The member's own stop if there is one, and whether another reason stops borrowing too."""

    stop: Stop | None
    others: bool


@dataclass(frozen=True, slots=True)
class Paying:
    """A withdrawal that a machine was promised before: it may pay the yen out until this moment."""

    amount: int
    until: datetime


@dataclass(frozen=True, slots=True)
class NotLonger:
    """A stop is made longer only."""

    stop: Stop


@dataclass(frozen=True, slots=True)
class NoStop:
    """The member has no stop of their own, or its lifting was asked for (or not) already."""


def look(office: Office, contract_id: int) -> Seen:
    """What stops borrowing on a contract."""
    reasons = states.reasons(office.store, contract_id, State.STOPPED)
    return Seen(borrow_stops.present(office.store, contract_id), any(why != REASON for why in reasons))


def past(office: Office, contract_id: int) -> list[Event]:
    """What became of the member's stops, the newest first."""
    return borrow_stops.past(office.store, contract_id, SHOWN)


def paying(office: Office, contract_id: int) -> Paying | None:
    """What a machine may still pay out: refusing its last word would leave cash taken and not booked."""
    minutes = timedelta(minutes=office.rules.atm.confirm_minutes)
    found = atm.promised(office.store, contract_id, office.now() - minutes)
    return Paying(found[0], found[1] + minutes) if found else None


def stop(office: Office, visitor: Visitor, days: int) -> Stop:
    """Stop borrowing by any way from this moment; the stop that holds already is returned as it is.

    ValueError for a number of days that is not offered.
    """
    _offered(days)
    with office.store.transaction():
        row, now = books.hold(office, visitor.contract_id), office.now()
        if there := borrow_stops.present(office.store, row.id):
            return there
        states.insist(office.store, row.id, State.STOPPED, now, REASON, MEMBER)
        borrow_stops.add(office.store, row.id, days, now)
        letters.write(office, Kind.STOP_BEGAN, {"at": now, "days": days}, member_id=row.member_id)
        made = borrow_stops.present(office.store, row.id)
        assert made is not None, "it was written a moment ago"
        return made


def lengthen(office: Office, visitor: Visitor, days: int) -> Stop | NotLonger | NoStop:
    """Let lifting take more days, counted from the wish where it was asked for; fewer never.

    ValueError for a number of days that is not offered.
    """
    _offered(days)
    with office.store.transaction():
        row, now = books.hold(office, visitor.contract_id), office.now()
        found = borrow_stops.present(office.store, row.id)
        if found is None:
            return NoStop()
        if days <= found.days:
            return found if days == found.days else NotLonger(found)
        lifts_at = found.asked_at + timedelta(days=days) if found.asked_at else None
        borrow_stops.lengthen(office.store, found.id, now, days, lifts_at)
        letters.write(office, Kind.STOP_LONGER, {"at": now, "days": days}, member_id=row.member_id)
        return replace(found, days=days, lifts_at=lifts_at)


def ask_lift(office: Office, visitor: Visitor) -> datetime | NoStop:
    """Ask for the stop to be lifted; returns when it will be, the first answer again when asked twice."""
    with office.store.transaction():
        row, now = books.hold(office, visitor.contract_id), office.now()
        found = borrow_stops.present(office.store, row.id)
        if found is None:
            return NoStop()
        if found.lifts_at:
            return found.lifts_at
        lifts_at = now + timedelta(days=found.days)
        borrow_stops.ask_lift(office.store, found.id, now, lifts_at)
        facts: dict[str, letters.Fact] = {"at": now, "lifts": lifts_at}
        letters.write(office, Kind.STOP_LIFT_ASKED, facts, member_id=row.member_id)
        return lifts_at


def go_on(office: Office, visitor: Visitor) -> Stop | NoStop:
    """Take the wish for lifting back: the stop goes on."""
    with office.store.transaction():
        row = books.hold(office, visitor.contract_id)
        found = borrow_stops.present(office.store, row.id)
        if found is None or found.lifts_at is None:
            return NoStop()
        borrow_stops.go_on(office.store, found.id, office.now())
        return found


def lift_due(office: Office) -> int:
    """Lift stops whose time has come, each in an act of its own; returns how many."""
    found = borrow_stops.due(office.store, office.now(), FEW)
    return sum(_lift(office, one) for one in found)


def _offered(days: int) -> None:
    if days not in DAYS:
        raise ValueError(f"lifting a stop takes {DAYS} days, not {days}")


@repeated
def _lift(office: Office, one: Stop) -> bool:
    """Lift one; whatever else stops borrowing on the contract goes on."""
    with office.store.transaction():
        row, now = books.hold(office, one.contract_id), office.now()
        found = borrow_stops.present(office.store, row.id)
        if found is None or found.id != one.id or found.lifts_at is None or found.lifts_at > now:
            return False
        borrow_stops.end(office.store, found.id, now)
        states.end_reason(office.store, row.id, State.STOPPED, REASON, now)
        letters.write(office, Kind.STOP_LIFTED, {"at": now}, member_id=row.member_id)
        return True
