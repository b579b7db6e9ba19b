"""Pages go compressed to browsers that ask for it: a history page is 22 KB of rows that differ little.

Not where what a request brought may stand beside a secret. Whoever sees how long answers are, and leads a
member's browser to addresses of their choice, would put guesses beside a balance and read from the length
which of them was right (BREACH). Whether an answer does repeat something is not looked for: an amount comes
back with commas, a day in words, a wide digit narrow. An answer is compressed when its request could bring
nothing, or when it is nobody's. The token that every form has is masked anew in every answer (csrf.py).
docs/decisions/0028 weighs the ways.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Request, Response, current_app, request

from madoguchi.web import cookies
from madoguchi.web.desk.here import is_here

LEAST = 1200  # bytes; below that one packet carries it anyhow
LEVEL = 1  # 54 microseconds a page, against 77 at the default for a tenth less
REFUSED = re.compile(r"gzip\s*;\s*q=0(?:\.0*)?\s*(?:,|$)")
LOOKS = ("GET", "HEAD")
STRANGERS = (
    "visit"  # the one cookie that names nobody; even /login shows the card number that a browser keeps
)
View = TypeVar("View", bound=Callable[..., Any])


def init_app(app: Flask) -> None:
    """Compress after each request."""
    app.after_request(_squeeze)


def takes_gzip(accept: str) -> bool:
    """Whether a browser asks for it; one may also name it to say no."""
    return "gzip" in accept and ("q=0" not in accept or not REFUSED.search(accept))


def repeats_none_of(*names: str) -> Callable[[View], View]:
    """Promise that no value of these fields of a query ever stands in the view's answer, in whatever form."""

    def mark(view: View) -> View:
        view.unrepeated = frozenset(names)  # type: ignore[attr-defined]
        return view

    return mark


def _squeeze(response: Response) -> Response:
    if not takes_gzip(request.headers.get("Accept-Encoding", "")):
        return response
    if response.mimetype != "text/html" or response.is_streamed:
        return response
    if len(body := response.get_data()) >= LEAST and _tells_nothing(request):
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _tells_nothing(asked: Request) -> bool:
    """Whether no length of the answer can say what a member's page holds.

    An address with something in its path is taken for one that brings something, and for one that may know
    somebody: links of letters do. So is every answer to a form.
    """
    if asked.method not in LOOKS or asked.view_args:
        return False
    return _brings_nothing(asked) or _is_nobodys(asked)


def _brings_nothing(asked: Request) -> bool:
    """One of our own addresses as it stands; at the desk it may show what strangers wrote even so."""
    if asked.url_rule is None or is_here(asked.path):
        return False
    if not asked.environ.get("QUERY_STRING"):
        return True
    return asked.args.keys() <= getattr(
        current_app.view_functions[asked.url_rule.endpoint], "unrepeated", set()
    )


def _is_nobodys(asked: Request) -> bool:
    """Nobody's page can hold a secret: there is no cookie by which to know anybody."""
    harmless = cookies.name(STRANGERS)
    given = asked.environ.get("HTTP_COOKIE", "")
    return all(pair.partition("=")[0].strip() in ("", harmless) for pair in given.split(";"))
