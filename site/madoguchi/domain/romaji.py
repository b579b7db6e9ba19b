"""Japanese names in Latin letters: kana spelled out, and the spellings of one sound brought together."""

from __future__ import annotations

import re
from typing import Final

_ROWS: Final = {
    "": "アイウエオ", "k": "カキクケコ", "s": "サシスセソ", "t": "タチツテト", "n": "ナニヌネノ",
    "h": "ハヒフヘホ", "m": "マミムメモ", "y": "ヤ－ユ－ヨ", "r": "ラリルレロ", "w": "ワ－－－ヲ",
    "g": "ガギグゲゴ", "z": "ザジズゼゾ", "d": "ダヂヅデド", "b": "バビブベボ", "p": "パピプペポ",
}  # fmt: skip
_SOUNDS: Final = {
    kana: head + vowel
    for head, row in _ROWS.items()
    for kana, vowel in zip(row, "aiueo", strict=True)
    if kana != "－"
} | {"ン": "n", "ヴ": "bu", " ": " "}
_SMALL: Final = dict(zip("ャュョァィゥェォ", ("ya", "yu", "yo", "a", "i", "u", "e", "o"), strict=True))
_TO_KATAKANA: Final = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)} | {0x3000: 0x20}

# Hepburn and its short cuts → one spelling; the order matters (tch before ch, sh before the long vowels).
_SAME: Final = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        ("tch", "tt"),
        ("sh(?=i)|sy(?=i)", "s"),
        ("sh", "sy"),
        ("ch(?=i)", "t"),
        ("ch", "ty"),
        ("ts(?=u)", "t"),
        ("j(?=i)|d(?=z)|d(?=i)", "z"),
        ("jy?", "zy"),
        ("dz?(?=u)", "z"),
        ("f(?=u)", "h"),
        ("m(?=[bmp])", "n"),
        ("n'", "n"),
        ("ou|oo|oh(?![aiueoy])", "o"),
        ("uu", "u"),
    )
)


def spelled(kana: str) -> str:
    """Return kana in Latin letters, サトウ ハナコ as `satou hanako`; what is no kana is dropped."""
    letters, doubled = "", False
    for sign in kana.translate(_TO_KATAKANA):
        if sign == "ッ":
            doubled = True
        elif sign in _SMALL:
            letters = letters[:-1] + _SMALL[sign] if letters else letters
        elif sound := _SOUNDS.get(sign, ""):
            letters += sound[0] + sound if doubled else sound
            doubled = False
    return letters


def folded(text: str) -> str:
    """Return the text in small letters with the spellings of one sound made equal: Satoh, Satou as `sato`."""
    found = text.casefold()
    for pattern, spelling in _SAME:
        found = pattern.sub(spelling, found)
    return found
