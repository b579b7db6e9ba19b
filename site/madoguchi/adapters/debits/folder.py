"""A bank that is reached by files: requests are laid into one folder, results are fetched from another.

Whoever carries the files between these folders and the bank's portal is the operator. A mandate is agreed on
paper, and the operator says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from madoguchi.domain.faults import Unavailable
from madoguchi.ports.debit import CameBack, MandateWish, Word

OUT, BACK, DONE = "out", "back", "done"
T = TypeVar("T")


class DebitFolder:
    """A DebitBank: `out` holds what goes to the bank, `back` what came from it, `done` what was looked at."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def register(self, wish: MandateWish) -> Word:
        """Always waiting: the bank's answer comes on paper."""
        return Word.WAITING

    def hand_in(self, name: str, on: date, request: bytes) -> None:
        """Lay a request into the folder, whole or not at all; raises Unavailable."""
        _told(lambda: self._written(self._folder / OUT / name, request))

    def results(self, today: date) -> Sequence[CameBack]:
        """The files that lie in the folder, by name; hidden ones are still being written."""
        return _told(
            lambda: [
                CameBack(path.name, path.read_bytes())
                for path in sorted((self._folder / BACK).glob("*"))
                if path.is_file() and not path.name.startswith(".")
            ]
        )

    def put_away(self, name: str) -> None:
        """Move a file to those that were looked at."""
        _told(lambda: self._moved(self._folder / BACK / name, self._folder / DONE / name))

    @staticmethod
    def _written(target: Path, data: bytes) -> None:
        if target.exists() and target.read_bytes() == data:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f".{target.name}.new")
        fresh.write_bytes(data)
        fresh.replace(target)

    @staticmethod
    def _moved(source: Path, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.exists():
            source.replace(target)


def _told(act: Callable[[], T]) -> T:
    try:
        return act()
    except OSError as fault:
        raise Unavailable("folder of bank files") from fault
