"""Guessing at large: when one PIN is tried on too many cards, and when the whole site is being guessed at.

The two layers above the tallies of `lockout`: they see what no single card shows. Both compare the hour at
hand with what that hour usually is; hours are calendar hours, the same in Japan as in UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

DAYS_BEFORE: Final = 7  # over which the usual number of cards of a PIN is a mean
HOURS_A_DAY: Final = 24
HOURS_KEPT: Final = 9 * HOURS_A_DAY  # a day longer than any hour looks back
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class AttackRules:
    """From how many on guesses are an attack; `[attack]` of lender.toml.

    Usual hours raise the bars, but never above `pin_most` and `site_most`: somebody who guesses a little more
    each week would otherwise teach the detector that this is how things are.
    """

    pin_cards: int  # distinct cards that strangers try one PIN on, an hour
    pin_times: int  # times the mean of that hour on the days before
    pin_most: int
    site_failures: int  # failures of strangers, an hour
    site_times: int  # times the same hour a week before
    site_most: int
    code_first_hours: int
    tell_wait_minutes: int  # waits from this long on are told by mail


def hour_of(moment: datetime) -> int:
    """The number of the calendar hour that a moment lies in."""
    return (moment - _EPOCH) // timedelta(hours=1)


def hours_before(hour: int) -> tuple[int, ...]:
    """The same hour on each of the days before."""
    return tuple(hour - day * HOURS_A_DAY for day in range(1, DAYS_BEFORE + 1))


def week_before(hour: int) -> int:
    """The same hour a week before."""
    return hour - 7 * HOURS_A_DAY


def pin_is_attacked(rules: AttackRules, cards: int, usual: Sequence[int]) -> bool:
    """Whether a PIN was tried on too many cards; `usual` are the counts of DAYS_BEFORE."""
    bar = max(rules.pin_cards * DAYS_BEFORE, rules.pin_times * sum(usual))
    return cards * DAYS_BEFORE > min(bar, rules.pin_most * DAYS_BEFORE)


def site_is_attacked(rules: AttackRules, failures: int, week_ago: int) -> bool:
    """Whether strangers failed too often in this hour; `week_ago` counts the same hour a week before.

    An hour that rang was no usual one: give 0 for it, else an attack would excuse the next.
    """
    return failures > min(max(rules.site_failures, rules.site_times * week_ago), rules.site_most)


def code_first_until(rules: AttackRules, rang_at: datetime | None) -> datetime | None:
    """Until when strangers need a code before their secret is looked at; None when it never rang."""
    return None if rang_at is None else rang_at + timedelta(hours=rules.code_first_hours)
