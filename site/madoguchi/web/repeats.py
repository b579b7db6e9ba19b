"""No request says a name twice: readers disagree on which of `a=1&a=2` counts."""

from __future__ import annotations

from flask import Flask, abort
from flask.globals import request_ctx


def init_app(app: Flask) -> None:
    """Refuse repeated names before any view reads them."""
    app.before_request(_refuse_repeats)


def _refuse_repeats() -> None:
    asked = request_ctx.request
    if asked.query_string and any(len(values) > 1 for values in asked.args.listvalues()):
        abort(400)
    if asked.method == "POST" and any(len(values) > 1 for values in asked.form.listvalues()):
        abort(400)
