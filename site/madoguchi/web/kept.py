"""What was typed before its member could go on: set aside here, and given to the view or page afterwards."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from madoguchi.services import kept
from madoguchi.web import cookies
from madoguchi.web.office import office
from madoguchi.web.render import answers_get, is_own_path, page, redirect

PAGE: Final = "/go-on"
UNSENT: Final = "/session/typed"  # takes what was typed and not sent when its page gives way to sign-in
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
    if request.method == "POST" and request.path == UNSENT:
        return set_aside()
    whole = request.method == "POST" and request.headers.get("HX-Request") != "true"
    if not whole or request.path in NEVER:
        return ""
    try:
        wanted = typed()
    except RequestEntityTooLarge:  # it came with files, for which strangers get no room
        return ""
    name = kept.keep_for_browser(office(), cookies.read("dev") or "", request.path, wanted)
    return f"{PAGE}?for={name}" if name else ""


def set_aside() -> str:
    """Keep what was typed and not sent; the address of its page, where script puts it back ("" if not ours).

    The name of what is kept stands behind the #: no log of ours sees it, and it opens nothing to others.
    """
    fields = typed()
    path = fields.pop("path", "")
    if not is_own_path(path) or not answers_get(urlsplit(path).path):
        return ""
    name = kept.keep_for_browser(office(), cookies.read("dev") or "", path, fields)
    return f"{path}#typed={name}" if name else path


def shown_at(path: str) -> Response:
    """Set what was typed aside and lead to the page that shows it, so that Back and reload show it again."""
    name = kept.draft(office(), g.visitor.member_id, path, typed())
    return redirect(f"{path}?typed={name}")


def typed_before() -> ImmutableMultiDict[str, str] | None:
    """What `shown_at` set aside for this page; None where nothing was, or where it is gone."""
    name = request.args.get("typed", "")
    found = kept.look(office(), g.visitor.member_id, name, request.path) if name else None
    return None if found is None else ImmutableMultiDict(found)


def gone(name: str) -> Response:
    """What was set aside cannot be taken: it went on before, which is told, or it is no more."""
    path = kept.path_of_spent(office(), g.visitor.member_id, name)
    if path is None:
        return page("second_step/gone.html", status=410)
    return page("second_step/spent.html", status=409, path=path if answers_get(path) else "/home")


def _restore() -> Response | None:
    if request.method != "POST" or "kept" not in request.form or g.get("visitor") is None:
        return None
    name = request.form["kept"]
    found = kept.take(office(), g.visitor.member_id, name, request.path)
    if found is None:
        return gone(name)
    request.__dict__["form"] = ImmutableMultiDict(found)
    return None
