"""The shelf as a folder beside the books: random names in two levels, readable by the site's user alone."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path
from typing import Final

_NAME: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)
_FOLDER_MODE: Final = 0o700
_FILE_MODE: Final = 0o600


class FolderShelf:
    """The Shelf; a name is 128 random bits, and its first four letters are the folders it lies in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes, name: str = "") -> str:
        """Write beside, make durable, then move into place: a name never shows half a file."""
        name = name or secrets.token_hex(16)
        path = self._path(name)
        self._make(path.parent)
        fresh = path.with_suffix(".new")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _FILE_MODE)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _sync(path.parent)
        return name

    def get(self, name: str) -> bytes | None:
        """The file, or None."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None

    def remove(self, name: str) -> None:
        """Throw a file away, and what was left of one that was never finished."""
        path = self._path(name)
        path.with_suffix(".new").unlink(missing_ok=True)
        path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        """Where a name lies; ValueError for what is no name of ours, such as a way out of the folder."""
        if not _NAME.fullmatch(name):
            raise ValueError("no name of this shelf")
        return self._folder / name[:2] / name[2:4] / name

    def _make(self, folder: Path) -> None:
        """The folders down to a file, each known to the disk before anything lies in it."""
        missing = [step for step in (self._folder, folder.parent, folder) if not step.is_dir()]
        for step in missing:
            step.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
            _sync(step.parent)


def _sync(folder: Path) -> None:
    """Make names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
