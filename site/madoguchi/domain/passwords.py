"""What a new password may be: its shape by the lender's rules, and nothing that is known of its owner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, IntEnum
from typing import Final

from madoguchi.domain import romaji
from madoguchi.domain.widths import digits_only, was_widened

SHORTEST_DAY: Final = 4  # characters of a birthday's shortest form, 0101
PHONE_RUN: Final = 7  # so many digits in a row of one's telephone number give it away
SHORTEST_NAME: Final = 3  # two letters stand in half of all passwords
_ERAS: Final = (
    (date(2019, 5, 1), "reiwa"),
    (date(1989, 1, 8), "heisei"),
    (date(1926, 12, 25), "showa"),
    (date(1912, 7, 30), "taisho"),
    (date(1868, 10, 23), "meiji"),
)


@dataclass(frozen=True, slots=True)
class PasswordRules:
    """Length in characters, both ends allowed, whether ASCII symbols are, and the lender's own words."""

    shortest: int
    longest: int
    symbols: bool
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Owner:
    """What somebody who knows the member would try first; "" where the lender does not know it."""

    web_id: str
    birth_date: date
    phone: str
    postcode: str
    name_romaji: str
    name_kana: str


class Fault(Enum):
    """Why a password cannot be used, in the order they are told."""

    WIDE = "wide"
    CHARACTERS = "characters"
    SHORT = "short"
    LONG = "long"
    WEB_ID = "web_id"
    BIRTHDAY = "birthday"
    PHONE = "phone"
    POSTCODE = "postcode"
    NAME = "name"
    COMMON = "common"  # told by the list of common passwords, not here


class Strength(IntEnum):
    """How long guessing would take, in steps that people can tell apart."""

    COMMON = 0  # on a list of common passwords, or as quickly guessed as one
    FAIR = 1
    STRONG = 2
    VERY_STRONG = 3


def fault_of(password: str, rules: PasswordRules, owner: Owner) -> Fault | None:
    """Return the first reason against a password exactly as typed, or None when all is fine."""
    return shape_fault(password, rules) or _personal_fault(password, owner)


def shape_fault(password: str, rules: PasswordRules) -> Fault | None:
    """Return what is wrong with the characters and their number; no mixture of kinds is asked for."""
    if was_widened(password):
        return Fault.WIDE
    if not re.fullmatch("[!-~]*" if rules.symbols else "[A-Za-z0-9]*", password):
        return Fault.CHARACTERS
    if len(password) < rules.shortest:
        return Fault.SHORT
    return Fault.LONG if len(password) > rules.longest else None


def words_of(owner: Owner) -> list[str]:
    """Return the owner's names and Web-ID, which make a password easier to guess even when disguised."""
    return [*([owner.web_id.casefold()] if owner.web_id else []), *_names(owner)]


def birthday_forms(born: date) -> set[str]:
    """Return a birthday as people type it, without signs between: 19900101, 0101, h020101 and so on."""
    year, short, months, days = f"{born.year}", f"{born.year % 100:02}", _both(born.month), _both(born.day)
    era, in_era = next((name, born.year - first.year + 1) for first, name in _ERAS if born >= first)
    years = {year, short} | {era[0] + y for y in _both(in_era)} | {era + y for y in _both(in_era)}
    forms = {f"{y}{m}{d}" for y in years for m in months for d in days}
    forms |= {f"{days[0]}{months[0]}{y}" for y in (year, short)}
    forms |= {f"{months[0]}{days[0]}", f"{year}{months[0]}"}
    return {form for form in forms if len(form) >= SHORTEST_DAY}


def _personal_fault(password: str, owner: Owner) -> Fault | None:
    plain = re.sub("[^a-z0-9]", "", password.casefold())
    if owner.web_id and owner.web_id.casefold() in plain:
        return Fault.WEB_ID
    if any(form in plain for form in birthday_forms(owner.birth_date)):
        return Fault.BIRTHDAY
    phone, postcode = digits_only(owner.phone), digits_only(owner.postcode)
    if any(phone[at : at + PHONE_RUN] in plain for at in range(len(phone) - PHONE_RUN + 1)):
        return Fault.PHONE
    if postcode and postcode in plain:
        return Fault.POSTCODE
    same = romaji.folded(plain)
    if any(name in plain or romaji.folded(name) in same for name in _names(owner)):
        return Fault.NAME
    return None


def _names(owner: Owner) -> Iterator[str]:
    """Each part of the name in Latin letters, as the lender knows it and as its kana are spelled."""
    for full in (owner.name_romaji.casefold(), romaji.spelled(owner.name_kana)):
        parts = re.findall("[a-z]+", full)
        yield from (part for part in parts if len(part) >= SHORTEST_NAME)


def _both(number: int) -> tuple[str, str]:
    """A month, day or year of an era with and without its leading zero."""
    return f"{number:02}", f"{number}"
