"""Backups as tar files with a manifest at their end: gzip, sealed when there is a key, whole or not there."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import tarfile
import zlib
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Final

from madoguchi.adapters.backups.sealing import MAGIC, Opener, Sealer
from madoguchi.domain.faults import Unavailable, Unfit
from madoguchi.ports.backups import Kept, Member

MANIFEST: Final = "manifest.json"
_SUFFIX: Final = ".tar.gz"
_SEALED: Final = ".tar.gz.sealed"
_PARTIAL: Final = ".partial"
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_NAME: Final = re.compile(r"madoguchi-(\d{8}T\d{6}Z)\.tar\.gz(\.sealed)?", re.ASCII)
_INSIDE: Final = re.compile(r"(?:database|shelf)(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*){1,4}", re.ASCII)
_LARGEST_MANIFEST: Final = 1 << 30
_PIECE: Final = 1 << 20
_DAMAGED: Final = "The backup is damaged ({}): take another copy of it, or an older one"


class TarArchives:
    """The Archives; without a passphrase backups are plain, and sealed ones cannot be read."""

    def __init__(self, passphrase: str = "") -> None:
        self._passphrase = passphrase

    @property
    def seals(self) -> bool:
        """Whether there is a key."""
        return bool(self._passphrase)

    def write(
        self, folder: Path, at: datetime, files: Iterable[tuple[str, Path]], facts: Mapping[str, Any]
    ) -> Path:
        """Write under a name that nobody takes for a backup, make it durable, then give it its name."""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for left in folder.glob(f".madoguchi-*{_PARTIAL}"):  # of somebody who was killed
                left.unlink()
            final = self._free_name(folder, at)
            partial = folder / f".{final.name}{_PARTIAL}"
            handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as raw:
                self._pack(raw, files, facts)
                raw.flush()
                os.fsync(raw.fileno())
            partial.replace(final)
            _sync(folder)
        except OSError as fault:
            raise Unavailable("folder of the backups") from fault
        return final

    def kept(self, folder: Path) -> list[Kept]:
        """By the moment in their names; files of other names are none of ours."""
        found = []
        for path in folder.iterdir() if folder.is_dir() else ():
            if match := _NAME.fullmatch(path.name):
                at = datetime.fromisoformat(match[1])
                found.append(Kept(path, at, path.stat().st_size))
        return sorted(found, key=lambda one: one.at, reverse=True)

    def unpack(self, file: Path, into: Path) -> Mapping[str, Any]:
        """Unpack, and compare every file with the manifest, which comes last: a cut file has none."""
        try:
            with ExitStack() as opened:
                raw = opened.enter_context(file.open("rb"))
                packed = gzip.GzipFile(fileobj=self._plain(raw))
                tar = opened.enter_context(tarfile.open(fileobj=packed, mode="r|"))
                told, found = _unpacked(tar, into)
                while packed.read(_PIECE):  # to the end, where a changed byte shows
                    pass
        except (tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile, ValueError) as fault:
            raise Unfit(_DAMAGED.format(type(fault).__name__)) from fault
        except OSError as fault:
            raise Unfit(f"{fault.filename or file} cannot be used: {fault.strerror}") from fault
        return _compared(told, found)

    def _free_name(self, folder: Path, at: datetime) -> Path:
        """Of this second, or of the next that has none: the worker's may just have been made."""
        while True:
            name = f"madoguchi-{at.astimezone(UTC):{_STAMP}}"
            if not any((folder / (name + end)).exists() for end in (_SUFFIX, _SEALED)):
                return folder / (name + (_SEALED if self.seals else _SUFFIX))
            at += timedelta(seconds=1)

    def _pack(self, raw: BinaryIO, files: Iterable[tuple[str, Path]], facts: Mapping[str, Any]) -> None:
        sealer = Sealer(raw, self._passphrase) if self.seals else None
        with (
            gzip.GzipFile("", "wb", 3, sealer or raw, mtime=0) as packed,  # type: ignore[arg-type]
            tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
        ):
            members = {}
            for name, path in files:
                if member := _added(tar, name, path):
                    members[name] = asdict(member)
            told = json.dumps({**facts, "files": members}, ensure_ascii=False).encode()
            tar.addfile(_info(MANIFEST, len(told)), io.BytesIO(told))
        if sealer:
            sealer.finish()

    def _plain(self, raw: BinaryIO) -> Any:
        if raw.read(len(MAGIC)) != MAGIC:
            raw.seek(0)
            return raw
        if not self._passphrase:
            raise Unfit("The backup is sealed: set MADOGUCHI_BACKUP_KEY to the key that it was made with")
        return io.BufferedReader(Opener(raw, self._passphrase))


class _Hashing:
    """A file that is hashed as it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.hash = file, sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.hash.update(piece)
        return piece


def _added(tar: tarfile.TarFile, name: str, path: Path) -> Member | None:
    """Put one file in; None for one that is gone: no row of the copied moment needs it."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    with file:
        size = os.fstat(file.fileno()).st_size
        hashing = _Hashing(file)
        tar.addfile(_info(name, size), hashing)  # type: ignore[arg-type]
    return Member(size, hashing.hash.hexdigest())


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def _unpacked(tar: tarfile.TarFile, into: Path) -> tuple[bytes | None, dict[str, Member]]:
    """Write the files, each where its name may lead and nowhere else; gives the manifest beside them."""
    told, found = None, {}
    for info in tar:
        file = tar.extractfile(info) if info.isreg() else None
        if file is None or told is not None:
            raise ValueError("something that no backup holds")
        if info.name == MANIFEST and info.size <= _LARGEST_MANIFEST:
            told = file.read()
        elif _INSIDE.fullmatch(info.name):
            found[info.name] = _written(file, into / info.name)  # type: ignore[arg-type]
        else:
            raise ValueError("a name that no backup holds")
    return told, found


def _written(file: BinaryIO, to: Path) -> Member:
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    hashed, size = sha256(), 0
    with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while piece := file.read(_PIECE):
            hashed.update(piece)
            size += out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    return Member(size, hashed.hexdigest())


def _compared(told: bytes | None, found: Mapping[str, Member]) -> Mapping[str, Any]:
    if told is None:
        raise Unfit(_DAMAGED.format("it ends too early"))
    facts: Mapping[str, Any] = json.loads(told)
    if facts.get("files") != {name: asdict(member) for name, member in found.items()}:
        raise Unfit(_DAMAGED.format("a file in it is not what its manifest says"))
    return facts


def _sync(folder: Path) -> None:
    """Make names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
