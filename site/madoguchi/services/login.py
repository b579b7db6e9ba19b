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

from madoguchi.domain import lockout
from madoguchi.domain.faults import Unavailable
from madoguchi.domain.lockout import Tally, Wait
from madoguchi.domain.secrets import pin_material, readings
from madoguchi.domain.widths import narrow
from madoguchi.services import admission, attack, known_tries, locks, second_step
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.services.sessions import key_of
from madoguchi.services.tries import (
    CodeFirst,
    CodeNeeded,
    Locked,
    Outcome,
    Place,
    Route,
    Try,
    Waiting,
    WrongPair,
    refusing,
)
from madoguchi.store import attempts, credentials
from madoguchi.store.credentials import Account


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
    if stopped := known_tries.count(office, tried, account):
        return stopped
    try:
        right = _compare(office, tried)
    except Unavailable:
        known_tries.give_back(office, account.device_id, tried.route)
        raise
    if right and (admitted := _admit(office, tried, right)):
        if isinstance(admitted, CodeNeeded):
            known_tries.give_back(office, account.device_id, tried.route)
        return admitted
    return known_tries.failed(office, tried, account)


def _from_stranger(office: Office, tried: Try) -> Outcome:
    """The address first, then the identifier; every statement and every hash is the same for any account."""
    if seconds := tried.place.gate.take():
        return Waiting(tried.at + timedelta(seconds=seconds))
    key = tally_key(office, tried.route, tried.identifier)
    counted = _count_stranger(office, tried, key)
    if isinstance(counted, CodeFirst | Waiting):
        return counted
    before, mine = counted
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


@repeated
def _count_stranger(office: Office, tried: Try, key: str) -> tuple[Tally | None, Tally] | CodeFirst | Waiting:
    """Count the try; the identifier's tally as it was and as it is now, or why nothing may be compared."""
    with office.store.transaction():
        if attack.asks_code(office, tried):
            return CodeFirst()
        before = attempts.hold(office.store, key, tried.at)
        mine = lockout.take(office.rules.locks, before, tried.at)
        if isinstance(mine, Wait):
            return Waiting(mine.until)
        attempts.save(office.store, key, mine)
        return before, mine


def _uncount(office: Office, tried: Try, key: str, before: Tally | None, mine: Tally) -> None:
    """This try was none: the lane was full and nothing was compared, or it was right."""
    _take_back(office, tried, key, before, mine)
    tried.place.gate.give_back()


@repeated
def _take_back(office: Office, tried: Try, key: str, before: Tally | None, mine: Tally) -> None:
    with office.store.transaction():
        attack.take_back(office, tried)
        if current := attempts.hold(office.store, key, tried.at):
            attempts.save(office.store, key, lockout.give_back(office.rules.locks, current, before, mine))


@repeated
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


@repeated
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
