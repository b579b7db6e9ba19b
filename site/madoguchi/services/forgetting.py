"""Personal data goes when its time is over: what goes when, said beforehand, and done a member at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from madoguchi.services import audit, new_contract
from madoguchi.services.audit import Noted
from madoguchi.services.office import Office
from madoguchi.store import forgetting as rows
from madoguchi.store.forgetting import Due

BY: Final = "forget"
CHUNK: Final = 100
SOON: Final = timedelta(days=90)
FEW: Final = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """What would go now: members, letters, sign-ins, and requests that came to nothing."""

    members: Sequence[Due]
    letters: int
    sign_ins: int
    requests: int


def plan(office: Office) -> Plan:
    """Return what would go now, some of the members by number."""
    return Plan(
        rows.due(office.store, _ended_by(office), FEW),
        rows.count_old(office.store, "letters", _letters_before(office)),
        rows.count_old(office.store, "sign_ins", _sign_ins_before(office)),
        rows.count_requests(office.store, new_contract.WORD, _requests_before(office)),
    )


def soon(office: Office) -> Sequence[tuple[Due, date]]:
    """Return members whose data goes within SOON, and from which day."""
    found = rows.due(office.store, _ended_by(office, SOON), FEW)
    return [(one, _years_after(one.ended_on, office.rules.retention.books_years)) for one in found]


def run(office: Office) -> Iterator[str]:
    """Take everything away whose time is over, and tell of each step; may be stopped and run again."""
    gone = 0
    while found := rows.due(office.store, _ended_by(office), CHUNK):
        gone += sum(forget(office, one.member_id) for one in found)
    yield f"{gone} members."
    for what, before in (("letters", _letters_before(office)), ("sign_ins", _sign_ins_before(office))):
        yield f"{_drop(office, what, before)} {what.replace('_', '-')}."
    with office.store.transaction():
        count = rows.blank_requests(office.store, new_contract.WORD, _requests_before(office))
    yield f"{count} requests that came to nothing."


def forget(office: Office, member_id: int) -> bool:
    """Take away what is personal of one member; False where it is not to go (any more)."""
    with office.store.transaction():
        if not rows.hold_due(office.store, member_id, _ended_by(office)):
            return False
        rows.forget(office.store, member_id, office.now())
        audit.note_within(office, Noted.FORGOTTEN, BY, member_id=member_id)
        return True


def _drop(office: Office, what: str, before: datetime) -> int:
    """A chunk at a time, so that nobody waits."""
    count = 0
    while True:
        with office.store.transaction():
            dropped = rows.drop_old(office.store, what, before, CHUNK)
        count += dropped
        if dropped < CHUNK:
            return count


def _ended_by(office: Office, ahead: timedelta = timedelta()) -> date:
    """The last day on which a contract may have ended whose data goes now."""
    return _years_after(office.business_day() + ahead, -office.rules.retention.books_years)


def _years_after(day: date, years: int) -> date:
    """The same day of another year, 28 February for the 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _letters_before(office: Office) -> datetime:
    return office.now() - timedelta(days=office.rules.retention.letters_days)


def _sign_ins_before(office: Office) -> datetime:
    return office.now() - timedelta(days=office.rules.retention.sign_ins_days)


def _requests_before(office: Office) -> datetime:
    return office.now() - timedelta(days=office.rules.retention.requests_days)
