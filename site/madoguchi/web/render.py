"""The only place that renders: a template makes the part that htmx asks for, the frame around it the page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Request, Response, current_app, g, request
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.urls import iri_to_uri

from madoguchi.web import csrf
from madoguchi.web.desk.here import is_here

PART = "layouts/part.html"
HTML = "text/html; charset=utf-8"
VARYING = {"Vary": "HX-Request, Accept-Encoding"}  # a part is no page, and squeeze.py may compress either


def page(template: str, form: Any = None, status: int = 200, **facts: Any) -> Response:
    """Render a page template that says `{% extends layout %}`; 422 when `form` has errors."""
    if form is not None and form.errors and status == 200:
        status = 422
    env, asked, visitor = current_app.jinja_env, request_ctx.request, g.get("visitor")
    at_desk = is_here(asked.path)
    if at_desk:
        facts["colleague"] = g.get("colleague")
    text = env.get_template(template).render(
        layout=PART, form=form, visitor=visitor, csrf_token=csrf.token, request=asked, **facts
    )
    if not _wants_part(asked):
        if at_desk:
            from madoguchi.web.desk import frame as desk_frame

            text = desk_frame.around(text, asked, g.get("colleague"), env)
        else:
            text = env.globals["frame"].around(text, asked, visitor)  # type: ignore[attr-defined]
    return Response(text, status, VARYING, content_type=HTML)


def piece(text: str) -> Response:
    """A rendered piece of the frame, which only htmx asks for."""
    return Response(text, 200, VARYING, content_type=HTML)


def redirect(url: str) -> Response:
    """See another own page next: 303; for htmx 204 and HX-Redirect (a fetch would follow a 303)."""
    assert is_own_path(url), url
    if request.headers.get("HX-Request") == "true":
        return Response(status=204, headers={"HX-Redirect": iri_to_uri(url)})  # headers are Latin-1
    return Response(status=303, headers={"Location": url})


def wants_part() -> bool:
    """Whether htmx asked for a piece rather than a page (a history restore needs the page)."""
    return _wants_part(request_ctx.request)


def _wants_part(asked: Request) -> bool:
    if "HTTP_HX_REQUEST" not in asked.environ:  # most do not come from htmx: one look instead of three
        return False
    htmx = asked.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def is_own_path(url: str) -> bool:
    """Whether a browser stays on this site: one slash first, no backslash, no control character anywhere."""
    return url.startswith("/") and not url.startswith("//") and "\\" not in url and all(c > " " for c in url)


def answers_get(path: str) -> bool:
    """Whether an own path may be gone to: not what only takes forms; of a missing page the member is told."""
    try:
        request_ctx.url_adapter.match(path, method="GET")  # type: ignore[union-attr]
    except MethodNotAllowed:
        return False
    except HTTPException:
        return True
    return True


def path_here(url: str) -> str:
    """The path and query of a whole address of this site; "" of any other, and of what is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.netloc != request.host:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")
