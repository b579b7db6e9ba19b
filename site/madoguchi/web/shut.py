"""The page for whoever may know that a way in is shut: why it is, and what is still open."""

from __future__ import annotations

from flask import Response

from madoguchi.services import shut
from madoguchi.services.tries import Locked, Route
from madoguchi.web.office import office
from madoguchi.web.render import page


def locked(route: Route, identifier: str, lock: Locked) -> Response:
    """The true reason; only for known browsers and for whoever showed the mailbox on file."""
    seen = shut.behind(office(), route, identifier)
    return page("login/locked.html", status=403, route=route, lock=lock, seen=seen)
