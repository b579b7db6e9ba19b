"""What members choose about letters and papers: one list of names, each with its values and its default."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Final

from madoguchi.services.cases import MEMBER
from madoguchi.services.office import Office
from madoguchi.store import choices, reminders


class Choice(Enum):
    """What can be chosen."""

    REMINDER_DAYS = "reminder_days"  # days before the due date
    REMINDER_HOUR = "reminder_hour"  # of Japan's day
    TRANSACTION_MAIL = "transaction_mail"  # news of each drawdown and payment by mail
    DISCREET = "discreet"  # neutral sender and subject, amounts hidden until asked
    DELIVERY = "delivery"  # of papers, by consent: electronic, or paper by post
    MONTHLY = "monthly"  # one paper a month instead of one for each act, by consent


YES: Final = "yes"
NO: Final = "no"
OFF: Final = "off"
PAPER: Final = "paper"
ELECTRONIC: Final = "electronic"

VALUES: Final[dict[Choice, tuple[str, ...]]] = {
    Choice.REMINDER_DAYS: (OFF, *(str(days) for days in range(1, 8))),
    Choice.REMINDER_HOUR: tuple(str(hour) for hour in range(24)),
    Choice.TRANSACTION_MAIL: (YES, NO),
    Choice.DISCREET: (NO, YES),
    Choice.DELIVERY: (PAPER, ELECTRONIC),
    Choice.MONTHLY: (NO, YES),
}
DEFAULTS: Final[dict[Choice, str]] = {
    Choice.REMINDER_DAYS: "3",
    Choice.REMINDER_HOUR: "10",
    Choice.TRANSACTION_MAIL: YES,
    Choice.DISCREET: NO,
    Choice.DELIVERY: PAPER,
    Choice.MONTHLY: NO,
}


def of(office: Office, member_id: int) -> dict[Choice, str]:
    """Return what holds for a member, with the defaults for what was never chosen."""
    held = choices.held(office.store, member_id)
    return {choice: held.get(choice.value, default) for choice, default in DEFAULTS.items()}


def choose_within(
    office: Office, member_id: int, chosen: Mapping[Choice, str], by_whom: str = MEMBER
) -> dict[Choice, str]:
    """Write down inside an open act what changed, and return it; ValueError for a value not offered."""
    before = of(office, member_id)
    changed = {choice: value for choice, value in chosen.items() if before[choice] != value}
    for choice, value in changed.items():
        if value not in VALUES[choice]:
            raise ValueError(f"{choice.value} cannot be {value!r}")
        choices.add(office.store, member_id, choice.value, value, office.now(), by_whom)
    if changed.keys() & {Choice.REMINDER_DAYS, Choice.REMINDER_HOUR}:
        now = before | changed
        days, hour = now[Choice.REMINDER_DAYS], now[Choice.REMINDER_HOUR]
        reminders.follow(office.store, member_id, 0 if days == OFF else int(days), int(hour))
    return changed


def past_of(
    office: Office, member_id: int, which: Sequence[Choice], most: int
) -> list[tuple[datetime, Choice, str, str]]:
    """Return (when, what, value, by whom) of some choices together, the newest first."""
    rows = choices.past_of(office.store, member_id, [choice.value for choice in which], most)
    return [(at, Choice(name), value, who) for at, name, value, who in rows]


def past(office: Office, member_id: int, choice: Choice) -> list[tuple[datetime, str, str]]:
    """Return (when, value, by whom) of what was chosen, the newest first."""
    return choices.past(office.store, member_id, choice.value)
