"""Who speaks for the ATM network: a right signature, made now, and seen for the first time."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import Final

from madoguchi.domain.atm_message import Signed
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.store import atm, atm_guard

DAY: Final = timedelta(days=1)
LINKS_KEPT: Final = 30 * DAY  # a number that comes back within this time is no new one
REFUSALS_KEPT: Final = 30 * DAY


class Turned(Enum):
    """Why a request is turned away."""

    SHAPE = "shape"
    SIGNATURE = "signature"
    CLOCK = "clock"
    REPLAYED = "replayed"


def turned(office: Office, request: Signed) -> Turned | None:
    """Why a request is not believed, or None; its nonce is remembered only once its signature is right.

    Raises Unavailable when the nonces cannot be written: then nothing is believed.
    """
    if office.atm is None or not request.is_shaped():
        return Turned.SHAPE
    if not office.atm.holds(request):
        return Turned.SIGNATURE
    now = office.now()
    if not request.is_near(now, timedelta(seconds=office.rules.atm.skew_seconds)):
        return Turned.CLOCK
    with office.store.transaction():
        return None if atm_guard.note_nonce(office.store, request.nonce, now) else Turned.REPLAYED


@repeated
def sweep(office: Office) -> None:
    """Forget nonces that no allowed clock can bring back, and what no money stands on, when it is old."""
    now, skew = office.now(), timedelta(seconds=office.rules.atm.skew_seconds)
    with office.store.transaction():
        atm_guard.forget_old(office.store, now - 2 * skew - DAY, now - LINKS_KEPT)
        atm.forget_refused(office.store, now - REFUSALS_KEPT)
