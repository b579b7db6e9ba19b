"""A lock that all processes of one machine share, as a file in the data folder."""

from __future__ import annotations

import fcntl
import threading
from pathlib import Path
from typing import TextIO

from madoguchi.domain.faults import Unavailable


class FileLock:
    """Held by one thread of one process at a time, which may enter again; whoever comes second waits.

    The system gives it back when the process ends in whatever way, so nothing has to be cleared up.
    """

    def __init__(self, file: Path) -> None:
        self._path, self._threads = file, threading.RLock()
        self._entered = 0
        self._file: TextIO | None = None

    def __enter__(self) -> None:
        """Wait for the others, then keep them out. Raises Unavailable when the folder cannot be used."""
        self._threads.acquire()
        try:
            if not self._entered:
                self._file = self._locked()
            self._entered += 1
        except BaseException:
            self._threads.release()
            raise

    def __exit__(self, *_fault: object) -> None:
        """Let the next one in, once left as often as entered."""
        self._entered -= 1
        if not self._entered and self._file:
            self._file.close()
            self._file = None
        self._threads.release()

    def _locked(self) -> TextIO:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = open(self._path, "w")  # noqa: SIM115 - open for as long as the lock is held
            fcntl.flock(file, fcntl.LOCK_EX)
        except OSError as fault:
            raise Unavailable("data folder") from fault
        return file
