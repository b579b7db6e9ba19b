"""An act behind a form at the desk, done once however often the form is sent."""

from __future__ import annotations

from collections.abc import Callable

from madoguchi.services.office import Office
from madoguchi.store import desk_once


def within(office: Office, key: str, act: Callable[[], int]) -> int:
    """Do an act inside an open one and return its number; the first time's again where the key was used.

    Without a key it is done each time.
    """
    if key and not desk_once.begin(office.store, key, office.now()):
        return desk_once.result(office.store, key)
    number = act()
    if key:
        desk_once.end(office.store, key, number)
    return number
