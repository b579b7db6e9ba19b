"""What a form sent before its member could go on: set aside here, and given to the view afterwards."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, g, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from madoguchi.services import kept
from madoguchi.web import cookies
from madoguchi.web.office import office
from madoguchi.web.render import page

PAGE: Final = "/go-on"
OURS: Final = ("csrf_token", "kept")
NEVER: Final = ("/logout", "/session/extend")  # nothing was typed there


def init_app(app: Flask) -> None:
    """Give views what was typed, as if it were sent again; after CSRF, which looks at what was sent now."""
    app.before_request(_restore)


def typed() -> dict[str, str]:
    """What this form holds of its member's own (uploads are not kept)."""
    return {name: value for name, value in request.form.items() if name not in OURS}


def put_aside() -> str:
    """Keep what was typed in a form whose session ran out; the address that goes on with it, "" for none."""
    whole = request.method == "POST" and request.headers.get("HX-Request") != "true"
    if not whole or request.path in NEVER:
        return ""
    try:
        wanted = typed()
    except RequestEntityTooLarge:  # it came with files, for which strangers get no room
        return ""
    name = kept.keep_for_browser(office(), cookies.read("dev") or "", request.path, wanted)
    return f"{PAGE}?for={name}" if name else ""


def _restore() -> Response | None:
    if request.method != "POST" or "kept" not in request.form or g.get("visitor") is None:
        return None
    found = kept.take(office(), g.visitor.member_id, request.form["kept"], request.path)
    if found is None:
        return page("second_step/gone.html", status=410)
    request.__dict__["form"] = ImmutableMultiDict(found)
    return None
