"""When a contract that nobody uses is closed, and from when its member is told."""

from dataclasses import dataclass
from datetime import date, timedelta

from madoguchi.domain.days import in_month


@dataclass(frozen=True, slots=True)
class DormantRules:
    """Closed after so many years without use (0: never), told `notice_days` before."""

    years: int
    notice_days: int


def told_when_used_by(rules: DormantRules, day: date) -> date:
    """Return the last day of use with which a contract is told on a day that it will be closed."""
    closes = day + timedelta(days=rules.notice_days)
    return in_month(closes.year - rules.years, closes.month, closes.day)


def closes_on(rules: DormantRules, used_on: date, told_on: date) -> date:
    """Return the day of the closing: the anniversary, or later so that the notice is never shorter."""
    anniversary = in_month(used_on.year + rules.years, used_on.month, used_on.day)
    return max(anniversary, told_on + timedelta(days=rules.notice_days))
