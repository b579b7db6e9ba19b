"""The columns of an import file: how each is read, and what is told of one that cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from madoguchi.domain.dates import FIRST_YEAR, LAST_YEAR, DayError, parse_day
from madoguchi.domain.money import MoneyError, parse_yen
from madoguchi.domain.rates import RateError, parse_rate
from madoguchi.domain.widths import digits_only, is_digits


class Unreadable(ValueError):
    """A cell that is not what its column asks; the sentence says what would be right."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the header, how a cell is read, and whether it may be empty or absent."""

    name: str
    read: Callable[[str], Any]
    required: bool = False
    empty: Any = ""  # what an empty cell means
    secret: bool = False  # then no fault repeats what stands in the cell


def text(cell: str) -> str:
    """Any text up to 200 characters, without control characters."""
    if len(cell) > 200 or any(ord(letter) < 32 for letter in cell):
        raise Unreadable("must be a line of at most 200 characters")
    return cell


def digits(count: int) -> Callable[[str], str]:
    """Exactly so many digits; spaces and dashes are dropped."""

    def read(cell: str) -> str:
        found = digits_only(cell)
        if not is_digits(found) or len(found) != count:
            raise Unreadable(f"must have {count} digits")
        return found

    return read


def day(cell: str) -> date:
    """A day such as 2026-11-20."""
    try:
        return parse_day(cell)
    except DayError as fault:
        if fault.reason == "year":
            raise Unreadable(f"must have a year from {FIRST_YEAR} to {LAST_YEAR}") from None
        raise Unreadable("must be a day such as 2026-11-20") from None


def yen(cell: str) -> int:
    """Whole yen, 0 or more."""
    try:
        return parse_yen(cell)
    except MoneyError:
        raise Unreadable("must be whole yen such as 230000") from None


def percent(cell: str) -> int:
    """A rate a year such as 17.8."""
    try:
        return parse_rate(cell, low=1)
    except RateError:
        raise Unreadable("must be a percentage such as 17.8") from None


def due_day(cell: str) -> int:
    """A due day; 31 is the end of the month, 0 a cycle."""
    if not is_digits(cell) or int(cell) > 31:
        raise Unreadable("must be a day of the month, 31 for its end, or 0 for a cycle")
    return int(cell)


def katakana(cell: str) -> str:
    """A name in full-width katakana, family and given name parted by a space."""
    if not re.fullmatch(r"[ァ-ヶー・]+(?:[ \u3000][ァ-ヶー・]+)*", cell):
        raise Unreadable("must be full-width katakana such as サトウ ハナコ")
    return cell.replace("\u3000", " ")


def mail(cell: str) -> str:
    """A mail address."""
    if not re.fullmatch(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+", cell) or len(cell) > 254:
        raise Unreadable("must be a mail address such as hanako@example.jp")
    return cell


def web_id(cell: str) -> str:
    """A Web-ID, with its case."""
    if not re.fullmatch(r"[0-9A-Za-z]{8,32}", cell):
        raise Unreadable("must have 8 to 32 half-width letters and digits")
    return cell


def argon(cell: str) -> str:
    """A hash in the form that this site writes."""
    if not re.fullmatch(r"\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+", cell):
        raise Unreadable("must be an argon2id hash beginning with $argon2id$v=19$")
    return cell


def keyed_argon(cell: str) -> str:
    """A PIN's hash in the form that this site writes: the mark of its pepper, if it has one, and the hash."""
    mark = re.match("[0-9a-f]{8}(?=[$])", cell)
    return (mark[0] if mark else "") + argon(cell[len(mark[0]) :] if mark else cell)


def arrears(cell: str) -> tuple[tuple[date, int], ...]:
    """Unmet due dates (nominal) with what is left of each, such as 2026-10-05:8000;2026-11-05:8000."""
    found = []
    for part in cell.split(";"):
        on, colon, left = part.partition(":")
        if not colon:
            raise Unreadable("must be due dates with what is left, such as 2026-10-05:8000;2026-11-05:8000")
        found.append((day(on.strip()), yen(left.strip())))
    if len({on for on, _ in found}) != len(found):
        raise Unreadable("names a due date twice")
    return tuple(found)


COLUMNS: Final = (
    Column("member_number", digits(9), required=True),
    Column("name", text, required=True),
    Column("name_kana", katakana, required=True),
    Column("name_romaji", text),
    Column("birth_date", day, required=True),
    Column("email", mail),
    Column("phone", text),
    Column("postcode", text),
    Column("address", text),
    Column("employer", text),
    Column("annual_income", yen, empty=0),
    Column("other_debts", yen, empty=0),
    Column("card_number", digits_only, required=True),
    Column("pin", digits(4), secret=True),
    Column("pin_hash", keyed_argon, secret=True),
    Column("web_id", web_id),
    Column("password_hash", argon, secret=True),
    Column("opened_on", day, required=True),
    Column("credit_limit", yen, required=True),
    Column("rate", percent, required=True),
    Column("due_day", due_day, required=True),
    Column("settled_to", day, required=True),
    Column("principal", yen, required=True),
    Column("carried_interest", yen, empty=0),
    Column("carried_damages", yen, empty=0),
    Column("fees", yen, empty=0),
    Column("deposit", yen, empty=0),
    Column("minimum", yen, empty=None),
    Column("next_due", day, empty=None),
    Column("filled", yen, empty=0),
    Column("arrears", arrears, empty=()),
    Column("free_until", day, empty=None),
)
