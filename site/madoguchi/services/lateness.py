"""Letters about lateness: at each of its stages once, and once when it is over."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from madoguchi.domain import standing as money
from madoguchi.domain.lateness import STAGES, last_day_of_stage, stage_reached, when_to_ask
from madoguchi.domain.letters import Kind
from madoguchi.domain.present import states_with
from madoguchi.domain.rights import Action, rights_of
from madoguchi.ports import JAPAN
from madoguchi.services import books, letters, lives
from madoguchi.services.office import Office
from madoguchi.store import entries, rounds, terms
from madoguchi.store.contracts import ContractRow

_DAY: Final = timedelta(days=1)
KINDS: Final = {1: Kind.LATE_1, 7: Kind.LATE_7, 30: Kind.LATE_30, 61: Kind.LATE_61}


def tell(office: Office, day: date, after: int, most: int) -> list[int]:
    """Write to members who have reached a stage on the day that begins when `day` is closed.

    Of the stages that a member has passed while rounds were missed, the highest alone is written.
    """
    reached, now = day + _DAY, office.now()
    stages = [(stage, last_day_of_stage(stage, reached)) for stage in STAGES]
    found = rounds.late(office.store, stages, after, most)
    for late in found:
        row = books.hold(office, late.contract_id)
        since = row.standing.late_since
        if since is not None:
            if late.stage == stage_reached(since, office.business_day()):
                _tell(office, row, late.stage, reached, now)
            rounds.told_late(office.store, row.id, since, late.stage, now)
    return [late.contract_id for late in found]


def tell_over(office: Office, _day: date, after: int, most: int) -> list[int]:
    """Write to members whose lateness, of which they were told, is over."""
    found = rounds.over(office.store, after, most)
    for contract_id in found:
        row = books.hold(office, contract_id)
        if row.standing.late_since is None:
            letters.write(office, Kind.LATE_OVER, _over(office, row), member_id=row.member_id)
        rounds.told_over(office.store, contract_id)
    return found


def _tell(office: Office, row: ContractRow, stage: int, reached: date, at: datetime) -> None:
    """Write what is owed on the day on which the letter goes out: nobody can pay on a day gone by."""
    due = when_to_ask(at.astimezone(JAPAN))
    sent = due.date()
    now = money.advance(row.standing, sent, office.rules.product)
    owed = money.payoff(now, sent, office.rules.product)
    facts: dict[str, letters.Fact] = {
        "day": in_words(now.unmet[0].day) if now.unmet else "",
        "today": in_words(sent),
        "reached": in_words(reached),
        "days": money.days_late(row.standing, reached),
        "amount": f"{money.due_now(now, sent, office.rules.product):,}",
        "per_day": f"{owed.per_day:,}",
    }
    letters.write(office, KINDS[stage], facts, member_id=row.member_id, due=due)


def _over(office: Office, row: ContractRow) -> dict[str, letters.Fact]:
    """On which day the lateness ended, and only of what the contract allows now."""
    cured = _cured_on(office, row)
    rights = rights_of(states_with(row.states, row.standing), row.standing.debt > 0)
    borrows = rights.may(Action.BORROW) and money.available(row.standing) > 0
    return {
        "on": in_words(cured) if cured else "",
        "owes": "yes" if row.standing.debt else "",
        "borrow": "yes" if borrows else "",
    }


def _cured_on(office: Office, row: ContractRow) -> date | None:
    """The day of the last event that ended a lateness; None in a life in which nobody was ever late."""
    product = office.rules.product
    agreed = list(terms.stream(office.store, row.id, row.id))
    posted = list(entries.stream(office.store, row.id, row.id))
    cured = None
    for before, lived in pairwise(lives.live(agreed, posted, product)):
        day = lived.after.accrued_to
        if day is not None and lived.after.late_since is None:
            was = (
                before.after if before.after.accrued_to == day else money.advance(before.after, day, product)
            )
            cured = day if was.late_since is not None else cured
    return cured


def in_words(day: date) -> str:
    """Return a day as a letter tells it, such as 11月25日（水）."""
    return f"{day.month}月{day.day}日（{'月火水木金土日'[day.weekday()]}）"


def midnight(day: date) -> datetime:
    """Return when a day begins in Japan: from then on a letter that looks ahead to it is stale."""
    return datetime.combine(day, time(0), JAPAN)
