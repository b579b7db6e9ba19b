"""/desk/members/<number>/call-in: the whole debt of a contract long overdue made due at once."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, abort

from madoguchi.domain.staff import Right
from madoguchi.services import calling_in, person_acts
from madoguchi.web.desk.door import colleague, needs_right
from madoguchi.web.desk.forms import WordsField
from madoguchi.web.forms import Form
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("desk_call_in", __name__)

HOME: Final = "/desk/members/<number>/call-in"


class ReasonForm(Form):
    """Why it is done now."""

    reason = WordsField("手続きの理由")


@blueprint.get(HOME)
@needs_right(Right.REQUEST)
def show(number: str) -> Response:
    """How the contract stands, and the form where it can be asked for."""
    return _page(number, ReasonForm(formdata=None))


@blueprint.post(HOME)
@needs_right(Right.REQUEST)
def ask(number: str) -> Response:
    """Ask a second person for it."""
    form, who = ReasonForm(), person_acts.person(office(), number) or abort(404)
    if not form.validate():
        return _page(number, form)
    outcome = calling_in.ask(office(), who.contract_id, form.reason.words, colleague())
    if isinstance(outcome, str):
        form.form_errors = [*form.form_errors, outcome]
        return _page(number, form)
    return redirect(f"/desk/requests/{outcome}")


def _page(number: str, form: Any) -> Response:
    who = person_acts.person(office(), number) or abort(404)
    seen = calling_in.look(office(), who.contract_id)
    return page("desk/call-in.html", form=form, who=who, seen=seen)
