"""/coupons: what shops offer to members, each with a page to show there."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, abort, g, request

from madoguchi.domain.bulletins import paragraphs
from madoguchi.services import coupons
from madoguchi.services.coupons import FIRST, Over
from madoguchi.web.office import office
from madoguchi.web.places import place_in, place_out
from madoguchi.web.render import page, redirect

blueprint = Blueprint("coupons", __name__)

LARGEST: Final = 2**62


@blueprint.get("/coupons")
def show() -> Response:
    """All that are valid today, the one that ends first in front."""
    asked = request.args.get("after", "")
    found, more = coupons.page(office(), g.visitor.member_id, place_in(asked, FIRST))
    return page("coupons/coupons.html", coupons=found, more=place_out(more), further=bool(asked))


@blueprint.get(f"/coupons/<int(max={LARGEST}):number>")
def one(number: int) -> Response:
    """The page to show at the shop, with the time at which it is shown."""
    found = coupons.look(office(), number, g.visitor.member_id)
    if found is None or isinstance(found, Over):
        return _missing(found)
    words = paragraphs(found.body)
    return page("coupons/coupon.html", coupon=found, paragraphs=words, now=office().now())


@blueprint.get(f"/coupons/<int(max={LARGEST}):number>/use")
def ask(number: int) -> Response:
    """What using it up means, before it is done."""
    found = coupons.look(office(), number, g.visitor.member_id)
    if found is None or isinstance(found, Over):
        return _missing(found)
    if found.used_at or not found.once:
        return redirect(f"/coupons/{number}")
    return page("coupons/use.html", coupon=found)


@blueprint.post(f"/coupons/<int(max={LARGEST}):number>/use")
def use(number: int) -> Response:
    """Use it up, once."""
    outcome = coupons.use(office(), number, g.visitor.member_id)
    if outcome is None or isinstance(outcome, Over):
        return _missing(outcome)
    return redirect(f"/coupons/{number}")


def _missing(found: Over | None) -> Response:
    """One that was never published is not found; one that is over says so."""
    if found is None:
        abort(404)
    return page("coupons/gone.html", status=410)
