"""The clocks: the machine's own, and one that was moved."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

LOOK_EVERY = 0.05  # seconds in which another process may still see the clock before it was moved


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        """The moment now."""
        return datetime.now(UTC)


class ShiftedClock:
    """The machine's clock plus a distance, kept in a file so that every process and restart agrees."""

    def __init__(self, file: Path, start: datetime | None = None) -> None:
        self._file = file
        self._stamp = -1
        self._looked = 0.0
        self._shift = timedelta(0)
        self._start = start
        if start is not None:
            self.restart()

    def now(self) -> datetime:
        """The moved moment now."""
        self._read()
        return datetime.now(UTC) + self._shift

    def move(self, by: timedelta) -> None:
        """Go forward; moving back is refused with ValueError."""
        if by < timedelta(0):
            raise ValueError("the clock moves forward only")
        self._read()
        self._write(self._shift + by)

    def restart(self) -> None:
        """Go back to the given start, or to the machine's own time without one."""
        self._write(self._start - datetime.now(UTC) if self._start else timedelta(0))

    def _read(self) -> None:
        """See whether another process moved the clock; not at every question, of which a page has several."""
        now = time.monotonic()
        if self._stamp >= 0 and now - self._looked < LOOK_EVERY:
            return
        self._looked = now
        try:
            stamp = self._file.stat().st_mtime_ns
        except FileNotFoundError:
            return
        if stamp != self._stamp:
            self._shift = timedelta(seconds=int(self._file.read_text()))
            self._stamp = stamp

    def _write(self, shift: timedelta) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new")
        fresh.write_text(str(round(shift.total_seconds())))
        fresh.replace(self._file)
        self._stamp = -1


class FixedClock:
    """A clock that stands still until told; for demo data made in the past, and for tests."""

    def __init__(self, at: datetime) -> None:
        self.at = self._start = at

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.at

    def set(self, at: datetime) -> None:
        """Stand at another moment."""
        self.at = at

    def move(self, by: timedelta) -> None:
        """Go forward."""
        self.at += by

    def restart(self) -> None:
        """Stand again where it was made."""
        self.at = self._start
