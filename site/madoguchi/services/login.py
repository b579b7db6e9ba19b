"""Signing in by card or by Web-ID: count the try, compare the secret, then forgive it or lock.

A try is counted and committed before its secret is compared, so that parallel guesses cannot outrun it.
Whoever is no known browser of the account gets the same answers whether it exists, is locked or not.
"""

from __future__ import annotations

import hmac
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Final

from madoguchi.domain import lockout
from madoguchi.domain.faults import Unavailable
from madoguchi.domain.lockout import Tally, Wait
from madoguchi.domain.secrets import pin_material, readings
from madoguchi.domain.widths import narrow
from madoguchi.services import admission, locks, second_step
from madoguchi.services.office import Office
from madoguchi.services.sessions import key_of
from madoguchi.services.tries import (
    CodeNeeded,
    Locked,
    Outcome,
    Place,
    Reason,
    Route,
    Try,
    Waiting,
    WrongPair,
    refusing,
)
from madoguchi.store import attempts, credentials, devices
from madoguchi.store.credentials import Account

# A known browser's tries are all taken while one is still being compared; after this long it never will be.
SETTLED: Final = timedelta(seconds=60)


def by_card(office: Office, number: str, pin: str, place: Place) -> Outcome:
    """Sign in by card number (digits alone) and PIN. Raises Unavailable when nothing could be compared."""
    tried = Try(Route.CARD, number, (pin_material(number, narrow(pin)),), place, office.now(), None)
    return _enter(office, replace(tried, account=look_up(office, tried)))


def by_web_id(office: Office, web_id: str, password: str, place: Place) -> Outcome:
    """Sign in by Web-ID (half width) and password. Raises Unavailable when nothing could be compared."""
    tried = Try(Route.WEB_ID, web_id, readings(password), place, office.now(), None)
    return _enter(office, replace(tried, account=look_up(office, tried)))


def tally_key(office: Office, route: Route, identifier: str) -> str:
    """The name of an identifier's tally: a keyed hash, the same for every spelling of one Web-ID."""
    folded = credentials.fold(identifier)
    return hmac.new(office.secret, f"guess:{route.value}:{folded}".encode(), sha256).hexdigest()


def look_up(office: Office, tried: Try) -> Account | None:
    """The account that was tried, as it is now."""
    find = credentials.by_card if tried.route is Route.CARD else credentials.by_web_id
    known_since = tried.at - timedelta(days=office.rules.sign_in.device_days)
    return find(office.store, tried.identifier, key_of(tried.place.device_token), known_since)


def _enter(office: Office, tried: Try) -> Outcome:
    return _from_known(office, tried) if tried.known else _from_stranger(office, tried)


def _from_known(office: Office, tried: Try) -> Outcome:
    account = tried.account
    assert account is not None
    assert account.device_id is not None
    if reason := refusing(account, tried.route, office.business_day()):
        return Locked(reason)
    counted = _count_known(office, tried, account)
    if not isinstance(counted, int):
        return counted
    try:
        right = _compare(office, tried)
    except Unavailable:
        with office.store.transaction():
            devices.give_back(office.store, account.device_id, tried.route.value)
        raise
    if right and (admitted := _admit(office, tried, right)):
        if isinstance(admitted, CodeNeeded):
            with office.store.transaction():
                devices.give_back(office.store, account.device_id, tried.route.value)
        return admitted
    return _failed_known(office, tried, account)


def _count_known(office: Office, tried: Try, account: Account) -> int | Outcome:
    tries = _tries(office, tried.route)
    device_id = account.device_id or 0
    with office.store.transaction():
        fails = devices.take(office.store, device_id, tried.route.value, tries, account.since, tried.at)
        if fails is not None:
            return fails
        _fails, last_at = devices.failures(office.store, device_id, tried.route.value)
        if tried.at - last_at < SETTLED:
            return Waiting(last_at + SETTLED)
        return _lock(office, tried, account)


def _failed_known(office: Office, tried: Try, account: Account) -> Outcome:
    tries = _tries(office, tried.route)
    with office.store.transaction():
        fails, _at = devices.failures(office.store, account.device_id or 0, tried.route.value)
        if fails >= tries:
            return _lock(office, tried, account)
        attempts.log(office.store, admission.event(tried, "wrong"))
        return WrongPair(left=tries - fails)


