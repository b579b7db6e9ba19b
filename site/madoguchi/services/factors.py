"""Passing the second step by whatever a member has: a mailed code, an authenticator app, a recovery code."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from hashlib import sha256
from typing import Final

from madoguchi.domain.codes import Typed, read
from madoguchi.domain.letters import Channel, Kind
from madoguchi.services import codes, letters
from madoguchi.services.codes import Bound, Dead, Right, Wrong
from madoguchi.services.office import Office
from madoguchi.services.totp import secret_of
from madoguchi.store import codes as tries
from madoguchi.store import second_step as rows

# A TOTP code or recovery code may be wrong so often in so long: three TOTP codes are right at a time, so
# fifty a day are a chance of 0.00015. A right one forgets them.
WINDOWS: Final = ((5, timedelta(minutes=10)), (50, timedelta(days=1)))


class Factor(Enum):
    """What the second step was passed with, as the log keeps it."""

    CODE = "code"
    TOTP = "totp"
    RECOVERY = "recovery"
    PASSKEY = "passkey"


@dataclass(frozen=True, slots=True)
class Passed:
    """The second step is passed."""

    factor: Factor


@dataclass(frozen=True, slots=True)
class Failed:
    """What was typed is not right; `left` is how many tries are left before another code is needed."""

    left: int | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """There is no code to try: one has to be sent (again)."""


@dataclass(frozen=True, slots=True)
class Used:
    """The app's code was right, and was used before or is older than one that was: the next one is needed."""


@dataclass(frozen=True, slots=True)
class Later:
    """So many tries were wrong that nothing is compared until a moment; another way may be open."""

    until: datetime


Outcome = Passed | Failed | Used | Spent | Later


@dataclass(frozen=True, slots=True)
class Ways:
    """What a member can pass the second step with; `mail` and `text` say where codes go ("" if nowhere)."""

    mail: str
    text: str
    totp: bool
    recovery_left: int
    passkeys: int

    @property
    def any(self) -> bool:
        """Whether there is one at all."""
        return bool(self.mail or self.text or self.totp or self.recovery_left or self.passkeys)


def ways(office: Office, member_id: int) -> Ways:
    """What this member can pass the second step with."""
    means = rows.means(office.store, member_id)
    mail, text = (codes.where(office, member_id, way) for way in (Channel.MAIL, Channel.TEXT))
    return Ways(mail, text, means.totp is not None, means.recovery_left, means.passkeys)


def weigh(office: Office, bound: Bound, typed: str) -> Outcome:
    """Try what was typed inside an act that is open; every try is counted before it is compared."""
    understood = read(typed)
    assert bound.member_id is not None
    if understood is None:
        return Failed()
    tries.hold(office.store, bound.member_id)
    if understood.recovery:
        return _counted(office, bound.member_id, understood)
    by_letter = codes.weigh(office, bound, understood.digits)
    if isinstance(by_letter, Right):
        return Passed(Factor.CODE)
    if rows.means(office.store, bound.member_id).totp is None:
        return Failed(by_letter.left) if isinstance(by_letter, Wrong) else Spent()
    by_app = _counted(office, bound.member_id, understood)
    if isinstance(by_app, Later) and not isinstance(by_letter, Dead):
        return Failed(by_letter.left)
    return by_app


def recovery_key(secret: bytes, member_id: int, letters: str) -> str:
    """What is kept of a recovery code: 49 random bits need no slow hash, and a key keeps the table mute."""
    return hmac.new(secret, f"recovery:{member_id}:{letters}".encode(), sha256).hexdigest()


def _counted(office: Office, member_id: int, typed: Typed) -> Outcome:
    now = office.now()
    if until := _shut_until(tries.tried(office.store, member_id, now - WINDOWS[-1][1]), now):
        return Later(until)
    tries.note_try(office.store, member_id, now)
    passed = (
        _recovery(office, member_id, typed.recovery, now)
        if typed.recovery
        else _totp(office, member_id, typed.digits, now)
    )
    if isinstance(passed, Used):  # no guess: it is told only of a code that matched
        tries.take_back_try(office.store, member_id)
    elif passed:
        tries.forgive_tries(office.store, member_id)
    return passed or Failed()


def _shut_until(moments: list[datetime], now: datetime) -> datetime | None:
    """From when a try is compared again, or None for now; `moments` are the newest first."""
    ends = [moments[most - 1] + window for most, window in WINDOWS if len(moments) >= most]
    latest = max(ends, default=None)
    return latest if latest is not None and latest > now else None


def _totp(office: Office, member_id: int, digits: str, now: datetime) -> Passed | Used | None:
    """Right for a code of these moments that was not used before, nor a later one."""
    secret = secret_of(office, member_id, rows.means(office.store, member_id).totp)
    step = office.factors.authenticator.step_of(secret, digits, now) if secret else None
    if step is None:
        return None
    return Passed(Factor.TOTP) if rows.use_step(office.store, member_id, step) else Used()


def _recovery(office: Office, member_id: int, typed: str, now: datetime) -> Passed | None:
    keys = (recovery_key(secret, member_id, typed) for secret in office.secrets)
    if not any(rows.use_recovery(office.store, member_id, key, now) for key in keys):
        return None
    facts: dict[str, letters.Fact] = {"at": now, "left": rows.means(office.store, member_id).recovery_left}
    letters.write(office, Kind.RECOVERY_USED, facts, member_id=member_id, now=now)
    return Passed(Factor.RECOVERY)
