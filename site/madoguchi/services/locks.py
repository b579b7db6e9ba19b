"""Holding a card and locking a password, and lifting both; with the part that other acts use inside."""

from __future__ import annotations

from datetime import datetime

from madoguchi.domain.letters import Kind
from madoguchi.domain.rights import State
from madoguchi.services import letters
from madoguchi.services.office import Office
from madoguchi.store import credentials, devices, states
from madoguchi.store.db import Store

GUESSING = "guessing"
BY_ITSELF = "system"


def hold_card(office: Office, contract_id: int, why: str = GUESSING, by_whom: str = BY_ITSELF) -> bool:
    """Put a contract's card on hold: no sign-in by card, no ATM. False when there was no active card."""
    with office.store.transaction():
        return holding(office.store, contract_id, office.now(), why, by_whom)


def release_card(office: Office, contract_id: int, member_id: int, why: str) -> bool:
    """Lift a hold and forget the wrong PINs of known browsers. False when the card was not on hold."""
    with office.store.transaction():
        return releasing(office, contract_id, member_id, why)


def lock_password(office: Office, member_id: int, why: str = GUESSING) -> bool:
    """Lock a member's password: no sign-in by Web-ID; the card stays. False when it was locked."""
    with office.store.transaction():
        return credentials.lock_web_id(office.store, member_id, office.now(), why) > 0


def unlock_password(office: Office, member_id: int) -> bool:
    """Lift a password lock and forget the wrong passwords of known browsers. False without a Web-ID."""
    with office.store.transaction():
        devices.forgive(office.store, member_id, "web_id")
        return credentials.lock_web_id(office.store, member_id, None, "") > 0


def holding(store: Store, contract_id: int, now: datetime, why: str, by_whom: str) -> bool:
    """Hold a card inside an act that is open already."""
    if not credentials.set_card_state(store, contract_id, "active", "held", why, now):
        return False
    states.begin(store, contract_id, State.HELD, now, why, by_whom)
    return True


def releasing(office: Office, contract_id: int, member_id: int, why: str) -> bool:
    """Lift a hold inside an act that is open already, and tell the member by letter."""
    store, now = office.store, office.now()
    if not credentials.set_card_state(store, contract_id, "held", "active", why, now):
        return False
    states.end(store, contract_id, State.HELD, now)
    devices.forgive(store, member_id, "card")
    letters.write(office, Kind.HOLD_LIFTED, {"at": now}, member_id=member_id, now=now)
    return True
