"""Who is at the desk, and may they? Shut by default: a page there that names no right opens to nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar
from urllib.parse import quote

from flask import Response, current_app, g, request

from madoguchi.domain.staff import Right
from madoguchi.services import staff
from madoguchi.services.staff import Colleague
from madoguchi.web import cookies
from madoguchi.web.desk.here import ROOT
from madoguchi.web.render import is_own_path, page, redirect

View = TypeVar("View", bound=Callable[..., Any])

COOKIE: Final = "desk"  # its own: a member's session opens nothing here, and the other way round


def needs_right(right: Right) -> Callable[[View], View]:
    """What a colleague must be allowed to do here."""

    def mark(view: View) -> View:
        view.needs_right = right  # type: ignore[attr-defined]
        return view

    return mark


def anyone_here(view: View) -> View:
    """Open this view to everybody who is signed in at the desk, whatever their role."""
    view.for_anyone_here = True  # type: ignore[attr-defined]
    return view


def for_members_here(view: View) -> View:
    """A view that works while the session is lent to the counter's screen, at which a member sits."""
    view.for_members_here = True  # type: ignore[attr-defined]
    return view


def asked_by_itself(view: View) -> View:
    """A view that a page asks again and again while nobody may sit at it: it puts no end of a session off."""
    view.is_asked_by_itself = True  # type: ignore[attr-defined]
    return view


def check(view: Any) -> Response | None:
    """Let a colleague with the right in; the member's own session is not even looked at."""
    token = cookies.read(COOKIE)
    in_use = not getattr(view, "is_asked_by_itself", False)
    who = staff.current(current_app.config["OFFICE"], token, in_use) if token else None
    g.visitor, g.colleague, g.session_token = None, who, token if who else None
    if view is None or getattr(view, "is_public", False):
        return None
    if who is None:
        return _to_sign_in()
    right = getattr(view, "needs_right", None)
    if right is None and not getattr(view, "for_anyone_here", False):
        raise LookupError(f"{request.endpoint} names no right: it opens to nobody")
    if right is not None and not who.may(right):
        return page("desk/refused.html", status=403)
    if who.counter and not getattr(view, "for_members_here", False):
        return redirect(f"{ROOT}/counter/{who.counter}")
    return None


def colleague() -> Colleague:
    """Who is signed in at the desk; for views that the check has let somebody into."""
    who: Colleague = g.colleague
    return who


def _to_sign_in() -> Response:
    wished = request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else ""
    url = f"{ROOT}/login"
    if is_own_path(wished) and wished != ROOT:
        url += "?next=" + quote(wished, safe="/")
    if request.headers.get("HX-Request") == "true":
        return Response(status=401, headers={"HX-Redirect": url})
    return redirect(url)
