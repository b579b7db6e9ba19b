"""Shut by default: who is asking, and may they? Runs before CSRF, so that a lost session leads to sign-in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from flask import Flask, Response, current_app, g, request

from madoguchi.domain.rights import Action
from madoguchi.services import sessions
from madoguchi.web import cookies, kept, refusal
from madoguchi.web.desk.here import LOOKING, is_here
from madoguchi.web.render import answers_get, is_own_path, path_here, redirect, wants_part

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Open this view to everybody; the visible exception."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def needs(action: Action) -> Callable[[View], View]:
    """What the member must be allowed to do here, by the table of statuses; without it: to see."""

    def mark(view: View) -> View:
        view.needs_action = action  # type: ignore[attr-defined]
        return view

    return mark


def unnoticed(view: View) -> View:
    """A look at this view is no use of the session: script asks it by itself."""
    view.is_unnoticed = True  # type: ignore[attr-defined]
    return view


def init_app(app: Flask) -> None:
    """Ask at every request."""
    app.before_request(_check)


def _check() -> Response | None:
    endpoint = request.endpoint
    if endpoint == "static":
        return None
    view = current_app.view_functions[endpoint] if endpoint else None
    if is_here(request.path):
        from madoguchi.web.desk import door

        return door.check(view)
    if token := cookies.read(LOOKING):
        from madoguchi.web.desk import look

        if (answer := look.check(token, view)) is not look.NO_LOOK:
            return answer  # type: ignore[no-any-return]
    visitor = _recognise(not getattr(view, "is_unnoticed", False))
    if view is None:
        return None  # a page that is not there is told in the member's own frame
    if getattr(view, "is_public", False):
        return None
    if visitor is None:
        return _to_login()
    denial = visitor.rights.refusal(getattr(view, "needs_action", Action.SEE))
    return refusal.page(denial) if denial else None


def look_again() -> None:
    """See the member as they are now: what was read when the request began may be overtaken since."""
    g.visitor = sessions.current(current_app.config["OFFICE"], g.session_token) or g.visitor


def _recognise(noticed: bool) -> sessions.Visitor | None:
    token = cookies.read("session")
    found = sessions.current(current_app.config["OFFICE"], token, noticed) if token else None
    g.visitor, g.session_token = found, token if found else None
    return found


def _to_login() -> Response:
    """To the sign-in page, which leads back to where one was looking."""
    came_from = kept.put_aside() or _looking_at()
    url = "/login?next=" + quote(came_from, safe="/") if is_own_path(came_from) else "/login"
    if request.headers.get("HX-Request") == "true":
        return Response(status=401, headers={"HX-Redirect": url})  # a fetch would follow a 303 into the part
    return redirect(url)


def _looking_at() -> str:
    """The page that was wished, or for a form or a part the page that holds it ("" if not ours).

    A part of the page in the browser is that page with a new wish in its query.
    """
    shown = path_here(request.headers.get("HX-Current-URL") or request.referrer or "")
    by_get = request.method in ("GET", "HEAD")
    if by_get and (not wants_part() or urlsplit(shown).path == request.path):
        return request.full_path.rstrip("?")
    return shown if answers_get(urlsplit(shown).path) else ""
