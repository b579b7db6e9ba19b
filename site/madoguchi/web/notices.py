"""/notices: what the lender has to say, to everybody; members see what is new, and earn points for some."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, abort, g, request

from madoguchi.domain.bulletins import paragraphs
from madoguchi.services import notices
from madoguchi.services.notices import NEWEST, Claimed, NotShown
from madoguchi.web.guard import public
from madoguchi.web.office import office
from madoguchi.web.places import place_in, place_out
from madoguchi.web.render import page, redirect

blueprint = Blueprint("notices", __name__)

LARGEST: Final = 2**62  # what a number in the books can be


@blueprint.get("/notices")
@public
def show() -> Response:
    """All notices of today, the newest first."""
    asked = request.args.get("before", "")
    found, more = notices.page(office(), _member(), place_in(asked, NEWEST))
    return page("notices/notices.html", notices=found, more=place_out(more), further=bool(asked))


@blueprint.get("/notices/<int:number>")
@public
def read(number: int) -> Response:
    """One notice; opening it is reading it, but where a press earns points."""
    found = notices.read(office(), number, _member()) if number <= LARGEST else None
    if found is None:
        abort(404)
    if isinstance(found, NotShown):
        return page("notices/gone.html", status=410)
    told = request.args.get("done", "") if found.claimed else ""
    return page("notices/notice.html", seen=found, paragraphs=paragraphs(found.notice.body), done=told)


@blueprint.post("/notices/<int:number>")
def claim(number: int) -> Response:
    """Say that one has read it, and take its points; a second press takes none."""
    if number > LARGEST:
        abort(404)
    outcome = notices.claim(office(), number, g.visitor.member_id)
    match outcome:
        case NotShown():
            return page("notices/gone.html", status=410)
        case Claimed(earned):
            return redirect(f"/notices/{number}" + ("?done=1" if earned else ""))
        case _:
            return redirect("/points")


def _member() -> int | None:
    return g.visitor.member_id if g.visitor else None
