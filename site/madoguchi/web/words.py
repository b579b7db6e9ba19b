"""Days, moments and amounts as elements of a page; plain functions, since pages call them many times."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from flask import Flask
from markupsafe import Markup, escape

from madoguchi.web import filters


def init_app(app: Flask) -> None:
    """Let every template and macro call them by name."""
    app.jinja_env.globals.update(day=day, full_day=full_day, moment=moment, data=data, big=big)


@lru_cache(maxsize=4096)
def day(d: date) -> Markup:
    """11月25日（水）, with the machine's date."""
    return Markup('<time datetime="{}">{}</time>').format(d.isoformat(), filters.day(d))


@lru_cache(maxsize=4096)
def full_day(d: date) -> Markup:
    """2026年11月25日（水）, with the machine's date."""
    return Markup('<time datetime="{}">{}</time>').format(d.isoformat(), filters.full_day(d))


@lru_cache(maxsize=1024)
def moment(m: datetime) -> Markup:
    """11月14日 21:08, with the machine's moment."""
    return Markup(  # noqa: S704 - two texts of our own making
        f'<time datetime="{filters.machine_moment(m)}">{filters.moment(m)}</time>'
    )


def data(name: str, n: int, unit: str = "円") -> Markup:
    """A figure that a machine can read too; without a name where the page says it a second time."""
    named, counted = _labels(name, unit)
    return Markup(f'<data value="{n:d}"{named}>{n:,}{counted}</data>')  # noqa: S704


def big(name: str, n: int, unit: str = "円") -> Markup:
    """The one large figure of a card."""
    named, counted = _labels(name, unit)
    return Markup(  # noqa: S704
        f'<p class="amount"><data value="{n:d}"{named}>{n:,}<small>{counted}</small></data></p>'
    )


@lru_cache(maxsize=256)
def _labels(name: str, unit: str) -> tuple[str, str]:
    return f' data-name="{escape(name)}"' if name else "", str(escape(unit))
