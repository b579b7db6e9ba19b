"""Who is signed in: sessions that begin, go on, run out and end."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from madoguchi.domain.attack import HOURS_KEPT, hour_of
from madoguchi.domain.codes import Level
from madoguchi.domain.faults import Unavailable
from madoguchi.domain.present import counted_to, states_with
from madoguchi.domain.product import Product
from madoguchi.domain.rights import Rights, State, rights_of, states_of
from madoguchi.domain.state import Standing
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.store import (
    attack,
    attempts,
    codes,
    contracts,
    devices,
    mail_changes,
    not_me,
    passkeys,
    pending,
    tokens,
)
from madoguchi.store import sessions as rows

TOKEN_BYTES: Final = 32
TOUCH_EVERY: Final = timedelta(minutes=1)  # a write on every page would halve what the site can serve
STRANGERS_LOG: Final = timedelta(days=30)
MEMBERS_LOG: Final = timedelta(days=400)
OFF: Final = Level.OFF.value
ALARMS_KEPT: Final = timedelta(days=30)
OVER_KEPT: Final = timedelta(days=1)  # for the page of signing in to say why
LINKS_KEPT: Final = timedelta(days=2)  # longer than any count of them looks back


class Gone(StrEnum):
    """How a session ended: its time was up, or it was ended (here, elsewhere or by a new password)."""

    RAN_OUT = "ran_out"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Visitor:
    """The member whom a session belongs to, as every page needs them.

    `standing` is counted up to today. `ends_at` is when the member is signed out if nothing is
    done, `warn` whether that is near. `previous` is the sign-in before this one; `stepped` when the
    second step was last passed in this session, `guarded` whether the member turned it on for signing in.
    `sending` is the yen on their way to the member that the bank has not answered for; `bounced` is since
    when mail to the member comes back. `looked_by` is who sees the pages from the desk, "" for nobody.
    """

    member_id: int
    contract_id: int
    number: str
    name: str
    rights: Rights
    standing: Standing
    route: str
    ends_at: datetime
    warn: bool
    previous: datetime | None
    stepped: datetime | None = None
    guarded: bool = False
    sending: int = 0
    bounced: datetime | None = None
    looked_by: str = ""

    @property
    def limit(self) -> int:
        """The credit limit in yen."""
        return self.standing.limit


def current(office: Office, token: str, noticed: bool = True) -> Visitor | None:
    """The visitor behind a session token, or None when it is unknown or has run out; one query.

    Each visit begins the idle time anew, but for one that is not `noticed`.
    """
    key = key_of(token)
    row = rows.current(office.store, key)
    if row is None:
        return None
    now = office.now()
    began, last_seen, previous = rows.began(row)
    ends_at = _ends_at(office, began, last_seen)
    if now >= ends_at:
        return None
    if noticed and now - last_seen >= TOUCH_EVERY and _touch(office, key, now):
        ends_at = _ends_at(office, began, now)
    warn = ends_at - now <= timedelta(minutes=office.rules.session.warn_minutes)
    return visitor_of(office, row, ends_at, warn, previous)


def visitor_of(
    office: Office,
    row: tuple[Any, ...],
    ends_at: datetime,
    warn: bool = False,
    previous: datetime | None = None,
    looked_by: str = "",
) -> Visitor:
    """The member of a `current` row as every page needs them."""
    route, member_id, contract_id, number, name, states, _closed_on = row[3:10]
    standing = _counted(row[rows.STANDING_AT :], office.business_day(), office.rules.product)
    rights = _rights(states, standing)
    stepped, guarded = rows.stepped_at(row), rows.level(row) != OFF
    return Visitor(
        member_id, contract_id, number, name, rights, standing, route, ends_at, warn, previous, stepped,
        guarded, rows.sending(row), rows.bounced_at(row), looked_by,
    )  # fmt: skip


def gone(office: Office, token: str) -> Gone:
    """How a session ended that is no more; what was swept away long ago counts as ended."""
    return Gone.ENDED if rows.current(office.store, key_of(token)) is None else Gone.RAN_OUT


def extend(office: Office, token: str) -> None:
    """Begin the idle time anew; the whole length of a session stays what it is."""
    with office.store.transaction():
        rows.touch(office.store, key_of(token), office.now())


def end(office: Office, token: str) -> None:
    """Sign out: every copy of this token is dead from now on."""
    with office.store.transaction():
        rows.end(office.store, key_of(token))


@repeated
def sweep(office: Office) -> None:
    """Forget what has run out: sessions, quiet tallies, browsers long not seen, old lines of the log."""
    now, rules = office.now(), office.rules
    with office.store.transaction():
        idle, whole = (
            timedelta(minutes=rules.session.idle_minutes),
            timedelta(hours=rules.session.absolute_hours),
        )
        rows.end_old(office.store, now - idle - OVER_KEPT, now - whole - OVER_KEPT)
        attempts.forget_quiet(office.store, now - timedelta(days=rules.locks.forget_days))
        devices.forget_unseen(office.store, now - timedelta(days=rules.sign_in.device_days))
        attempts.trim_log(office.store, now - STRANGERS_LOG, now - MEMBERS_LOG)
        tokens.forget_old(office.store, now - LINKS_KEPT)
        mail_changes.forget_old(office.store, now - LINKS_KEPT)
        not_me.forget_old(office.store, now - ALARMS_KEPT)
        codes.forget_old(office.store, now - LINKS_KEPT)
        passkeys.forget_old(office.store, now - LINKS_KEPT)
        pending.forget_old(office.store, now)
        attack.forget_old(office.store, hour_of(now) - HOURS_KEPT, now)


def new_token() -> str:
    """A fresh token of 256 bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def key_of(token: str) -> str:
    """What is kept of a token, so that the table signs nobody in."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


@lru_cache(maxsize=1024)
def _counted(figures: tuple[Any, ...], day: date, product: Product) -> Standing:
    """A contract's cached figures counted to a day; the same on each page of a visit until money moves."""
    return counted_to(contracts.standing_of(figures), day, product)


def _ends_at(office: Office, began: datetime, last_seen: datetime) -> datetime:
    rules = office.rules.session
    return min(
        last_seen + timedelta(minutes=rules.idle_minutes), began + timedelta(hours=rules.absolute_hours)
    )


def _touch(office: Office, key: str, now: datetime) -> bool:
    """Note the visit if the books can be written; a page that only reads must not fail because of it."""
    try:
        with office.store.brief():
            rows.touch(office.store, key, now)
    except Unavailable:
        return False
    return True


def _rights(states: int, standing: Standing) -> Rights:
    """The cached states; overdue as today's count says, which the daily round may not have written yet."""
    closed = State.CLOSED in states_of(states)
    return rights_of(states_with(states, standing), standing.debt > 0 if closed else True)
