"""While sign-ins pour in from browsers that nobody knows, all but one at a time are told to come back.

A try costs twenty times what refusing it here does, before Flask: else whoever looks at a page stands in line
behind every guess (beside 32 guessers pages kept 0.02 of their pace). A browser that signed in before is let
through always, and nobody is refused while sign-ins come at a pace that people make.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any, Final

from flask import Flask

from madoguchi.domain.faults import Unavailable
from madoguchi.services import devices
from madoguchi.web import cookies
from madoguchi.web.database import PAGE_SECONDS

PATHS: Final = frozenset({"/login/card", "/login/web-id"})
MANY: Final = 10  # a second in one process: more than a hundred thousand members do in their busiest hour
COME_BACK: Final = 2  # seconds
READ: Final = 64 * 1024  # bytes, as any form's (web/__init__.py)
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def init_app(app: Flask) -> None:
    """Stand before everything else; the headers of every answer are put around this one as well."""
    app.wsgi_app = Surge(app, app.wsgi_app)  # type: ignore[method-assign]


class Surge:
    """Counts strangers' sign-ins of this process and lets one through at a time while there are too many."""

    def __init__(self, app: Flask, inner: Wsgi, clock: Callable[[], float] = time.monotonic) -> None:
        self._app, self._inner, self._clock = app, inner, clock
        self._one, self._second, self._count, self._before = Lock(), 0, 0, 0
        self._cookie = cookies.named("dev", app.config["SECURE"])
        self._pages: dict[bool, tuple[list[tuple[str, str]], bytes]] = {}

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST" or environ.get("PATH_INFO") not in PATHS:
            return self._inner(environ, start)
        if not self._pours() or self._is_known(environ):
            return self._inner(environ, start)
        if not self._one.acquire(blocking=False):
            return self._refused(environ, start)
        try:
            return self._inner(environ, start)
        finally:
            self._one.release()

    def _pours(self) -> bool:
        """Count one more, and tell whether this second or the one before it had too many."""
        second = int(self._clock())
        if second != self._second:
            self._before = self._count if second == self._second + 1 else 0
            self._second, self._count = second, 0
        self._count += 1
        return max(self._count, self._before) > MANY

    def _is_known(self, environ: dict[str, Any]) -> bool:
        """Whether this browser signed in before; a made-up cookie is looked up, and is none."""
        token = cookies.read_from(environ, self._cookie)
        office = self._app.config["OFFICE"]
        try:
            office.store.hurry(PAGE_SECONDS)
            return devices.last_used(office, token) is not None
        except Unavailable:
            return False

    def _refused(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        environ["wsgi.input"].read(READ)  # what is left unread would end the connection in the middle of it
        part = environ.get("HTTP_HX_REQUEST") == "true"
        if part not in self._pages:
            self._pages[part] = self._page(part)
        headers, body = self._pages[part]
        start("503 SERVICE UNAVAILABLE", [*headers])
        return [body]

    def _page(self, part: bool) -> tuple[list[tuple[str, str]], bytes]:
        """The page that says so, rendered once; it holds nothing of anybody."""
        from madoguchi.web.errors import unavailable

        told, site = {"HX-Request": "true"} if part else {}, self._app.config["FACE"].public_address
        with self._app.test_request_context("/login/card", site, method="POST", headers=told):
            answer = unavailable(COME_BACK)
        return list(answer.headers), answer.get_data()
