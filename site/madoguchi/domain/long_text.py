"""Text of many lines, as somebody wrote it, made fit to be kept."""

from __future__ import annotations

import unicodedata


def tidied(text: str) -> str:
    """The text with one kind of line end, without control characters and without blanks at its ends.

    Signs that turn the direction of writing are left out too: they could make a page say something else.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(c for c in line if _is_fit(c)).rstrip() for line in lines).strip()


def _is_fit(letter: str) -> bool:
    if letter == "\t":
        return True
    return unicodedata.category(letter) not in ("Cc", "Cs") and letter not in _TURNS


_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
