"""The composition root: settings in, an Office with its ports out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from madoguchi.adapters import limits_storage  # noqa: F401 - registers the sqlite:// storage
from madoguchi.adapters.clock import FixedClock, ShiftedClock, SystemClock
from madoguchi.adapters.common_passwords import CommonPasswords
from madoguchi.adapters.hashing import Lanes
from madoguchi.lender import load
from madoguchi.services.office import Demo, Office
from madoguchi.store.db import Store


def make_office(settings: Any) -> Office:
    """Open the books of these settings (a config.Settings); the demo also gets its movable clock."""
    rules = load(settings.lender)
    store = Store(settings.database)
    hasher = Lanes(settings.pepper)
    if settings.production:
        return Office(store, rules, SystemClock(), hasher, settings.secret, CommonPasswords())
    clock = ShiftedClock(Path(settings.data) / "clock", settings.clock)
    demo = Demo(clock, FixedClock)
    return Office(store, rules, clock, hasher, settings.secret, CommonPasswords(), demo)
