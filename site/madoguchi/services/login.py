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
from madoguchi.services import admission, attack, locks, second_step
from madoguchi.services.office import Office
from madoguchi.services.sessions import key_of
from madoguchi.services.tries import (
    CodeFirst,
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

_LOCKED: Final = {
    Route.CARD: Locked(Reason.HELD, now=True),
    Route.WEB_ID: Locked(Reason.LOCKED, now=True),
}


def by_card(office: Office, number: str, pin: str, place: Place) -> Outcome:
    """Sign in by card number (digits alone) and PIN. Raises Unavailable when nothing could be compared."""
    pin = narrow(pin)
    tried = Try(Route.CARD, number, (pin_material(number, pin),), place, office.now(), None, pin)
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
    if stopped := _count_known(office, tried, account):
        return stopped
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


def _count_known(office: Office, tried: Try, account: Account) -> Outcome | None:
    """Count the try; an answer only where it may not be compared."""
    tries, route = _tries(office, tried.route), tried.route.value
    device_id = account.device_id or 0
    with office.store.transaction():
        if devices.take(office.store, device_id, route, tries, account.since, tried.at):
            return None
        wrong, last_at = devices.compared(office.store, device_id, route)
        if wrong >= tries:
            _lock(office, tried, account)
            return _LOCKED[tried.route]
        if tried.at - last_at < SETTLED:
            return Waiting(last_at + SETTLED)
        devices.give_back_lost(office.store, device_id, route)
        devices.take(office.store, device_id, route, tries, account.since, tried.at)
        return None


def _failed_known(office: Office, tried: Try, account: Account) -> Outcome:
    """Only comparisons that came out wrong hold a card: others that are counted may yet be given back."""
    tries = _tries(office, tried.route)
    with office.store.transaction():
        wrong = devices.was_wrong(office.store, account.device_id or 0, tried.route.value)
        if wrong < tries or not _lock(office, tried, account):
            attempts.log(office.store, admission.event(tried, "wrong"))
    return WrongPair(left=tries - wrong) if wrong < tries else _LOCKED[tried.route]


def _lock(office: Office, tried: Try, account: Account) -> bool:
    """Hold the card or lock the password, and log it once; False when another try did in the same moment."""
    store, at = office.store, tried.at
    if tried.route is Route.CARD:
        locked = locks.holding(store, account.contract_id, at, locks.GUESSING, locks.BY_ITSELF)
    else:
        locked = credentials.lock_web_id(store, account.member_id, at, locks.GUESSING) > 0
    if locked:
        outcome = "card_held" if tried.route is Route.CARD else "password_locked"
        attempts.log(store, admission.event(tried, outcome))
    return locked


def _from_stranger(office: Office, tried: Try) -> Outcome:
    """The address first, then the identifier; every statement and every hash is the same for any account."""
    if seconds := tried.place.gate.take():
        return Waiting(tried.at + timedelta(seconds=seconds))
    key = tally_key(office, tried.route, tried.identifier)
    with office.store.transaction():
        if attack.asks_code(office, tried):
            return CodeFirst()
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
        attack.take_back(office, tried)
        if current := attempts.hold(office.store, key, tried.at):
            attempts.save(office.store, key, lockout.give_back(office.rules.locks, current, before, mine))
    tried.place.gate.give_back()


def _failed_stranger(office: Office, tried: Try, mine: Tally, right: bool) -> Outcome:
    """A right secret that may not enter counts and answers like a wrong one, so as to tell nothing."""
    rules, account = office.rules.locks, tried.account
    why = refusing(account, tried.route, office.business_day()) if right and account else None
    with office.store.transaction():
        attack.tell(office, tried, mine, why)
        attempts.log(office.store, admission.event(tried, "refused" if right else "wrong"))
        if rules.strangers_hold_card and account and tried.route is Route.CARD:
            _hold_if_guessed(office, tried, account, mine)
        attack.note_failure(office, tried.at)
    if mine.opens_at is None:
        return Waiting(None)
    return WrongPair(opens_at=mine.opens_at if mine.opens_at > tried.at else None)


def _hold_if_guessed(office: Office, tried: Try, account: Account, mine: Tally) -> None:
    """Where the lender wishes it: a tally also has tries that are not compared yet and may be given back."""
    store, tries = office.store, office.rules.locks.pin_tries
    wrong = attempts.wrong_by_strangers(store, account.member_id, tried.route.value, account.since)
    if min(mine.fails, wrong) >= tries:
        locks.holding(store, account.contract_id, tried.at, locks.GUESSING, locks.BY_ITSELF)


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
                attack.take_back(office, tried)
                attempts.save(office.store, tally, None)
            admitted = admission.admit(office, tried, fresh)
    _renew(office, tried.route, fresh.secret_hash or "", right)
    return admitted


def _renew(office: Office, route: Route, stored: str, right: str) -> None:
    """Hash a right secret anew if parameters or pepper changed since; the member is in already either way."""
    keyed = route is Route.CARD
    if not office.hasher.outdated(stored, keyed=keyed):
        return
    with suppress(Unavailable):
        renewed = office.hasher.hash(right, keyed=keyed)
        with office.store.transaction():
            credentials.renew_hash(office.store, route.value, stored, renewed)
            second_step.hash_renewed(office, stored, renewed)


def _tries(office: Office, route: Route) -> int:
    rules = office.rules.locks
    return rules.pin_tries if route is Route.CARD else rules.password_tries
