"""What members may send as files: how many, how large, and how a file is called afterwards."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

ENDINGS: Final = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
_LONGEST: Final = 60
_FORBIDDEN: Final = re.compile(r'[\\/:*?"<>|%;]+')
_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class UploadRules:
    """Limits: megabytes of one file and of all in one form, files in a form and of a member in a day.

    `megapixels` are of an image, `pages` of a PDF.
    """

    file_mb: int
    files: int
    total_mb: int
    day: int
    megapixels: int
    pages: int

    @property
    def file_bytes(self) -> int:
        """The most that one file may have."""
        return self.file_mb * _BYTES

    @property
    def total_bytes(self) -> int:
        """The most that all files of one form may have."""
        return self.total_mb * _BYTES


def title_of(sent: str, kind: str, place: int) -> str:
    """How a file is called on pages and when it is fetched: its name without what could mislead.

    The ending is that of what it is, not of what it was called; a file without a name gets its place.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFKC", sent))[-1]
    stem = last.rpartition(".")[0] or last
    kept = "".join(c for c in stem if unicodedata.category(c)[0] not in "CZ" or c == " ")
    plain = _FORBIDDEN.sub("_", kept).strip(" ._")[:_LONGEST].strip()
    return (plain or f"file-{place}") + ENDINGS[kind]
