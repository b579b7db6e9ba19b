"""Due dates that had passed before their outage was known: their contracts' lives are told again.

Staff often learn of an outage, or of its end, after the round of the night judged the due dates it took. Who
was made late by it is late no more, and what was paid as damages is split anew; a letter says so.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from madoguchi.domain.letters import Kind
from madoguchi.domain.mercy import FUNCTIONS
from madoguchi.services import books, recounted
from madoguchi.services.office import Office
from madoguchi.services.retelling import LATELY, Recounted, recount_within
from madoguchi.store import letters, outages, rounds
from madoguchi.store.contracts import ContractRow
from madoguchi.store.outages import Outage

LATE: Final = (Kind.LATE_1, Kind.LATE_7, Kind.LATE_30, Kind.LATE_61)
NEWS: Final = timedelta(days=3)  # how long after an outage or its publishing the round looks again
FEW: Final = 20  # contracts in one transaction: each is read whole


def forgive(office: Office) -> int:
    """Look at everybody who became late in the last days; returns how many due dates' contracts changed.

    Each batch is an act of its own; stopped anywhere and run again, each effect happens once.
    """
    changed = after = 0
    with office.alone:
        while True:
            with office.store.transaction():
                found = _late_since(office, after, FEW)
                changed += sum(_tell_again(office, contract_id) for contract_id in found)
            if not found:
                return changed
            after = found[-1]


def forgive_some(office: Office, _day: date, after: int, most: int) -> list[int]:
    """Do a batch of the same inside the act of the daily round, while an outage is news."""
    found = _late_since(office, after, min(most, FEW))
    for contract_id in found:
        _tell_again(office, contract_id)
    return found


def _late_since(office: Office, after: int, most: int) -> list[int]:
    """Return who was late lately; nobody where no outage could have caused it."""
    now = office.now()
    since = now - LATELY
    known = outages.since(office.store, since)
    if not any(one.functions & set(FUNCTIONS) and _is_news(one, now) for one in known):
        return []
    return rounds.late_lately(office.store, office.business_day() - LATELY, since, after, most)


def _is_news(one: Outage, now: datetime) -> bool:
    return one.ends is None or max(one.published, one.ends) >= now - NEWS


def _tell_again(office: Office, contract_id: int) -> bool:
    row = books.hold(office, contract_id)
    done = recount_within(office, row)
    now = books.hold(office, contract_id)
    changed = (now.standing.late_since, now.standing.unmet) != (row.standing.late_since, row.standing.unmet)
    if done.moved and (changed or done.corrected):
        _tell(office, now, done, changed=changed)
    return changed or now.last_seq != row.last_seq


def _tell(office: Office, row: ContractRow, done: Recounted, *, changed: bool) -> None:
    """Letters about a lateness that is none stay here; who heard of it, or was split anew, hears of this."""
    if changed:
        letters.withdraw(office.store, row.member_id, [kind.value for kind in LATE])
    heard, ended = not _none_was_sent(office, row), row.standing.late_since is None
    # Who was late in the life as it is told now, by a day less, was late.
    over = ended and heard and (changed or not any(entry.damages for entry in done.corrected))
    if ended and (changed or over):
        rounds.told_over(office.store, row.id)
    if done.corrected or heard:
        assert done.moved, "nothing is told of a due date that stayed"
        recounted.write_within(office, row, done.moved, done.corrected, over=over)


def _none_was_sent(office: Office, row: ContractRow) -> bool:
    """Whether none of the letters about lateness of the last days has left the house."""
    since = office.now() - LATELY
    return not letters.count(office.store, row.member_id, [kind.value for kind in LATE], since)
