"""A file encrypted in chunks: AES-256-GCM under a key of its own, so that no chunk can be moved or cut off.

The passphrase is stretched by scrypt with the file's salt. Each chunk's nonce is its number and whether it is
the last one (the STREAM construction), and the header is authenticated with every chunk.
"""

from __future__ import annotations

import io
import secrets
from typing import Any, BinaryIO, Final

from madoguchi.domain.faults import Unfit

MAGIC: Final = b"madoguchi backup, sealed 1\n"
SALT: Final = 16
CHUNK: Final = 1 << 20
TAG: Final = 16
_SCRYPT: Final = {"length": 32, "n": 1 << 15, "r": 8, "p": 1}  # 32 MiB and a tenth of a second


class Sealer(io.RawIOBase):
    """Takes plain bytes and writes sealed ones; only `close` after the last byte makes the file whole."""

    def __init__(self, out: BinaryIO, passphrase: str) -> None:
        self._out, self._waiting, self._count = out, bytearray(), 0
        salt = secrets.token_bytes(SALT)
        self._head = MAGIC + salt
        self._box = _box(passphrase, salt)
        out.write(self._head)

    def writable(self) -> bool:
        """True."""
        return True

    def write(self, data: Any) -> int:
        """Seal all whole chunks; one is always held back, for the last is marked."""
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        """Seal what is left as the last chunk."""
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, plain: bytes, last: bool) -> None:
        self._out.write(self._box.encrypt(_nonce(self._count, last), plain, self._head))
        self._count += 1


class Opener(io.RawIOBase):
    """Reads a sealed file as plain bytes; raises Unfit for another key, and for a changed or cut file."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        salt = file.read(SALT)
        self._file, self._head, self._count = file, MAGIC + salt, 0
        self._box = _box(passphrase, salt)
        self._next, self._plain, self._at = file.read(CHUNK + TAG), b"", 0

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, into: Any) -> int:
        """Fill with what comes next; 0 at the end."""
        if self._at == len(self._plain):
            if self._count and not self._next:
                return 0
            self._open()
        some = self._plain[self._at : self._at + len(into)]
        into[: len(some)] = some
        self._at += len(some)
        return len(some)

    def _open(self) -> None:
        from cryptography.exceptions import InvalidTag

        sealed, self._next = self._next, self._file.read(CHUNK + TAG)
        try:
            plain = self._box.decrypt(_nonce(self._count, not self._next), sealed, self._head)
        except (InvalidTag, ValueError) as fault:
            raise Unfit(_NO_KEY if self._count == 0 else _CHANGED) from fault
        self._plain, self._at, self._count = plain, 0, self._count + 1


_NO_KEY: Final = (
    "The backup does not open with this key (or its start is damaged): set MADOGUCHI_BACKUP_KEY to the key "
    "that it was made with"
)
_CHANGED: Final = "The backup is damaged: take another copy of it, or an older one"


def _box(passphrase: str, salt: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return AESGCM(Scrypt(salt=salt, **_SCRYPT).derive(passphrase.encode()))  # type: ignore[arg-type]


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
