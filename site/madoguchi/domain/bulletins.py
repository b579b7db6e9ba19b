"""What staff publish for members: the shape of a notice and of a coupon, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

TITLE_MOST: Final = 60  # characters
BODY_MOST: Final = 4000
CODE_MOST: Final = 24


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice to be shown from its first day to its last, both included; `points` for reading it, or 0."""

    title: str
    body: str
    first: date
    last: date
    points: int = 0


@dataclass(frozen=True, slots=True)
class NewCoupon:
    """A coupon of a shop, valid from its first day to its last; `code` is what the shop wants to see."""

    shop: str
    title: str
    body: str
    code: str
    first: date
    last: date
    once: bool


def notice_faults(notice: NewNotice, today: date, least: int, most: int) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong; points lie between `least` and `most` or are 0."""
    yield from _text("title", notice.title, TITLE_MOST)
    yield from _text("body", notice.body, BODY_MOST, lines=True)
    yield from _days(notice.first, notice.last, today)
    if notice.points and not least <= notice.points <= most:
        yield f"points must be 0 or lie between {least} and {most}, not {notice.points}"


def coupon_faults(coupon: NewCoupon, today: date) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong."""
    yield from _text("shop", coupon.shop, TITLE_MOST)
    yield from _text("title", coupon.title, TITLE_MOST)
    yield from _text("body", coupon.body, BODY_MOST, lines=True)
    yield from _text("code", coupon.code, CODE_MOST)
    yield from _days(coupon.first, coupon.last, today)


def paragraphs(body: str) -> list[list[str]]:
    """A text as its paragraphs, which blank lines part, each as its lines."""
    found: list[list[str]] = [[]]
    for line in body.splitlines():
        if line.strip():
            found[-1].append(line.strip())
        elif found[-1]:
            found.append([])
    return [lines for lines in found if lines]


def _text(name: str, text: str, most: int, lines: bool = False) -> Iterator[str]:
    if not text.strip():
        yield f"{name} must not be empty"
    if len(text) > most:
        yield f"{name} has {len(text)} characters, at most {most}"
    if any(not (c.isprintable() or c == "\u3000" or (lines and c in "\r\n")) for c in text):
        yield f"{name} holds a character that cannot be shown"


def _days(first: date, last: date, today: date) -> Iterator[str]:
    if last < first:
        yield "last must not lie before first"
    elif last < today:
        yield "last lies in the past: nobody would see it"
