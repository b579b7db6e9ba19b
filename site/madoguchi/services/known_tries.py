"""Tries to sign in from a known browser: counted on it and on no stranger's tally, and the last one locks."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from madoguchi.services import admission, locks
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.services.tries import Locked, Outcome, Reason, Route, Try, Waiting, WrongPair
from madoguchi.store import attempts, credentials, devices
from madoguchi.store.credentials import Account

# A known browser's tries are all taken while one is still being compared; after this long it never will be.
SETTLED: Final = timedelta(seconds=60)

_LOCKED: Final = {
    Route.CARD: Locked(Reason.HELD, now=True),
    Route.WEB_ID: Locked(Reason.LOCKED, now=True),
}


@repeated
def give_back(office: Office, device_id: int, route: Route) -> None:
    """This try was none after all."""
    with office.store.transaction():
        devices.give_back(office.store, device_id, route.value)


@repeated
def count(office: Office, tried: Try, account: Account) -> Outcome | None:
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


@repeated
def failed(office: Office, tried: Try, account: Account) -> Outcome:
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


def _tries(office: Office, route: Route) -> int:
    rules = office.rules.locks
    return rules.pin_tries if route is Route.CARD else rules.password_tries
