"""The people at the desk: accounts, signing in by password and app together, and their sessions."""

from __future__ import annotations

import string
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from madoguchi.domain.codes import read
from madoguchi.domain.faults import Unavailable
from madoguchi.domain.passwords import Strength
from madoguchi.domain.staff import RIGHTS, Right, Role, wait_after
from madoguchi.domain.widths import narrow
from madoguchi.ports import Gate
from madoguchi.services import audit
from madoguchi.services.audit import Noted
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.services.sessions import TOUCH_EVERY, key_of, new_token
from madoguchi.store import staff as rows

COMMAND: Final = "command line"  # who adds and removes accounts
LONGEST_NAME: Final = 32
SHORTEST_PASSWORD: Final = 12
NAME_SIGNS: Final = frozenset(string.ascii_letters + string.digits + ".-_")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who is signed in at the desk, until `ends_at` when nothing is done.

    `counter` is the ticket of the counter's screen that the session is lent to: it opens nothing else.
    """

    id: int
    name: str
    role: Role
    ends_at: datetime
    warn: bool
    counter: int | None = None

    def may(self, right: Right) -> bool:
        """Whether the role holds a right."""
        return right in RIGHTS[self.role]


@dataclass(frozen=True, slots=True)
class Added:
    """A new account, and the secret of its app: shown once and never again."""

    name: str
    secret: str


@dataclass(frozen=True, slots=True)
class In:
    """Signed in, by this token."""

    token: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """Name, password and code do not belong together; which of them is told to nobody."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Too many tries: this one was not looked at."""

    until: datetime


def add(office: Office, name: str, role: Role, password: str, secret: str = "") -> Added:
    """Add an account; raises ValueError with a sentence for a name or a password that will not do."""
    if not 2 <= len(name) <= LONGEST_NAME or not set(name) <= NAME_SIGNS:
        raise ValueError(f"a name has 2 to {LONGEST_NAME} letters, digits, dots, dashes or underscores")
    if len(password) < SHORTEST_PASSWORD:
        raise ValueError(f"a password at the desk has {SHORTEST_PASSWORD} characters or more")
    if office.passwords.strength(password, [name.casefold()]) is Strength.COMMON:
        raise ValueError("this password is a common one; choose another")
    hashed = office.hasher.hash_aside(password, keyed=False)
    secret = secret or office.factors.authenticator.new_secret()
    with office.store.transaction():
        if rows.by_name(office.store, name):
            raise ValueError(f"{name} has an account already")
        staff_id = rows.add(office.store, name, role.value, hashed, "", office.now())
        rows.seal_totp(office.store, staff_id, office.factors.vault.seal(secret, context(staff_id)))
        audit.note_within(office, Noted.STAFF_ADDED, COMMAND, name=name, role=role.value)
    return Added(name, secret)


def leave(office: Office, name: str) -> bool:
    """Close an account for good and end its sessions; False when there is none that is open."""
    with office.store.transaction():
        account = rows.by_name(office.store, name)
        if account is None or not rows.leave(office.store, account.id, office.now()):
            return False
        audit.note_within(office, Noted.STAFF_LEFT, COMMAND, name=name)
        return True


def everybody(office: Office) -> list[rows.Account]:
    """Return all accounts, by name."""
    return rows.everybody(office.store)


def sign_in(
    office: Office, name: str, password: str, code: str, gate: Gate, address: str, label: str
) -> In | Wrong | Wait:
    """Sign in by a name, a password and the code of the account's app, all three in one try.

    The try is counted before anything is compared, on the name as well as on the address, and given back when
    it was right; names that nobody has are counted and compared just so.
    """
    proved = prove(office, name, password, code, gate)
    found = _enter(office, *proved, address, label) if isinstance(proved, tuple) else proved
    if isinstance(found, Wrong):
        with office.store.transaction():
            audit.note_within(office, Noted.REFUSED_IN, "", name=_understood(name), address=address)
    if isinstance(found, In):
        gate.give_back()
    return found


