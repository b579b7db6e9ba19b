"""A place in a list that goes on, as addresses carry it: a day and a number, as 20261120-17."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from flask import abort

_SHAPE: Final = re.compile(r"(\d{4})(\d{2})(\d{2})-(\d{1,18})", re.ASCII)


def place_in(text: str, otherwise: tuple[date, int]) -> tuple[date, int]:
    """The place that an address names, another where it names none; 404 for what is no place."""
    if not text:
        return otherwise
    found = _SHAPE.fullmatch(text)
    if found is None:
        abort(404)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])), int(found[4])
    except ValueError:
        abort(404)


def place_out(place: tuple[date, int] | None) -> str:
    """The place as an address carries it; "" where the list does not go on."""
    return f"{place[0]:%Y%m%d}-{place[1]}" if place else ""
