"""Tells watchers of each request: its id, and the pattern of its route with status and time."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from flask import Flask

from madoguchi.ports.watch import Watcher

ID: Final = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
ROUTE: Final = "madoguchi.route"  # where what answers before Flask says which pattern it was
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def around(app: Flask, watchers: Sequence[Watcher], believes: bool) -> None:
    """Put the watchers around the app, outermost; `believes` a proxy that names its requests."""
    inner: Wsgi = app.wsgi_app

    def answer(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        began = time.perf_counter()
        seen = ["500", ""]
        found = _id(environ.get("HTTP_X_REQUEST_ID", "") if believes else "")
        for watcher in watchers:
            watcher.begun(found)

        def started(line: str, headers: list[tuple[str, str]], fault: Any = None) -> Any:
            seen[:] = line[:3], _route(environ)  # later Flask has forgotten it
            return start(line, headers, fault)

        try:
            return inner(environ, started)
        finally:
            status, route = seen
            for watcher in watchers:
                watcher.ended(_method(environ), route, int(status), time.perf_counter() - began)

    app.wsgi_app = answer  # type: ignore[method-assign,assignment]


def _id(given: str) -> str:
    """The proxy's id where it looks like one, else a fresh one."""
    return given if ID.fullmatch(given) else secrets.token_hex(8)


def _method(environ: dict[str, Any]) -> str:
    """One of those that there are: whoever asks could invent others without end."""
    method = environ.get("REQUEST_METHOD", "")
    return method if method in METHODS else "OTHER"


def _route(environ: dict[str, Any]) -> str:
    if ROUTE in environ:
        return str(environ[ROUTE])
    request = environ.get("werkzeug.request")
    rule = getattr(request, "url_rule", None)
    return rule.rule if rule is not None else ""
