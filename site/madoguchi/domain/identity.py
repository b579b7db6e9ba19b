"""Whether somebody who is not signed in is who they say: name in kana, birth date, and a number of theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from madoguchi.domain.kana import KanaError, same_name
from madoguchi.domain.widths import digits_only

COUNTRY = "+81"


@dataclass(frozen=True, slots=True)
class Claim:
    """What was typed; `number` is a telephone number or a member number, in any width and grouping."""

    name_kana: str
    birth_date: date
    number: str


@dataclass(frozen=True, slots=True)
class Known:
    """A member born on the day."""

    member_id: int
    number: str
    name_kana: str
    phone: str


def plain_number(text: str) -> str:
    """Return a telephone number or a member number as it is compared: digits, Japan's from its 0 on."""
    found = digits_only(text).translate(dict.fromkeys(map(ord, "()（）")))
    return "0" + found.removeprefix(COUNTRY).removeprefix("0") if found.startswith(COUNTRY) else found


def the_one(claim: Claim, born_then: Iterable[Known]) -> Known | None:
    """Return the only member whom a claim fits; None when nobody, or more than one, is meant."""
    number = plain_number(claim.number)
    found = [one for one in born_then if _has(one, number) and _named(one, claim.name_kana)]
    return found[0] if len(found) == 1 else None


def _has(one: Known, number: str) -> bool:
    return bool(number) and number in (one.number, plain_number(one.phone))


def _named(one: Known, kana: str) -> bool:
    try:
        return same_name(one.name_kana, kana)
    except KanaError:
        return False
