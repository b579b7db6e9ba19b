"""「身に覚えがない」: one press, by a link in a letter, ends what a stranger could be using.

It signs nobody in. Only staff lift what it stops: whoever could lift it by mail or password might be the
stranger. Repaying and, by Web-ID, seeing go on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

from madoguchi.domain.letters import Kind
from madoguchi.services import fresh_start, letters, stops
from madoguchi.services.links import Browser
from madoguchi.services.office import Office
from madoguchi.services.sessions import key_of
from madoguchi.services.tries import Route
from madoguchi.store import attempts, not_me
from madoguchi.store.attempts import Event

NOT_ME: Final = "not_me"  # the reason of the states and of the card's hold, and the word in the log
THE_MEMBER: Final = "member"


class Answer(Enum):
    """What came of the press."""

    STOPPED = "stopped"
    ALREADY = "already"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class News:
    """What the letter was about, and whether its link has been used."""

    kind: Kind
    at: datetime
    used: bool


def look(office: Office, token: str) -> News | None:
    """What a link is about; looking changes nothing. None when it ran out or never was."""
    found = not_me.read(office.store, key_of(token), office.now())
    return News(Kind(found.kind), found.at, found.used_at is not None) if found else None


def stop_all(office: Office, token: str, browser: Browser) -> Answer:
    """End all sessions, forget all browsers, hold the card and stop borrowing, once.

    Raises Unavailable when the books cannot be written; the link then stays good.
    """
    key, now = key_of(token), office.now()
    found = not_me.read(office.store, key, now)
    if found is None:
        return Answer.DEAD
    with office.store.transaction():
        if not not_me.use(office.store, key, found.member_id, now):
            return Answer.ALREADY
        fresh_start.sign_out(office, found.member_id)
        for contract_id in not_me.contracts_of(office.store, found.member_id):
            _stop(office, contract_id, now)
        route = Route.WEB_ID.value
        attempts.log(
            office.store, Event(now, route, NOT_ME, found.member_id, False, browser.label, browser.block)
        )
        letters.write(office, Kind.ALL_STOPPED, {"at": now}, member_id=found.member_id, now=now)
    return Answer.STOPPED


def _stop(office: Office, contract_id: int, now: datetime) -> None:
    """Hold and stop for this reason too where another one holds already, which its owner could lift."""
    stops.stop_borrowing(office.store, contract_id, now, NOT_ME, THE_MEMBER)
    stops.hold(office.store, contract_id, now, NOT_ME, THE_MEMBER)
