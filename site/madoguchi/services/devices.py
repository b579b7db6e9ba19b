"""The browsers that know a member: what one may remember of its owner, and the list that its owner sees."""

from __future__ import annotations

from datetime import timedelta

from madoguchi.services.office import Office
from madoguchi.services.sessions import key_of
from madoguchi.store import devices
from madoguchi.store.devices import Device, Remembered


def last_used(office: Office, token: str) -> Remembered | None:
    """How the browser with this cookie signed in last; None for a stranger."""
    if not token:
        return None
    known_since = office.now() - timedelta(days=office.rules.sign_in.device_days)
    return devices.last_used(office.store, key_of(token), known_since)


def of_member(office: Office, member_id: int) -> list[Device]:
    """The member's known browsers, the last used first."""
    return devices.of_member(office.store, member_id)


def forget(office: Office, member_id: int, device_id: int | None = None) -> None:
    """Make one browser, or all of a member's, strangers again; it says nothing when there was none."""
    with office.store.transaction():
        devices.forget(office.store, member_id, device_id)