def prove(
    office: Office, name: str, password: str, code: str, gate: Gate
) -> tuple[rows.Account, int] | Wrong | Wait:
    """Compare name, password and code; returns the account and the 30 seconds that the code is of.

    The code is not used up yet, and the slot of the address not given back: that is for the act that follows.
    """
    now, name = office.now(), _understood(name)
    if seconds := gate.take():
        return Wait(now + timedelta(seconds=seconds))
    waiting = _count(office, name, now)
    if waiting:
        return waiting
    account = rows.by_name(office.store, name)
    account = account if account and account.left_at is None else None
    try:
        stored = account.password_hash if account else None
        right = office.hasher.verify(stored, password, keyed=False, known_device=False)
    except Unavailable:
        _give_back(office, name)
        raise
    step = _step(office, account, code, now)
    return (account, step) if account and right and step else Wrong()


def current(office: Office, token: str, in_use: bool = True) -> Colleague | None:
    """Who a session's token belongs to; None when it is unknown, has run out or its owner left.

    What a page asks by itself is not `in_use`: a screen that nobody sits at goes on ageing.
    """
    key, now, rules = key_of(token), office.now(), office.rules.session
    found = rows.current(office.store, key)
    if found is None:
        return None
    whole = found.began + timedelta(hours=rules.absolute_hours)
    idle = timedelta(minutes=rules.idle_minutes)
    if now >= min(found.last_seen + idle, whole):
        return None
    touched = in_use and now - found.last_seen >= TOUCH_EVERY and _touch(office, key, now)
    found_at = now if touched else found.last_seen
    ends_at = min(found_at + idle, whole)
    warn = ends_at - now <= timedelta(minutes=rules.warn_minutes)
    return Colleague(found.staff_id, found.name, Role(found.role), ends_at, warn, found.counter)


def _touch(office: Office, key: str, now: datetime) -> bool:
    """Note that a session is in use, if the books can be written; reading must not fail because of it."""
    try:
        with office.store.brief():
            rows.touch(office.store, key, now)
    except Unavailable:
        return False
    return True


def _understood(name: str) -> str:
    return narrow(name).strip()[:LONGEST_NAME]


@repeated
def _count(office: Office, name: str, now: datetime) -> Wait | None:
    """Count a try as failed; what is made while the name waits neither counts nor is looked at."""
    with office.store.transaction():
        fails, opens_at = rows.hold_tries(office.store, name, now)
        if now < opens_at:
            return Wait(opens_at)
        until = now + timedelta(seconds=wait_after(fails + 1))
        rows.count_try(office.store, name, fails + 1, now, until)
        return None


@repeated
def _give_back(office: Office, name: str) -> None:
    """A try that was not compared counts nothing; those beside it do."""
    with office.store.transaction():
        rows.give_back(office.store, name)


@repeated
def _enter(office: Office, account: rows.Account, step: int, address: str, label: str) -> In | Wrong:
    """Begin the session, unless the code was used before."""
    with office.store.transaction():
        if not rows.used_step(office.store, account.id, step):
            return Wrong()
        rows.forgive(office.store, account.name)
        return begin_within(office, account, address, label)


def begin_within(office: Office, account: rows.Account, address: str, label: str, how: str = "") -> In:
    """Begin a session inside an act that is open; `how` names a way in that is not password and code."""
    token = new_token()
    rows.begin(office.store, key_of(token), account.id, office.now(), label, address)
    audit.note_within(office, Noted.SIGNED_IN, account.name, address=address, how=how)
    return In(token)


def _step(office: Office, account: rows.Account | None, code: str, now: datetime) -> int | None:
    """The 30 seconds that a code is of; for nobody's account one is compared all the same, and is none."""
    understood = read(code)
    secret = _secret(office, account) if account else None
    if not (understood and understood.digits):
        return None
    step = office.factors.authenticator.step_of(secret or _NOBODYS, understood.digits, now)
    return step if secret else None


def _secret(office: Office, account: rows.Account) -> str | None:
    return office.factors.vault.open(account.totp, context(account.id))


def context(staff_id: int) -> str:
    """What a sealed secret of an app is sealed for."""
    return f"staff-totp:{staff_id}"


_NOBODYS: Final = "A" * 32
