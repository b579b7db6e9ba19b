"""/interest: a wished day, and what all would cost on it; recalculated while one types."""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from madoguchi.services import interest
from madoguchi.services.interest import Inquiry, OutOfRange
from madoguchi.web.filters import full_day
from madoguchi.web.forms import DayField, Form
from madoguchi.web.office import office
from madoguchi.web.render import page

blueprint = Blueprint("interest", __name__)


class InterestForm(Form):
    """The day; left empty it is the next due date."""

    on = DayField("返したい日", required=False)


@blueprint.get("/interest")
def show() -> Response:
    """The inquiry for a day."""
    form = InterestForm(request.args)
    asked = form.on.data if form.validate() else None
    found = _ask(asked)
    if isinstance(found, OutOfRange):
        form.on.errors = [*form.on.errors, _sentence(found)]
        found = _ask(None)
    assert isinstance(found, Inquiry), "the default day can always be asked for"
    if not form.on.typed.strip():
        form.on.data = found.payoff.on
    return page("interest/interest.html", form=form, found=found, owed=found.payoff)


def _ask(asked: object) -> Inquiry | OutOfRange:
    return interest.ask(office(), g.visitor.contract_id, g.visitor.standing, asked)  # type: ignore[arg-type]


def _sentence(found: OutOfRange) -> str:
    return f"返したい日は{full_day(found.first)}から{full_day(found.last)}までの日を入れてください"
