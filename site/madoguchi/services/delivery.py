"""By which way a member gets papers, and how often: consents that are given, withdrawn and written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from madoguchi.domain.letters import Kind
from madoguchi.services import choices, letters
from madoguchi.services.cases import MEMBER
from madoguchi.services.choices import ELECTRONIC, NO, PAPER, YES, Choice
from madoguchi.services.office import Office
from madoguchi.store import accounts

KEPT: Final = 20  # past choices that a page shows


@dataclass(frozen=True, slots=True)
class Change:
    """What was chosen, when, and by whom (the member, or who at the lender)."""

    at: datetime
    choice: Choice
    value: str
    by_member: bool


@dataclass(frozen=True, slots=True)
class Held:
    """What holds now, and the past with the newest first."""

    electronic: bool
    monthly: bool
    past: tuple[Change, ...]


def look(office: Office, member_id: int) -> Held:
    """Return how a member gets papers."""
    electronic, monthly = held(office, member_id)
    past = [
        Change(at, choice, value, by_whom == MEMBER)
        for choice in (Choice.DELIVERY, Choice.MONTHLY)
        for at, value, by_whom in choices.past(office, member_id, choice)
    ]
    past.sort(key=lambda change: change.at, reverse=True)
    return Held(electronic, monthly, tuple(past[:KEPT]))


def held(office: Office, member_id: int) -> tuple[bool, bool]:
    """Return whether papers are electronic, and whether they are monthly."""
    found = choices.of(office, member_id)
    return found[Choice.DELIVERY] == ELECTRONIC, found[Choice.MONTHLY] == YES


def choose(office: Office, member_id: int, *, electronic: bool, monthly: bool, by_whom: str = MEMBER) -> bool:
    """Give or withdraw the consents; tells the member by letter, and returns whether anything changed."""
    chosen = {
        Choice.DELIVERY: ELECTRONIC if electronic else PAPER,
        Choice.MONTHLY: YES if monthly else NO,
    }
    with office.store.transaction():
        accounts.hold_member(office.store, member_id)
        if not choices.choose_within(office, member_id, chosen, by_whom):
            return False
        facts: dict[str, letters.Fact] = {
            "at": office.now(),
            "way": chosen[Choice.DELIVERY],
            "often": chosen[Choice.MONTHLY],
        }
        letters.write(office, Kind.DELIVERY_CHANGED, facts, member_id=member_id)
        return True
