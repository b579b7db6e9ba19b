"""What a production site refuses to start with, each with the sentence that mends it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from config_letters import SettingError

FEWEST_SIGNS = 8  # different characters in 32 made by chance: fewer were typed, not made
MADE = "make one with: openssl rand -hex 32"


def refuse(settings: Any) -> None:
    """Raise SettingError for the first thing about a production site that would be unsafe."""
    for sentence in _faults(settings):
        raise SettingError(sentence)


def _faults(settings: Any) -> Iterator[str]:
    if settings.clock:
        yield "MADOGUCHI_CLOCK moves time and is for the demo alone; unset it in production"
    if settings.rails == "simulated" and not settings.rehearsal:
        yield (
            "MADOGUCHI_RAILS=simulated moves no money and is for the demo alone; write files, or say "
            "MADOGUCHI_REHEARSAL=yes where no real member signs in"
        )
    if settings.debug:
        yield f"{settings.debug} shows the inside of the site to strangers; unset it in production"
    yield from _secrets(settings)


def _secrets(settings: Any) -> Iterator[str]:
    known = {"MADOGUCHI_SECRET": settings.secret, "MADOGUCHI_PEPPER": settings.pepper}
    for name, value in known.items():
        if len(set(value)) < FEWEST_SIGNS:
            yield f"{name} looks typed, not made by chance; {MADE}"
        demo = settings.data / name.removeprefix("MADOGUCHI_").lower()
        try:
            made = demo.read_bytes().strip()
        except PermissionError:
            yield f"{settings.data} may not be read by this user: give it to the site's (chown -R)"
        except OSError:
            continue  # no demo was ever there
        else:
            if made == value:
                yield f"{name} is the one that the demo made in {demo}; {MADE}"
    if settings.secret == settings.pepper:
        yield f"MADOGUCHI_PEPPER is the same as MADOGUCHI_SECRET; {MADE}"
    if settings.backup_key and settings.backup_key.encode() in known.values():
        yield f"MADOGUCHI_BACKUP_KEY is also another secret of the site; {MADE}"
