"""/lost-card: a card is stopped without signing in, at any hour, in maintenance too."""

from __future__ import annotations

from flask import Blueprint, Response

from madoguchi.services import reports
from madoguchi.web import thanks
from madoguchi.web.guard import public
from madoguchi.web.render import page
from madoguchi.web.report_forms import ReportForm, answer

blueprint = Blueprint("lost_card", __name__)


@blueprint.get("/lost-card")
@public
def show() -> Response:
    """The form, the telephone, and what to do besides."""
    return page("lost_card/ask.html", form=ReportForm(formdata=None))


@blueprint.post("/lost-card")
@public
def report() -> Response:
    """Hold the card of the one who is meant."""
    return answer(ReportForm(), "lost_card/ask.html", reports.lost_card, "/lost-card/done")


@blueprint.get("/lost-card/done")
@public
def done() -> Response:
    """What happened if all was right, and what to do now; the same for everybody."""
    return page("lost_card/done.html", taken=thanks.are_due())
