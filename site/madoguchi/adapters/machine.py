"""The machine by its own word: the disk by its file system, the clock by the kernel."""

from __future__ import annotations

import ctypes
import shutil
from pathlib import Path
from typing import Final

from madoguchi.ports.machine import Room

_TIMEX_BYTES: Final = 512  # more than struct timex has anywhere; all zero: ask, change nothing
_OUT_OF_STEP: Final = 5  # TIME_ERROR of adjtimex(2): nothing disciplines this clock


class ThisMachine:
    """The Machine."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def room(self) -> Room:
        """By statvfs."""
        self._data.mkdir(parents=True, exist_ok=True)
        found = shutil.disk_usage(self._data)
        return Room(found.free, found.total)

    def clock_in_step(self) -> bool | None:
        """By adjtimex, which knows of chrony, systemd-timesyncd and ntpd alike; only Linux has it."""
        ask = getattr(ctypes.CDLL(None), "adjtimex", None)
        if ask is None:
            return None
        state = ask(ctypes.create_string_buffer(_TIMEX_BYTES))
        return None if state < 0 else bool(state != _OUT_OF_STEP)
