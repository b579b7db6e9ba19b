"""What a backup needs from outside: files that are whole or not there, and a server's own tools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from madoguchi.domain.retention import Keep


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished backup in a folder."""

    path: Path
    at: datetime
    bytes: int


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside a backup: how long it is, and its SHA-256."""

    bytes: int
    sha256: str


class Archives(Protocol):
    """Backups as single files: written whole or not at all, readable by the site's user alone."""

    @property
    def seals(self) -> bool:
        """Whether new backups are encrypted."""
        ...

    def write(
        self, folder: Path, at: datetime, files: Iterable[tuple[str, Path]], facts: Mapping[str, Any]
    ) -> Path:
        """Pack files under their names; what is gone meanwhile is left out. Raises Unavailable."""
        ...

    def unpack(self, file: Path, into: Path) -> Mapping[str, Any]:
        """Unpack all files and give the facts; raises Unfit for a damaged file or a wrong key."""
        ...

    def kept(self, folder: Path) -> list[Kept]:
        """The finished ones, the newest first."""
        ...


class ServerTools(Protocol):
    """The database server's own tools; only PostgreSQL needs them."""

    def dump(self, url: str, snapshot: str, to: Path) -> None:
        """Write what a held moment shows into a file; raises Unfit when the tool is missing or fails."""
        ...

    def load(self, url: str, file: Path) -> None:
        """Fill a blank database from such a file: all or nothing; raises Unfit."""
        ...

    def scratch(self, url: str) -> AbstractContextManager[str]:
        """A blank database beside this one, dropped afterwards; raises Unfit where that is not allowed."""
        ...


@dataclass(frozen=True, slots=True)
class Backups:
    """How backups of this site are made: `folder` is None where nobody said where they go."""

    archives: Archives
    tools: ServerTools
    alone: AbstractContextManager[Any]  # one backup at a time of these books
    data: Path  # the site's folder, whose shelf/ goes along
    folder: Path | None = None
    keep: Keep = field(default_factory=Keep)
