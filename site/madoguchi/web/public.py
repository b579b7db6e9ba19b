"""The pages that anybody may read and that need nothing but the lender's rules; and /healthz."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, jsonify

from madoguchi.web.guard import public
from madoguchi.web.render import page

blueprint = Blueprint("public", __name__)

PAGES = {
    "/": "public/front.html",
    "/terms": "public/terms.html",
    "/privacy": "public/privacy.html",
    "/accessibility": "public/accessibility.html",
    "/repay/transfer": "public/transfer.html",
    "/help/login": "help/login.html",
    "/help/safety": "help/safety.html",
}


def _view(template: str) -> Callable[[], Response]:
    return public(lambda: page(template))


for _path, _template in PAGES.items():
    _name = _template.removesuffix(".html").replace("/", "-")
    blueprint.add_url_rule(_path, _name, _view(_template))


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """Tell a supervisor that requests are answered; it asks nothing of the database."""
    return jsonify(status="ok")
