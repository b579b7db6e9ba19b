"""Guessing at large, seen while strangers sign in: what is counted, when a code comes first, who is told.

Every statement here is the same for an account that exists and for one that does not.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from madoguchi.domain import attack as rules
from madoguchi.domain.letters import Kind
from madoguchi.domain.lockout import Tally
from madoguchi.services import letters, shut
from madoguchi.services.office import Office
from madoguchi.services.tries import Reason, Route, Try
from madoguchi.store import attack as counts

MARK: Final = 32  # hex digits of a keyed hash, 128 bits


def code_first(office: Office, now: datetime) -> bool:
    """Whether the whole site asks strangers for a code before it looks at their secret."""
    bars = office.rules.attack
    rang = counts.rang(office.store, rules.hour_of(now) - bars.code_first_hours)
    until = rules.code_first_until(bars, rang)
    return until is not None and now < until


def asks_code(office: Office, tried: Try) -> bool:
    """Whether this stranger's secret is not looked at without a code, inside an act that is open.

    A PIN is counted on its card first, and taken back by `take_back` when it was right or never compared.
    """
    if code_first(office, tried.at):
        return True
    if tried.route is not Route.CARD:
        return False
    hour = rules.hour_of(tried.at)
    pin, card = _marks(office, tried, hour)
    counts.note_pin(office.store, hour, pin, card)
    before = [_marks(office, tried, past)[0] for past in rules.hours_before(hour)]
    found = counts.cards_of(office.store, [pin, *before])
    usual = [found.get(mark, 0) for mark in before]
    return rules.pin_is_attacked(office.rules.attack, found.get(pin, 0), usual)


def take_back(office: Office, tried: Try) -> None:
    """Forget that a PIN was tried on a card, inside an act that is open."""
    if tried.route is Route.CARD:
        hour = rules.hour_of(tried.at)
        counts.forget_pin(office.store, hour, *_marks(office, tried, hour))


def note_failure(office: Office, at: datetime) -> None:
    """Count a stranger's failure in its hour, inside an act that is open; above the bar the alarm begins."""
    hour = rules.hour_of(at)
    this = counts.note_failure(office.store, hour)
    before = counts.hour(office.store, rules.week_before(hour))
    usual = 0 if before.rang_at else before.failures
    if this.rang_at is None and rules.site_is_attacked(office.rules.attack, this.failures, usual):
        counts.ring(office.store, hour, at)


def tell(office: Office, tried: Try, tally: Tally, reason: Reason | None) -> None:
    """Write to the contact on file why a stranger's try was refused, inside an act that is open.

    `reason` is what kept a right secret out; else the letter tells of a wait that is long enough to matter.
    """
    account, opens = tried.account, tally.opens_at
    long = timedelta(minutes=office.rules.attack.tell_wait_minutes)
    worth = reason is not None or opens is None or opens - tried.at >= long
    facts: dict[str, letters.Fact] = {"at": tried.at}
    now = shut.ways(office, account)
    why: dict[str, letters.Fact] = {"card": now.card, "held_why": now.why, "web_id": now.web_id}
    facts |= {"reason": reason.value, **why} if reason else {"route": tried.route.value, "opens": opens or ""}
    kind = Kind.HOLD_REASON if reason else Kind.WAIT_REASON
    member_id = account.member_id if account and worth else None
    letters.write(office, kind, facts, member_id=member_id, now=tried.at)


def _marks(office: Office, tried: Try, hour: int) -> tuple[str, str]:
    """The PIN and the card under an hour's key: the tables name neither, and hours cannot be compared."""
    key = hmac.new(office.secret, f"guess-hour:{hour}".encode(), sha256).digest()
    pin, card = (
        hmac.new(key, text.encode("utf-8", "replace"), sha256).hexdigest()[:MARK]
        for text in (f"pin:{tried.pin}", f"card:{tried.identifier}")
    )
    return pin, card
