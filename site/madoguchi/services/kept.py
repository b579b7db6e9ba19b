"""Typed data set aside, sealed, for their owner and for the act they were typed for; taken out once.

They wait while a member passes the second step, or signs in again because the session ran out meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from madoguchi.services.office import Office
from madoguchi.services.sessions import key_of, new_token
from madoguchi.store import devices, pending

KEPT: Final = timedelta(minutes=30)
MOST: Final = 20  # of one member at a time; more are not kept
LARGEST: Final = 16_384  # characters of all fields together, where nobody has signed in
SECRETS: Final = ("password", "pin", "code", "credential", "factor")  # fields whose names begin so


def keep(office: Office, member_id: int, path: str, typed: Mapping[str, str], most: int = 0) -> str:
    """Set typed data aside for the act at `path`; returns their name.

    With `most` the member has so many at a time: the oldest give way.
    """
    name, now = new_token(), office.now()
    sealed = office.factors.vault.seal(json.dumps(dict(typed)), _context(member_id))
    with office.store.transaction():
        pending.keep(office.store, key_of(name), member_id, path, sealed, now, now + KEPT)
        if most:
            pending.trim_kept(office.store, member_id, most)
    return name


def keep_for_browser(office: Office, device_token: str, path: str, typed: Mapping[str, str]) -> str:
    """Set data aside that came without a session, for whoever signed in last on this browser.

    Secrets are left out. Returns "" where there is nothing to keep, nobody to keep it for, or too much.
    """
    wanted = {name: value for name, value in typed.items() if not name.startswith(SECRETS)}
    now = office.now()
    since = now - timedelta(days=office.rules.sign_in.device_days)
    member_id = devices.last_member(office.store, key_of(device_token), since) if wanted else None
    if member_id is None or sum(map(len, [*wanted, *wanted.values()])) > LARGEST:
        return ""
    if pending.how_many_kept(office.store, member_id, now) >= MOST:
        return ""
    return keep(office, member_id, path, wanted)


def path_of(office: Office, member_id: int, name: str) -> str | None:
    """The path of the act that data wait for; None once they were taken or ran out."""
    return pending.kept_for(office.store, key_of(name), member_id, office.now())


def path_of_spent(office: Office, member_id: int, name: str) -> str | None:
    """The path of the act that data went on to, while their name is remembered."""
    return pending.kept_for(office.store, key_of(name), member_id, office.now(), spent=True)


def take(office: Office, member_id: int, name: str, path: str) -> dict[str, str] | None:
    """The typed data again: once, for their owner, and for the act that they were typed for."""
    with office.store.transaction():
        sealed = pending.take_kept(office.store, key_of(name), member_id, path, office.now())
    return _opened(office, member_id, sealed)


def draft(office: Office, member_id: int, path: str, typed: Mapping[str, str]) -> str:
    """Set typed data aside for a page that shows them as often as it is looked at; returns their name."""
    return keep(office, member_id, path, typed, MOST)


def look(office: Office, member_id: int, name: str, path: str) -> dict[str, str] | None:
    """What was set aside for a page, which stays; for its owner alone."""
    return _opened(
        office, member_id, pending.read_kept(office.store, key_of(name), member_id, path, office.now())
    )


def _opened(office: Office, member_id: int, sealed: str | None) -> dict[str, str] | None:
    opened = office.factors.vault.open(sealed, _context(member_id)) if sealed else None
    return json.loads(opened) if opened else None


def _context(member_id: int) -> str:
    return f"kept:{member_id}"
