"""What somebody at the desk typed to find a member: a number, a phone, a birthday, or a name in kana."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

import jaconv

from madoguchi.domain.dates import DayError, parse_day
from madoguchi.domain.widths import digits_only, is_digits, narrow

_KANA: Final = re.compile("[ァ-ヺー・]+")
_PHONE: Final = re.compile("0[0-9]{9,10}", re.ASCII)


class By(Enum):
    """What a member is looked for by."""

    NUMBER = "number"
    LAST_FOUR = "last_four"
    PHONE = "phone"
    BIRTH_DATE = "birth_date"
    KANA = "kana"


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that is looked for: digits, a day, or the beginning of a name in kana without spaces."""

    by: By
    value: str | date


def understood(typed: str) -> Wish | None:
    """Return what was typed, by its form alone; None for what is none of them.

    Nine digits are a member number, four the last of a card's, ten or eleven from 0 a phone number; a day is
    typed as DayField takes it; kana of any width, hiragana too, are the beginning of a name.
    """
    digits = digits_only(typed)
    if is_digits(digits):
        if len(digits) == 9:
            return Wish(By.NUMBER, digits)
        if len(digits) == 4:
            return Wish(By.LAST_FOUR, digits)
        if _PHONE.fullmatch(digits):
            return Wish(By.PHONE, digits)
    try:
        return Wish(By.BIRTH_DATE, parse_day(typed))
    except DayError:
        key = kana_key(typed)
        return Wish(By.KANA, key) if _KANA.fullmatch(key) else None


def kana_key(text: str) -> str:
    """Return kana as names are compared: full-width katakana without spaces."""
    wide = jaconv.hira2kata(jaconv.h2z(narrow(text)))
    return "".join(wide.split())
