"""/go-on: after signing in again, the button that goes on with what was typed before the session ran out."""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from madoguchi.domain.rights import Action
from madoguchi.services import kept
from madoguchi.web.guard import needs
from madoguchi.web.kept import PAGE, gone
from madoguchi.web.office import office
from madoguchi.web.render import page

blueprint = Blueprint("go_on", __name__)


@blueprint.get(PAGE)
@needs(Action.SIGN_IN)
def show() -> Response:
    """Only its owner's press sends it on; looking changes nothing."""
    name = request.args.get("for", "")
    path = kept.path_of(office(), g.visitor.member_id, name)
    if path is None:
        return gone(name)
    return page("second_step/go-on.html", path=path, kept=name, again=True)
