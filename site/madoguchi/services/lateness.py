"""Letters about lateness: at each of its stages once, and once when it is over."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from madoguchi.domain import standing as money
from madoguchi.domain.lateness import STAGES, last_day_of_stage, stage_reached, when_to_ask
from madoguchi.domain.letters import Kind
from madoguchi.ports import JAPAN
from madoguchi.services import books, letters
from madoguchi.services.office import Office
from madoguchi.store import rounds
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
            letters.write(office, Kind.LATE_OVER, {"at": office.now()}, member_id=row.member_id)
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


def in_words(day: date) -> str:
    """Return a day as a letter tells it, such as 11月25日（水）."""
    return f"{day.month}月{day.day}日（{'月火水木金土日'[day.weekday()]}）"


def midnight(day: date) -> datetime:
    """Return when a day begins in Japan: from then on a letter that looks ahead to it is stale."""
    return datetime.combine(day, time(0), JAPAN)
