"""Security headers on every answer, errors included; private pages are never stored.

They are added as the answer leaves, in one step for all: set one by one through the response they were a
fortieth of a page's cost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)
FIXED = [
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),  # no-referrer would break form posts that check the origin
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
]
UNSTORED = [("Cache-Control", "no-store")]
ONLY_SECURE = [("Strict-Transport-Security", "max-age=31536000; includeSubDomains")]
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def init_app(app: Flask) -> None:
    """Put the headers around the app."""
    app.wsgi_app = _around(app.wsgi_app, app.config["SECURE"])  # type: ignore[method-assign]


def _around(app: Wsgi, secure: bool) -> Wsgi:
    fixed = FIXED + ONLY_SECURE if secure else FIXED

    def answer(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        def started(status: str, headers: list[tuple[str, str]], fault: Any = None) -> Any:
            stored = any(name == "Cache-Control" for name, _ in headers)
            return start(status, headers + fixed + ([] if stored else UNSTORED), fault)

        return app(environ, started)

    return answer
