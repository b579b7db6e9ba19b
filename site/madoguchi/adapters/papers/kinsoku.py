"""Breaks Japanese words into lines: no line begins with what closes or goes on, none ends with what opens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

NOT_FIRST: Final = (
    "、。，．・：；！？）〕］｝〉》」』】〙〟’”),.:;!?]}%％"
    "ーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ々〻ゝゞヽヾ〜…‥"
)
NOT_LAST: Final = "（〔［｛〈《「『【〘〝‘“([{〒"

# What stays together: openers, a letter or a whole number or Latin word, and what may not begin a line.
_UNIT: Final = re.compile(
    f"[{re.escape(NOT_LAST)}]*(?:[0-9A-Za-z][0-9A-Za-z,.%/+-]*|.)[{re.escape(NOT_FIRST)}]*", re.DOTALL
)


SLACK: Final = 0.1  # so that the library never breaks a line once more


def cut(pdf: Any, words: str, wide: float) -> list[str]:
    """Return words as lines in a box of this width on a page of fpdf2, in the font that is set."""
    room = wide - 2 * pdf.c_margin - SLACK
    return lines(words, lambda line: pdf.get_string_width(line) <= room)


def lines(words: str, fits: Callable[[str], bool]) -> list[str]:
    """Return words as lines that fit; what may not be parted goes to the next line together."""
    found, line = [], ""
    for unit in _units(words, fits):
        if line and not fits((line + unit).rstrip()):
            found.append(line.rstrip())
            line = unit.lstrip()
        else:
            line += unit
    return [*found, line.rstrip()]


def _units(words: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """What is longer than a line by itself is parted letter by letter."""
    for unit in _UNIT.findall(words):
        if fits(unit):
            yield unit
        else:
            yield from unit
