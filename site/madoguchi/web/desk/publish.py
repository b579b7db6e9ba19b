"""/desk/publish: what members are told now and from a day to come, and the ways to publish more."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response

from madoguchi.domain.staff import Right
from madoguchi.services import availability, coupons, notices
from madoguchi.web.availability import names, span
from madoguchi.web.desk.door import needs_right
from madoguchi.web.desk.publish_forms import done_words
from madoguchi.web.office import office
from madoguchi.web.render import page

blueprint = Blueprint("desk_publish", __name__)

LARGEST: Final = 2**62  # what a number in the books can be


@blueprint.get("/desk/publish")
@needs_right(Right.PUBLISH)
def show() -> Response:
    """Everything that is shown or will be."""
    seen = availability.status(office())
    closures = [one for one in (*seen.now, *seen.ahead) if one.number is not None]
    return page(
        "desk/publish.html",
        notices=notices.current(office()),
        coupons=coupons.current(office()),
        closures=closures,
        names=names,
        span=span,
        today=office().business_day(),
        done=done_words(),
    )
