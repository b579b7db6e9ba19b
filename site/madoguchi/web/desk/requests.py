"""/desk/requests: what waits for a second pair of eyes, and what became of the rest."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort

from madoguchi.domain.staff import Right
from madoguchi.services import four_eyes
from madoguchi.services.desk_acts import ACTS
from madoguchi.services.four_eyes import Cannot, Done, Request
from madoguchi.web.desk.door import colleague, needs_right
from madoguchi.web.desk.forms import WordsField
from madoguchi.web.forms import Form
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("desk_requests", __name__)
MOST = 10**15
OUTCOMES = {"": "期限切れ", "approved": "承認", "refused": "お断り", "withdrawn": "取り下げ"}


class WordsForm(Form):
    """What whoever decides has to say."""

    words = WordsField("理由やひとこと", required=False)


@blueprint.get("/desk/requests")
@needs_right(Right.REQUEST)
def show() -> Response:
    """What can still be decided, and what was."""
    waiting, past = four_eyes.waiting(office()), four_eyes.past(office())
    return page("desk/requests.html", waiting=waiting, past=past, acts=ACTS, outcomes=OUTCOMES)


@blueprint.get(f"/desk/requests/<int(max={MOST}):number>")
@needs_right(Right.REQUEST)
def one(number: int) -> Response:
    """One request with what can be done about it."""
    return _page(_found(number), WordsForm(formdata=None))


@blueprint.post(f"/desk/requests/<int(max={MOST}):number>/approval")
@needs_right(Right.APPROVE)
def approve(number: int) -> Response:
    """Approve it, which carries it out."""
    form = WordsForm()
    if not form.validate():
        return _page(_found(number), form)
    return _answer(number, form, four_eyes.approve(office(), ACTS, number, colleague(), form.words.words))


@blueprint.post(f"/desk/requests/<int(max={MOST}):number>/refusal")
@needs_right(Right.APPROVE)
def refuse(number: int) -> Response:
    """Refuse it, with a reason."""
    form = WordsForm()
    if form.validate() and not form.words.words:
        form.words.errors = [*form.words.errors, "断る理由を入れてください"]
    if form.errors:
        return _page(_found(number), form)
    return _answer(number, form, four_eyes.refuse(office(), ACTS, number, colleague(), form.words.words))


@blueprint.post(f"/desk/requests/<int(max={MOST}):number>/withdrawal")
@needs_right(Right.REQUEST)
def withdraw(number: int) -> Response:
    """Take back what one asked for oneself."""
    form = WordsForm(formdata=None)
    return _answer(number, form, four_eyes.withdraw(office(), ACTS, number, colleague()))


def _found(number: int) -> Request:
    return four_eyes.read(office(), number) or abort(404)


def _answer(number: int, form: Any, outcome: Done | Cannot) -> Response:
    if isinstance(outcome, Done):
        return redirect(f"/desk/requests/{number}")
    found = _found(number)
    form.form_errors = [*form.form_errors, outcome.why]
    return _page(found, form)


def _page(found: Request, form: Any) -> Response:
    over = bool(found.outcome) or found.ends_at <= office().now()
    facts: dict[str, Any] = {"found": found, "act": ACTS[found.act], "over": over, "outcomes": OUTCOMES}
    facts |= {"after": four_eyes.after(office(), found), "counter": Right.CHECK_IDENTITY}
    facts |= {"see": Right.SEE_MEMBERS}
    told = [*found.shown]  # as whoever decided saw it, and then what came of it
    known = {name for name, _ in told}
    told += [row for row in ACTS[found.act].told(office(), found) if row[0] not in known]
    return page("desk/request.html", form=form, approve=Right.APPROVE, told=told, **facts)
