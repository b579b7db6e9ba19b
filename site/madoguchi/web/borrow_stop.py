"""/settings/borrow-stop: one's own stop against borrowing; lifting it takes the days that were chosen."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, g, request

from madoguchi.domain.rights import Action, State
from madoguchi.services import borrow_stop
from madoguchi.services.borrow_stop import DAYS, NoStop
from madoguchi.web.forms import ChoiceField, Form
from madoguchi.web.guard import needs
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("borrow_stop", __name__)

HOME: Final = "/settings/borrow-stop"


class StopForm(Form):
    """How long lifting is to take."""

    days = ChoiceField("解除にかかる日数", [(str(days), f"{days}日") for days in DAYS])


@blueprint.get(HOME)
@needs(Action.PROTECT)
def show() -> Response:
    """Whether borrowing is stopped, since when, and what can be done."""
    return _page(StopForm(formdata=None, data={"days": str(DAYS[0])}))


@blueprint.post(HOME)
@needs(Action.PROTECT)
def stop() -> Response:
    """Stop borrowing from this moment."""
    form = StopForm()
    if not form.validate():
        return _page(form)
    borrow_stop.stop(office(), g.visitor, int(form.days.data))
    return redirect(f"{HOME}?done=stopped")


@blueprint.post(HOME + "/lifting")
@needs(Action.PROTECT)
def ask_lift() -> Response:
    """Ask for the stop to be lifted after its days."""
    outcome = borrow_stop.ask_lift(office(), g.visitor)
    return redirect(HOME if isinstance(outcome, NoStop) else f"{HOME}?done=asked")


@blueprint.post(HOME + "/lifting/withdrawal")
@needs(Action.PROTECT)
def go_on() -> Response:
    """Leave the stop as it is."""
    outcome = borrow_stop.go_on(office(), g.visitor)
    return redirect(HOME if isinstance(outcome, NoStop) else f"{HOME}?done=goes-on")


def _page(form: StopForm) -> Response:
    seen = borrow_stop.look(office(), g.visitor.contract_id)
    may_lower = g.visitor.rights.may(Action.APPLY)
    told = {"done": request.args.get("done", ""), "closed": State.CLOSED in g.visitor.rights.states}
    return page("settings/borrow_stop.html", form=form, seen=seen, may_lower=may_lower, **told)
