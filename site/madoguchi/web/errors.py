"""Every error answer is a page of ours: what happened, what it means, what to do next."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import HTTPException

from madoguchi.domain.faults import ReadOnly, Unavailable
from madoguchi.web.programs import fault
from madoguchi.web.render import page

WORDED = (400, 404, 405, 413, 429)
API = {400: "shape", 404: "not_found", 405: "method", 413: "too_large", 503: "unavailable"}  # for programs


def init_app(app: Flask) -> None:
    """Answer HTTP errors, our own Unavailable, and whatever nobody foresaw."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Unavailable, _unavailable)
    app.register_error_handler(ReadOnly, _read_only)
    app.register_error_handler(Exception, _unforeseen)


def _http(fault: HTTPException) -> Response:
    if fault.response is not None:
        return fault.response  # type: ignore[return-value]
    code = fault.code or 500
    if code == 400 and (own := getattr(_view(), "malformed", None)):
        return own()  # type: ignore[no-any-return]
    answer = _page(
        code if code in WORDED else (400 if code < 500 else 500), code, csrf=fault.description == "csrf"
    )
    if code == 405 and (allowed := getattr(fault, "valid_methods", None)):
        answer.headers["Allow"] = ", ".join(sorted(allowed))
    return answer


def _view() -> Any:
    return current_app.view_functions[request.endpoint] if request.endpoint else None


def unavailable(wait: int, unsure: bool = False) -> Response:
    """The page that asks to come back in so many seconds; it says so where an act may stand after all."""
    answer = _page(503, 503, unsure=unsure)
    answer.headers["Retry-After"] = str(wait)
    return answer


def _unavailable(fault: Unavailable) -> Response:
    return unavailable(fault.wait, fault.unsure)


def _read_only(_fault: ReadOnly) -> Response:
    """A page that would write something, looked at from the desk."""
    return page("desk/look-refused.html", status=403)


def _unforeseen(fault: Exception) -> Response:
    current_app.logger.error("unforeseen fault", exc_info=fault)
    return _page(500, 500)


def _page(worded: int, status: int, csrf: bool = False, unsure: bool = False) -> Response:
    if request.path.startswith("/api/"):
        return fault(API.get(status, "fault"), status)
    g.setdefault("visitor", None)
    g.setdefault("session_token", None)
    here = request.path
    at_desk = here == "/desk" or here.startswith("/desk/")
    facts = {"csrf_lost": csrf, "unsure": unsure, "at_desk": at_desk}
    return page("errors/error.html", status=status, code=worded, **facts)
