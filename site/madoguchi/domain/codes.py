"""Codes of the second step: how they look, how they are read when typed, and when the next may be sent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from madoguchi.domain.widths import digits_only, narrow

DIGITS: Final = 6
CODES: Final = 10**DIGITS  # how many codes there are; 20 bits, as OWASP ASVS 6.5.4 asks
RECOVERY_CODES: Final = 10  # made at once
RECOVERY_LETTERS: Final = 10  # of 31: 49 bits
# Without 0, 1, i, l and o, which are mistaken for one another on paper.
ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"

# Who asks: NOBODY where the secret or a session came first, KNOWN on a browser that signed in before, else
# the block of the address.
NOBODY: Final = ""
KNOWN: Final = "known"

_RECOVERY: Final = re.compile(f"[{ALPHABET}]{{{RECOVERY_LETTERS}}}", re.ASCII)


class Level(Enum):
    """When the second step is asked at sign-in; a later one is stricter."""

    OFF = "off"
    NEW_DEVICE = "new_device"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class CodeRules:
    """How long a mailed code lives, how often it may be tried, and how many go to one member.

    `apart_seconds` and `hour` count the codes that were not used: whoever uses one wants it. Where anybody
    may ask, that is the budget of each network that asks, and all of them have `networks` times as much.
    """

    minutes: int
    tries: int
    apart_seconds: int
    hour: int
    day: int
    networks: int


@dataclass(frozen=True, slots=True)
class SentCode:
    """A code that was sent before; `asker` is who could ask without the member's secret, "" for nobody."""

    at: datetime
    used: bool
    asker: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed as a code: six digits, or the letters of a recovery code; "" for what it is not."""

    digits: str = ""
    recovery: str = ""


def stricter(one: Level, other: Level) -> Level:
    """Return the level that asks more often."""
    order = list(Level)
    return max(one, other, key=order.index)


def code_of(number: int) -> str:
    """Return a number below CODES as it is sent: six digits."""
    return f"{number:0{DIGITS}}"


def recovery_of(picks: Iterable[int]) -> str:
    """Return a recovery code from RECOVERY_LETTERS numbers below 31, in two halves that are easy to copy."""
    letters = "".join(ALPHABET[pick] for pick in picks)
    return f"{letters[: RECOVERY_LETTERS // 2]}-{letters[RECOVERY_LETTERS // 2 :]}"


def read(typed: str) -> Typed | None:
    """Understand a typed code in any width, with blanks, dashes and capitals; None when it is no code."""
    bare = digits_only(typed)
    if len(bare) == DIGITS and bare.isascii() and bare.isdigit():
        return Typed(digits=bare)
    letters = digits_only(narrow(typed)).casefold()
    return Typed(recovery=letters) if _RECOVERY.fullmatch(letters) else None


def next_at(rules: CodeRules, sent: Iterable[SentCode], asker: str, now: datetime) -> datetime | None:
    """Return from when another code may be sent, or None for at once; `sent` reaches back a day or more.

    Each asker has a budget, and strangers together have one more.
    """
    rows = list(sent)
    own = [row for row in rows if row.asker == asker]
    waits = [_free_at(_unused(own), 1, timedelta(seconds=rules.apart_seconds)), *_budget(rules, own, 1)]
    if asker not in (NOBODY, KNOWN):
        strangers = [row for row in rows if row.asker not in (NOBODY, KNOWN)]
        waits += _budget(rules, strangers, rules.networks)
    latest = max((at for at in waits if at is not None), default=None)
    return latest if latest is not None and latest > now else None


def _budget(rules: CodeRules, rows: list[SentCode], times: int) -> list[datetime | None]:
    """From when the hour and the day have room again, with so many times the budget."""
    hour = _free_at(_unused(rows), rules.hour * times, timedelta(hours=1))
    return [hour, _free_at([row.at for row in rows], rules.day * times, timedelta(days=1))]


def _unused(rows: list[SentCode]) -> list[datetime]:
    return [row.at for row in rows if not row.used]


def _free_at(moments: list[datetime], most: int, window: timedelta) -> datetime | None:
    """When fewer than `most` of the moments lie within the window; None when they are fewer anyway."""
    return sorted(moments)[-most] + window if len(moments) >= most else None


def masked(address: str) -> str:
    """Return where a code went so that its owner knows it and a stranger learns little: h…@example.jp."""
    name, at, host = address.partition("@")
    if at:
        return f"{name[:1]}…@{host}"
    return f"末尾 {digits_only(address)[-4:]} の携帯電話"
