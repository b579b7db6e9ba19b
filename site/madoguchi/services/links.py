"""One-time links by mail: asked for by anybody, told to nobody but the mailbox on file, used once.

Whether a request matches a member shows in nothing: the same statements run and the same rows are written.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from madoguchi.domain import passwords
from madoguchi.domain.letters import Kind
from madoguchi.domain.passwords import Fault, Owner, Strength
from madoguchi.domain.widths import narrow
from madoguchi.services import letters
from madoguchi.services.office import Office
from madoguchi.services.sessions import key_of, new_token
from madoguchi.store import tokens
from madoguchi.store.tokens import Claimant


class Purpose(Enum):
    """What a link lets its holder do."""

    WEB_ID = "web_id"
    PASSWORD = "password"  # noqa: S105 - a name, no secret

    @property
    def letter(self) -> Kind:
        """The letter that carries such a link."""
        return Kind.WEB_ID_LINK if self is Purpose.WEB_ID else Kind.PASSWORD_LINK


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a link is used from, for the log: the browser in plain words and the block of its address."""

    label: str
    block: str


@dataclass(frozen=True, slots=True)
class Dead:
    """The link was used, ran out, was replaced by a newer one, or never existed; nobody is told which."""


@dataclass(frozen=True, slots=True)
class Weak:
    """The password cannot be used, and why; the link stays good."""

    fault: Fault


def send(
    office: Office, purpose: Purpose, number: str, web_id: str, email: str, may: Callable[[Claimant], bool]
) -> None:
    """Mail a link to the member of this number or Web-ID ("" for neither), if `email` is theirs and `may`."""
    now = office.now()
    token, expires = new_token(), now + timedelta(minutes=office.rules.links.minutes)
    with office.store.transaction():
        asking = _asking(tokens.claimants(office.store, number, web_id), email)
        if asking and not may(asking):
            asking = None
        spent = _spent(office, asking.member_id if asking else 0, now)
        member_id = asking.member_id if asking and not spent else None
        tokens.issue(office.store, key_of(token), purpose.value, member_id, now, expires)
        letters.write(
            office, purpose.letter, {"until": expires, "token": token}, member_id=member_id, now=now
        )


def is_good(office: Office, purpose: Purpose, token: str) -> bool:
    """Whether a link works now; looking changes nothing, however often mail scanners look."""
    return tokens.read(office.store, key_of(token), purpose.value, office.now()) is not None


def holder(office: Office, purpose: Purpose, token: str) -> tuple[Claimant, Owner] | None:
    """Whom a link is for, and what their password must not hold."""
    return tokens.read(office.store, key_of(token), purpose.value, office.now())


def weigh(
    office: Office, purpose: Purpose, token: str, password: str, web_id: str = ""
) -> Strength | Weak | Dead:
    """What a password that is being chosen is worth; `web_id` is one that is being chosen with it."""
    found = holder(office, purpose, token)
    if found is None:
        return Dead()
    return judge(office, password, replace(found[1], web_id=web_id) if web_id else found[1])


def judge(office: Office, password: str, owner: Owner) -> Strength | Weak:
    """What a password is worth to its owner, exactly as typed."""
    if fault := passwords.fault_of(password, office.rules.password, owner):
        return Weak(fault)
    words = [*passwords.words_of(owner), *office.rules.password.words]
    strength = office.passwords.strength(password, words)
    return Weak(Fault.COMMON) if strength is Strength.COMMON else strength


def _asking(found: Iterable[Claimant], email: str) -> Claimant | None:
    """The one among them whose mail address was typed; one always is compared."""
    nobody = Claimant(0, "", 0, None, "")
    matching = [who for who in [*found, nobody] if _same_address(who.email, email)]
    return matching[0] if matching else None


def _same_address(on_file: str, typed: str) -> bool:
    """Equal but for width and case; an empty one is nobody's."""
    ours, theirs = (narrow(text).strip().casefold().encode() for text in (on_file, typed))
    return hmac.compare_digest(ours, theirs) and bool(ours)


def _spent(office: Office, member_id: int, now: datetime) -> bool:
    """Whether the member, or all members together, have had their letters."""
    rules = office.rules.links
    sent = tokens.sent(office.store, member_id, now, timedelta(seconds=rules.apart_seconds))
    return (
        sent.lately > 0
        or sent.hour >= rules.hour
        or sent.day >= rules.day
        or sent.site_hour >= rules.site_hour
    )
