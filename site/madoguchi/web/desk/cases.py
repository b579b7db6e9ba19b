"""/desk/cases/<id>: one case, whatever it is about: take it, give it back, hand it over, note, close."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from madoguchi.domain.staff import Right
from madoguchi.domain.widths import is_digits
from madoguchi.services import casework, desk_queue
from madoguchi.web.desk.case_forms import LONGEST, CloseForm, HandForm, NoteForm, PressForm, glance
from madoguchi.web.desk.case_page import MOST, ONE, answered, found, require, show
from madoguchi.web.desk.door import asked_by_itself, colleague, needs_right
from madoguchi.web.office import office
from madoguchi.web.render import page
from madoguchi.web.uploads import answer as file_of

blueprint = Blueprint("desk_cases", __name__)


@blueprint.get(ONE)
@needs_right(Right.WORK_CASES)
def one(number: int) -> Response:
    """The case with its work area."""
    return show(number)


@blueprint.get(ONE + "/presence")
@asked_by_itself
@needs_right(Right.WORK_CASES)
def presence(number: int) -> Response:
    """Who else looks at it, and whether it moved; the page asks for this every 20 seconds."""
    opened = found(number)
    seen = request.args.get("seen", "")
    last = int(seen) if is_digits(seen) and len(seen) <= LONGEST else opened.last
    return page("desk/case-presence-page.html", opened=opened, seen_last=last)


@blueprint.post(ONE + "/holder")
@needs_right(Right.WORK_CASES)
def take(number: int) -> Response:
    """Have it."""
    require(number)
    form = PressForm()
    return answered(number, "press", form, casework.take(office(), glance(number)), "taken")


@blueprint.post(ONE + "/return")
@needs_right(Right.WORK_CASES)
def give_back(number: int) -> Response:
    """Put it back."""
    require(number)
    form = PressForm()
    return answered(number, "press", form, casework.give_back(office(), glance(number)), "returned")


@blueprint.post(ONE + "/handover")
@needs_right(Right.WORK_CASES)
def hand_over(number: int) -> Response:
    """Hand it to a colleague."""
    require(number)
    form = HandForm()
    if not form.validate():
        return show(number, "hand", form)
    to, words = form.to.data, form.hand_words.words
    return answered(number, "hand", form, casework.hand_over(office(), glance(number), to, words), "handed")


@blueprint.post(ONE + "/notes")
@needs_right(Right.WORK_CASES)
def note(number: int) -> Response:
    """Write something down."""
    require(number)
    form = NoteForm()
    if not form.validate():
        return show(number, "note", form)
    return answered(number, "note", form, casework.note(office(), glance(number), form.note.words), "noted")


@blueprint.post(ONE + "/closing")
@needs_right(Right.WORK_CASES)
def close(number: int) -> Response:
    """Close it."""
    require(number)
    form = CloseForm()
    if not form.validate():
        return show(number, "close", form)
    outcome, words = form.outcome.data, form.close_words.words
    return answered(number, "close", form, casework.close(office(), glance(number), outcome, words), "closed")


@blueprint.get(f"/desk/uploads/<int(max={MOST}):number>")
@needs_right(Right.WORK_CASES)
def upload(number: int) -> Response:
    """A file that a member sent; who looks at it is noted."""
    return file_of(desk_queue.look_at_file(office(), number, colleague()) or abort(404))
