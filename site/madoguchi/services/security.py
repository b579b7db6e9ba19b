"""Where a member is signed in, which browsers know them and how sign-ins went; and ending each of it."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from hashlib import sha256
from typing import Final

from madoguchi.domain.letters import Kind
from madoguchi.domain.places import nearby
from madoguchi.services import letters
from madoguchi.services.office import Office
from madoguchi.services.sessions import key_of
from madoguchi.store import attempts, devices, sessions
from madoguchi.store.attempts import Line

HISTORY: Final = timedelta(days=90)
PAGE: Final = 20  # lines of the history at a time


class Ended(Enum):
    """What came of ending a session or forgetting a browser; HERE when it is the one that asked."""

    GONE = "gone"
    THERE = "there"
    HERE = "here"


@dataclass(frozen=True, slots=True)
class Session:
    """A session that has not run out; `name` stands for it in addresses and opens nothing."""

    name: str
    label: str
    place: str
    began: datetime
    last_seen: datetime
    here: bool


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that signed in before; `open` is whether a session goes on in it."""

    id: int
    label: str
    place: str
    since: datetime
    last_seen: datetime
    here: bool
    open: bool


@dataclass(frozen=True, slots=True)
class SignIn:
    """A line of the history; `outcome` is the word of the log."""

    at: datetime
    route: str
    outcome: str
    known: bool
    label: str
    place: str


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it; `before` leads to older lines of the history, None at its end."""

    sessions: list[Session]
    browsers: list[Browser]
    history: list[SignIn]
    before: int | None


def look(office: Office, member_id: int, token: str, before: int | None = None) -> Overview:
    """What a member sees, the newest first, and of the history what came before a line of it."""
    now, here = office.now(), key_of(token)
    found = _open(office, member_id)
    ours = next((row.device_id for row in found if row.key == here), None)
    busy = {row.device_id for row in found}
    known_since = now - timedelta(days=office.rules.sign_in.device_days)
    browsers = [
        Browser(d.id, d.label, nearby(d.block), d.created_at, d.last_seen, d.id == ours, d.id in busy)
        for d in devices.of_member(office.store, member_id)
        if d.last_seen >= known_since
    ]
    lines = attempts.of_member(office.store, member_id, now - HISTORY, before, PAGE + 1)
    return Overview(
        [
            Session(_name(office, s.key), s.label, nearby(s.block), s.began, s.last_seen, s.key == here)
            for s in found
        ],
        browsers,
        [_sign_in(line) for line in lines[:PAGE]],
        lines[PAGE - 1].id if len(lines) > PAGE else None,
    )


def end_session(office: Office, member_id: int, name: str, token: str) -> Ended:
    """End one of the member's own sessions: every copy of its token is dead from now on."""
    with office.store.transaction():
        found = [row.key for row in _open(office, member_id) if _name(office, row.key) == name]
        if not found or not sessions.end(office.store, found[0]):
            return Ended.GONE
        return Ended.HERE if found[0] == key_of(token) else Ended.THERE


def end_others(office: Office, member_id: int, token: str, label: str) -> int:
    """Sign out everywhere but where `token` is used, and tell it by letter; returns from how many places."""
    now = office.now()
    with office.store.transaction():
        ended = sessions.end_all(office.store, member_id, key_of(token))
        if ended:
            facts: dict[str, letters.Fact] = {"at": now, "label": label}
            letters.write(office, Kind.SIGNED_OUT_ALL, facts, member_id=member_id, now=now)
        return ended


def forget_browser(office: Office, member_id: int, device_id: int, token: str) -> Ended:
    """Make one of the member's own browsers a stranger, and end the session in it."""
    with office.store.transaction():
        here = any(s.device_id == device_id and s.key == key_of(token) for s in _open(office, member_id))
        sessions.end_on(office.store, member_id, device_id)
        if not devices.forget(office.store, member_id, device_id):
            return Ended.GONE
        return Ended.HERE if here else Ended.THERE


def _open(office: Office, member_id: int) -> list[sessions.Open]:
    now, rules = office.now(), office.rules.session
    idle, whole = timedelta(minutes=rules.idle_minutes), timedelta(hours=rules.absolute_hours)
    return sessions.of_member(office.store, member_id, now - idle, now - whole)


def _name(office: Office, key: str) -> str:
    """What stands for a session in an address, so that not even the hash of its token leaves the books."""
    return hmac.new(office.secret, f"session:{key}".encode(), sha256).hexdigest()[:32]


def _sign_in(line: Line) -> SignIn:
    event = line.event
    place = nearby(event.block)
    return SignIn(event.at, event.route, event.outcome, event.known_device, event.device_label, place)
