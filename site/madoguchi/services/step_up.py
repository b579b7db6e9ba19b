"""Asking a signed-in member for the second step before a sensitive act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from madoguchi.domain.letters import Channel
from madoguchi.services import codes, factors, passkeys, second_step
from madoguchi.services.codes import Bound, NoWay, Purpose, Sent, TooSoon
from madoguchi.services.factors import Passed, Ways
from madoguchi.services.office import Office
from madoguchi.services.sessions import Visitor, key_of, new_token
from madoguchi.store import sessions


@dataclass(frozen=True, slots=True)
class Stepped:
    """The second step is passed; the session goes on under a new token, the old one is dead."""

    session_token: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page shows: the means, whether a code that was sent can still be tried, and if none can, from
    when one can be sent (None for at once).
    """

    ways: Ways
    sent: bool
    next_at: datetime | None


Outcome = Stepped | factors.Failed | factors.Used | factors.Spent | factors.Later


def fresh(office: Office, visitor: Visitor) -> bool:
    """Whether the second step was passed in this session so lately that it still holds."""
    holds = timedelta(minutes=office.rules.sign_in.step_up_minutes)
    return visitor.stepped is not None and office.now() - visitor.stepped < holds


def look(office: Office, visitor: Visitor, token: str) -> Asked:
    """What this member can pass the second step with now."""
    ways, bound = factors.ways(office, visitor.member_id), _bound(visitor, token)
    live = codes.is_live(office, bound)
    return Asked(ways, live, None if live else codes.next_at(office, bound))


def begin(office: Office, visitor: Visitor, token: str) -> None:
    """Send the code that nobody has to ask for, unless an app makes them or one is on its way."""
    bound = _bound(visitor, token)
    with office.store.transaction():
        if not codes.is_live(office, bound):
            second_step.first_code(office, bound)


def send_code(office: Office, visitor: Visitor, token: str, channel: Channel) -> Sent | TooSoon | NoWay:
    """Send another code."""
    return codes.send(office, _bound(visitor, token), channel)


def confirm(office: Office, visitor: Visitor, token: str, typed: str) -> Outcome:
    """Pass the second step by what was typed."""
    bound = _bound(visitor, token)
    return _confirm(office, token, lambda: factors.weigh(office, bound, typed))


def confirm_by_passkey(office: Office, visitor: Visitor, token: str, answer: str) -> Outcome:
    """Pass it by a passkey that answered a challenge of this session."""
    proof = passkeys.check(office, key_of(token), answer, alone=False)
    return _confirm(office, token, lambda: passkeys.prove(office, visitor.member_id, proof))


def _confirm(office: Office, token: str, weigh: Callable[[], factors.Outcome]) -> Outcome:
    with office.store.transaction():
        outcome = weigh()
        if not isinstance(outcome, Passed):
            return outcome
        renamed = new_token()
        sessions.stepped(office.store, key_of(token), office.now(), key_of(renamed))
        return Stepped(renamed)


def _bound(visitor: Visitor, token: str) -> Bound:
    return Bound(visitor.member_id, Purpose.STEP_UP, key_of(token))
