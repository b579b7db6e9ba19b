"""Holding a card and stopping borrowing for reasons that its owner cannot lift alone; inside open acts."""

from __future__ import annotations

from datetime import datetime

from madoguchi.domain.rights import State
from madoguchi.store import credentials, states
from madoguchi.store.db import Store


def hold(store: Store, contract_id: int, now: datetime, why: str, by_whom: str) -> bool:
    """Hold a card, also for this reason where another one holds it already, which its owner could lift.

    Returns whether it was in use until now. A card that is lost stays so.
    """
    held = [
        credentials.set_card_state(store, contract_id, state, "held", why, now)
        for state in ("held", "active")
    ]
    if any(held):
        states.insist(store, contract_id, State.HELD, now, why, by_whom)
    return bool(held[1])


def stop_borrowing(store: Store, contract_id: int, now: datetime, why: str, by_whom: str) -> None:
    """Stop borrowing for this reason too."""
    states.insist(store, contract_id, State.STOPPED, now, why, by_whom)
