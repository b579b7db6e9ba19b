"""/settings/borrow-stop: one's own stop against borrowing; lifting it takes the days that were chosen."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, g, request
from wtforms.fields.choices import SelectChoice

from madoguchi.domain.rights import Action, State
from madoguchi.services import borrow_stop
from madoguchi.services.borrow_stop import DAYS, NoStop, NotLonger
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
    days = int(form.days.data)
    there = borrow_stop.stop(office(), g.visitor, days)
    return redirect(f"{HOME}?done={'stopped' if there.days == days else 'before'}")


@blueprint.post(HOME + "/longer")
@needs(Action.PROTECT)
def lengthen() -> Response:
    """Let lifting take more days."""
    form = StopForm()
    if not form.validate():
        return _page(form)
    outcome = borrow_stop.lengthen(office(), g.visitor, int(form.days.data))
    match outcome:
        case NoStop():
            return redirect(HOME)
        case NotLonger():
            return redirect(f"{HOME}?done=not-longer")
    return redirect(f"{HOME}?done=longer")


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
    done = request.args.get("done", "")
    longer = [days for days in DAYS if seen.stop and days > seen.stop.days]
    if longer:
        form.days.choices = [SelectChoice(str(days), f"{days}日") for days in longer]
        form.days.data = form.days.data if form.days.errors else str(longer[0])
    told: dict[str, Any] = {"past": borrow_stop.past(office(), g.visitor.contract_id), "longer": longer}
    told["paying"] = borrow_stop.paying(office(), g.visitor.contract_id) if seen.stop else None
    told["closed"] = State.CLOSED in g.visitor.rights.states
    return page("settings/borrow_stop.html", form=form, seen=seen, done=done, may_lower=may_lower, **told)
