"""A token in every form, bound to the session, or before signing in to a visit cookie that dies at sign-in.

Flask-WTF's own token lives in Flask's signed-cookie session, which outlives sign-out; ours is an HMAC over
the server-side session, so it costs no cookie and dies with it (docs/decisions/0003).
"""

from __future__ import annotations

import hmac
import secrets
from functools import lru_cache

from flask import Flask, Response, abort, current_app, g, request

from madoguchi.web import cookies

SAFE = ("GET", "HEAD", "OPTIONS")
MASK = 32  # bytes, as many as the token has


def init_app(app: Flask) -> None:
    """Check every unsafe request, and give a visit cookie with the first form."""
    app.before_request(check)
    app.after_request(_give_visit)


def token() -> str:
    """The token for forms of this answer, masked anew each time: pages are sent compressed (BREACH)."""
    found: str | None = g.get("csrf_token")
    if found is None:
        plain, mask = _token_of(_binding(make=True)), secrets.token_bytes(MASK)
        found = g.csrf_token = (mask + _crossed(plain, mask)).hex()
    return found


def check() -> None:
    """Abort with 400 an unsafe request whose origin or token is not ours."""
    if request.method in SAFE or request.routing_exception:  # no view will run: that is what is told
        return
    if getattr(current_app.view_functions[request.endpoint or ""], "is_signed", False):
        return  # not a browser's: web/signed.py or the view itself asks a signature
    if request.headers.get("Sec-Fetch-Site") not in (None, "same-origin", "none"):
        abort(400)
    origin = request.headers.get("Origin")
    if origin and origin != "null" and origin.partition("://")[2] != request.host:
        abort(400)
    binding = _binding(make=False)
    if not binding or not _is_ours(binding, _unmasked(request.form.get("csrf_token", ""))):
        abort(400, "csrf")


def _binding(make: bool) -> str:
    if session := g.get("session_token"):
        return "session:" + str(session)
    visit = cookies.read("visit") or g.get("visit", "")
    if not visit and make:
        visit = g.visit = secrets.token_urlsafe(16)
    return "visit:" + visit if visit else ""


def _token_of(binding: str) -> bytes:
    return _keyed(current_app.config["OFFICE"].secret, binding)


def _is_ours(binding: str, given: bytes) -> bool:
    """Whether a token belongs here; one of a page that was open while the secret was replaced does too."""
    secrets_ = current_app.config["OFFICE"].secrets
    return any(hmac.compare_digest(_keyed(secret, binding), given) for secret in secrets_)


@lru_cache(maxsize=1024)
def _keyed(key: bytes, binding: str) -> bytes:
    """The same for all pages of a session, and as dear as a look into the database."""
    return hmac.digest(key, b"csrf:" + binding.encode(), "sha256")


def _unmasked(given: str) -> bytes:
    """The token inside what a form sent; empty for what is no token."""
    try:
        both = bytes.fromhex(given)
    except ValueError:
        return b""
    return _crossed(both[MASK:], both[:MASK]) if len(both) == 2 * MASK else b""


def _crossed(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).to_bytes(MASK, "big")


def _give_visit(response: Response) -> Response:
    if g.get("visit"):
        cookies.put(response, "visit", g.visit)
    return response
