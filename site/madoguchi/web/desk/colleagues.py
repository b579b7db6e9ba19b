"""/desk/staff: who is signed in at the desk, for approvers, who may send somebody out."""

from __future__ import annotations

from flask import Blueprint, Response, request

from madoguchi.domain.staff import Right
from madoguchi.services import staff_sessions
from madoguchi.web.desk import door
from madoguchi.web.desk.frame import ROLES
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("desk_colleagues", __name__)


@blueprint.get("/desk/staff")
@door.needs_right(Right.APPROVE)
def show() -> Response:
    """Who is signed in at the desk."""
    open_now = staff_sessions.open_now(office())
    roles = {role.value: words for role, words in ROLES.items()}
    names, done = sorted({one.name for one in open_now}), request.args.get("done")
    return page("desk/staff.html", sessions=open_now, names=names, roles=roles, done=done)


@blueprint.post("/desk/staff/<name>/end")
@door.needs_right(Right.APPROVE)
def end(name: str) -> Response:
    """End all sessions of a colleague; of one's own too, who then signs in again."""
    ended = staff_sessions.end_all(office(), name, door.colleague())
    if name == door.colleague().name:
        return redirect("/desk/login")
    return redirect("/desk/staff?done=" + ("ended" if ended else "none"))
