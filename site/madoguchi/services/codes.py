"""Six-digit codes by mail or SMS: sent within a budget, bound to what they are for, counted, used once."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from hashlib import sha256
from typing import Final

from madoguchi.domain import codes as shapes
from madoguchi.domain import letters as kinds
from madoguchi.domain.letters import Channel, Kind
from madoguchi.services import letters
from madoguchi.services.office import Office
from madoguchi.store import codes
from madoguchi.store.letters import contact

DAY: Final = timedelta(days=1)


class Purpose(Enum):
    """What a code is for: its value is kept, its words stand in the letter."""

    SIGN_IN = "sign_in"
    STEP_UP = "step_up"
    CODE_FIRST = "code_first"
    UNLOCK = "unlock"

    @property
    def words(self) -> str:
        """As the letter says it: 〜のための確認コードです."""
        return _WORDS[self]


_WORDS: Final = {
    Purpose.SIGN_IN: "ログイン",
    Purpose.STEP_UP: "大切なお手続き",
    Purpose.CODE_FIRST: "ログイン",
    Purpose.UNLOCK: "利用の再開",
}


# Anybody who knows a card number can ask for the first; that must not use up what a member gets who knows
# the secret or has signed in.
ANYBODYS: Final = (Purpose.CODE_FIRST, Purpose.UNLOCK)
OWN: Final = (Purpose.SIGN_IN, Purpose.STEP_UP)


@dataclass(frozen=True, slots=True)
class Bound:
    """What codes are asked for: whose, for what, and the one sign-in or session they are good in.

    `member_id` is None for an account that does not exist: the same statements run, and nothing is sent.
    `asker` is whose budget it uses up where anybody may ask: a block of addresses, or a known browser.
    """

    member_id: int | None
    purpose: Purpose
    binding: str
    asker: str = shapes.NOBODY


@dataclass(frozen=True, slots=True)
class Sent:
    """A code is on its way to `to`, told so that its owner knows the place."""

    to: str
    until: datetime


@dataclass(frozen=True, slots=True)
class TooSoon:
    """So many codes went out already; from when another may."""

    at: datetime


@dataclass(frozen=True, slots=True)
class NoWay:
    """There is nowhere to send a code to: none on file, or an address whose mail comes back."""


@dataclass(frozen=True, slots=True)
class Right:
    """The code was right and is used up."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """The code was wrong; `left` is how many tries the live codes have."""

    left: int


@dataclass(frozen=True, slots=True)
class Dead:
    """There is no code that could be tried: none was sent, or it ran out or was tried too often."""


def send(office: Office, bound: Bound, channel: Channel = Channel.MAIL) -> Sent | TooSoon | NoWay:
    """Send a code, as an act of its own."""
    with office.store.transaction():
        return write(office, bound, channel)


def write(office: Office, bound: Bound, channel: Channel = Channel.MAIL) -> Sent | TooSoon | NoWay:
    """Send a code inside an act that is open, within the member's budget for this kind of asking."""
    now, rules, member_id = office.now(), office.rules.codes, bound.member_id
    codes.hold(office.store, member_id or 0)
    if later := next_at(office, bound):
        return TooSoon(later)
    until = now + timedelta(minutes=rules.minutes)
    code = shapes.code_of(secrets.randbelow(shapes.CODES))
    kind = Kind.CODE if channel is Channel.MAIL else Kind.CODE_TEXT
    facts: dict[str, str | int | datetime] = {"until": until, "purpose": bound.purpose.words, "code": code}
    goes = letters.write(office, kind, facts, member_id=member_id, now=now)
    whose = member_id if goes else None
    digest = _digest(office.secret, bound, code) if goes else ""  # what was never sent is never right
    codes.add(office.store, whose, bound.purpose.value, bound.binding, digest, now, until, bound.asker)
    place = where(office, member_id or 0, channel)
    return Sent(place, until) if goes and place else NoWay()


def next_at(office: Office, bound: Bound) -> datetime | None:
    """From when another code may be sent, or None for at once."""
    now, kin = office.now(), ANYBODYS if bound.purpose in ANYBODYS else OWN
    sent = codes.sent(office.store, bound.member_id or 0, now - DAY, [purpose.value for purpose in kin])
    return shapes.next_at(office.rules.codes, sent, bound.asker, now)


def weigh(office: Office, bound: Bound, digits: str) -> Right | Wrong | Dead:
    """Try six digits inside an act that is open; the try is counted in SQL before anything is compared."""
    assert office.store.in_transaction, "a try is counted in the act that it decides"
    now, rules = office.now(), office.rules.codes
    codes.hold(office.store, bound.member_id or 0)
    live = codes.take(office.store, bound.binding, rules.tries, now)
    wanted = [_digest(secret, bound, digits) for secret in office.secrets]
    right = [key for key, digest, _tries in live if any(hmac.compare_digest(digest, one) for one in wanted)]
    if right and codes.use(office.store, right[0], now):
        codes.end(office.store, bound.binding, now)
        return Right()
    return Wrong(max(rules.tries - tries for _key, _digest, tries in live)) if live else Dead()


def is_live(office: Office, bound: Bound) -> bool:
    """Whether a code was sent that can still be tried."""
    return codes.is_live(office.store, bound.binding, office.rules.codes.tries, office.now())


def where(office: Office, member_id: int, channel: Channel) -> str:
    """Where a code would go, masked; "" when it cannot."""
    found = contact(office.store, member_id)
    if found is None or not carried(office, channel):
        return ""
    address = found.email if channel is Channel.MAIL else found.phone
    if not kinds.can_get(channel, address) or (channel is Channel.MAIL and found.bounced_at):
        return ""
    return shapes.masked(address)


def carried(office: Office, channel: Channel) -> bool:
    """Whether letters of this channel leave the house; mail waits in the queue where nobody carries it."""
    return channel is Channel.MAIL or (office.post is not None and channel in office.post.carriers)


def _digest(secret: bytes, bound: Bound, code: str) -> str:
    """A keyed hash that is worth nothing for another member, purpose, sign-in or session."""
    text = f"code:{bound.purpose.value}:{bound.member_id}:{bound.binding}:{code}"
    return hmac.new(secret, text.encode(), sha256).hexdigest()
