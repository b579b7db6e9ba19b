"""Postcodes and telephone numbers of Japan as people type them, and the one form in which they are kept."""

import re
from typing import Final

from madoguchi.domain.widths import digits_only, is_digits, narrow

_POSTCODE: Final = re.compile(r"[0-9]{7}")
_PHONE: Final = re.compile(r"0(?![5-9]0)[1-9][0-9]{8}")
_MOBILE: Final = re.compile(r"0[5-9]0[0-9]{8}")  # also IP telephones, which have as many digits
_NO_PERSON: Final = ("0120", "0800", "0570", "0990", "0170")  # numbers of firms and of services
_GROUPS: Final = re.compile(r"0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}")
_BRACKETS: Final = str.maketrans({"(": "-", ")": "-", ".": "-"})


class ContactError(ValueError):
    """What was typed is no postcode or no telephone number of a person in Japan."""


def postcode(text: str) -> str:
    """Return seven digits in any width and grouping, with or without 〒, as 160-0022; ContactError."""
    digits = digits_only(text.replace("〒", ""))
    if not _POSTCODE.fullmatch(digits):
        raise ContactError("a postcode has seven digits")
    return f"{digits[:3]}-{digits[3:]}"


def phone(text: str) -> str:
    """Return a number as 090-0000-0019, landlines grouped as they were typed; +81 is understood.

    ContactError for anything else, and for numbers that belong to firms.
    """
    plain = narrow(text).translate(_BRACKETS)
    digits = digits_only(plain)
    if digits.startswith("+81"):
        digits = plain = "0" + digits.removeprefix("+81").removeprefix("0")
    if not is_digits(digits) or digits.startswith(_NO_PERSON):
        raise ContactError("no number of a person in Japan")
    if _MOBILE.fullmatch(digits):
        return f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"
    if not _PHONE.fullmatch(digits):
        raise ContactError("ten digits, or eleven of a mobile")
    return grouped if _GROUPS.fullmatch(grouped := _hyphens(plain)) else digits


def _hyphens(text: str) -> str:
    """The groups that were typed, whatever stroke or space stands between them."""
    marked = "".join(digits_only(sign) or "-" for sign in text)
    return re.sub("-+", "-", marked).strip("-")
