"""Templates kept compiled beside the data, so that a start need not compile them: a fifth of its work."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

import jinja2
import jinja2.bccache


class Kept(jinja2.FileSystemBytecodeCache):
    """Keeps what it can: a disk without room costs the next start its time, and no reader a page."""

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep one template; where that cannot be, it is compiled again at the next start."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def kept(folder: Path, templates: Path) -> jinja2.FileSystemBytecodeCache:
    """A cache for exactly these templates; what was kept of others is deleted.

    Its files are named by all templates together, because a template holds the text of those it includes.
    They are code: the folder is as private as the database beside it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = _digest(templates)
    for old in folder.iterdir():
        if not old.name.startswith(digest):
            old.unlink(missing_ok=True)
    return Kept(str(folder), digest + "-%s")


def _digest(templates: Path) -> str:
    told = hashlib.sha256()
    for module in ("__init__.py", "templating.py"):  # where it is said how a template is read
        told.update(Path(__file__).with_name(module).read_bytes())
    for path in sorted(templates.rglob("*.html")):
        told.update(f"{path.relative_to(templates)}\0".encode() + path.read_bytes())
    return told.hexdigest()[:16]
