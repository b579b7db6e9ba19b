"""Cookies by one rule: __Host- and Secure over https; plain names over the plain http of a demo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, request


def name(plain: str) -> str:
    """The name a cookie goes by on this site."""
    return named(plain, current_app.config["SECURE"])


def named(plain: str, secure: bool) -> str:
    """The same for a site that is known to be on https, or not."""
    return "__Host-" + plain if secure else plain


def read(plain: str) -> str:
    """A cookie of ours, which never holds what would need quoting; "" when there is none.

    Read by hand: the general parser takes as long as a query, on every page.
    """
    return read_from(request.environ, name(plain))


def read_from(environ: Mapping[str, Any], whole: str) -> str:
    """The same before there is a request, by the cookie's whole name."""
    wanted = whole + "="
    for pair in environ.get("HTTP_COOKIE", "").split(";"):
        if (trimmed := pair.strip()).startswith(wanted):
            return trimmed[len(wanted) :]
    return ""


def put(response: Response, plain: str, value: str, seconds: int | None = None) -> None:
    """Set a cookie that script cannot read; without `seconds` it ends with the browser."""
    response.set_cookie(
        name(plain),
        value,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SECURE"],
    )


def drop(response: Response, plain: str) -> None:
    """Delete a cookie (which also empties the browser's back/forward cache of our pages)."""
    response.delete_cookie(
        name(plain), path="/", httponly=True, samesite="Lax", secure=current_app.config["SECURE"]
    )


def leave(response: Response) -> Response:
    """Send a browser away signed out, with nothing of ours left to go Back to."""
    drop(response, "session")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