def _lock(office: Office, tried: Try, account: Account) -> Locked:
    if tried.route is Route.CARD:
        locks.holding(office.store, account.contract_id, tried.at, locks.GUESSING, locks.BY_ITSELF)
        attempts.log(office.store, admission.event(tried, "card_held"))
        return Locked(Reason.HELD, now=True)
    credentials.lock_web_id(office.store, account.member_id, tried.at, locks.GUESSING)
    attempts.log(office.store, admission.event(tried, "password_locked"))
    return Locked(Reason.LOCKED, now=True)


def _from_stranger(office: Office, tried: Try) -> Outcome:
    """The address first, then the identifier; every statement and every hash is the same for any account."""
    if seconds := tried.place.gate.take():
        return Waiting(tried.at + timedelta(seconds=seconds))
    key = tally_key(office, tried.route, tried.identifier)
    with office.store.transaction():
        before = attempts.hold(office.store, key, tried.at)
        mine = lockout.take(office.rules.locks, before, tried.at)
        if isinstance(mine, Wait):
            return Waiting(mine.until)
        attempts.save(office.store, key, mine)
    try:
        right = _compare(office, tried)
    except Unavailable:
        _uncount(office, tried, key, before, mine)
        raise
    if right and (admitted := _admit(office, tried, right, key)):
        if isinstance(admitted, CodeNeeded):  # right, but not in: what strangers failed before still counts
            _uncount(office, tried, key, before, mine)
        else:
            tried.place.gate.give_back()
        return admitted
    return _failed_stranger(office, tried, mine, right=bool(right))


def _uncount(office: Office, tried: Try, key: str, before: Tally | None, mine: Tally) -> None:
    """This try was none: the lane was full and nothing was compared, or it was right."""
    with office.store.transaction():
        if current := attempts.hold(office.store, key, tried.at):
            attempts.save(office.store, key, lockout.give_back(office.rules.locks, current, before, mine))
    tried.place.gate.give_back()


def _failed_stranger(office: Office, tried: Try, mine: Tally, right: bool) -> Outcome:
    """A right secret that may not enter counts and answers like a wrong one, so as to tell nothing."""
    rules, account = office.rules.locks, tried.account
    with office.store.transaction():
        attempts.log(office.store, admission.event(tried, "refused" if right else "wrong"))
        if (
            rules.strangers_hold_card
            and account
            and tried.route is Route.CARD
            and mine.fails >= rules.pin_tries
        ):
            locks.holding(office.store, account.contract_id, tried.at, locks.GUESSING, locks.BY_ITSELF)
    if mine.opens_at is None:
        return Waiting(None)
    return WrongPair(opens_at=mine.opens_at if mine.opens_at > tried.at else None)


def _compare(office: Office, tried: Try) -> str:
    """The reading of the secret that is right, or ""; an account that does not exist costs the same."""
    stored = tried.account.secret_hash if tried.account else None
    keyed = tried.route is Route.CARD
    found = [
        office.hasher.verify(stored, secret, keyed=keyed, known_device=tried.known)
        for secret in tried.secrets
    ]
    return next((secret for secret, right in zip(tried.secrets, found, strict=True) if right), "")


def _admit(office: Office, tried: Try, right: str, tally: str = "") -> Outcome | None:
    """Begin the session, or ask for the second step, unless the account changed during the comparison."""
    with office.store.transaction():
        fresh = look_up(office, tried)
        if fresh is None or tried.account is None or fresh.secret_hash != tried.account.secret_hash:
            return None
        if refusing(fresh, tried.route, office.business_day()):
            return None
        admitted: Outcome
        if second_step.asks(office, fresh):
            admitted = second_step.begin(office, tried, fresh, tally)
        else:
            if tally:
                attempts.save(office.store, tally, None)
            admitted = admission.admit(office, tried, fresh)
    _renew(office, tried.route, fresh.secret_hash or "", right)
    return admitted


def _renew(office: Office, route: Route, stored: str, right: str) -> None:
    """Hash a right secret anew if the parameters have risen since; the member is in already either way."""
    if not office.hasher.outdated(stored):
        return
    renewed = office.hasher.hash(right, keyed=route is Route.CARD)
    with suppress(Unavailable), office.store.transaction():
        credentials.renew_hash(office.store, route.value, stored, renewed)


def _tries(office: Office, route: Route) -> int:
    rules = office.rules.locks
    return rules.pin_tries if route is Route.CARD else rules.password_tries
