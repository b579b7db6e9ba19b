"""/demo/messages: the people at the lender who answer messages, for testers to play."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, abort, request

from madoguchi.domain.topics import Topic
from madoguchi.domain.widths import is_digits
from madoguchi.services import message_desk, uploads
from madoguchi.services.messages import NoSuchThread
from madoguchi.web.forms import Form
from madoguchi.web.guard import public
from madoguchi.web.long_text import KeyField, LongField, new_key
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect
from madoguchi.web.uploads import answer as file_of

blueprint = Blueprint("demo_messages", __name__)

MOST: Final = 10**15
LONGEST: Final = 15  # digits of a number
SHOWN: Final = 20
PLAYED: Final = "desk1"  # by whom the demo answers


class AnswerForm(Form):
    """What the desk says."""

    message = LongField("返事")
    idempotency_key = KeyField()


def section() -> dict[str, Any]:
    """What templates/demo/messages_list.html needs, for a page that holds it beside other work."""
    waiting = message_desk.waiting(office(), SHOWN)
    return {"waiting": [(one, Topic(one.topic).words) for one in waiting]}


@blueprint.get("/demo/messages")
@public
def show() -> Response:
    """Threads that wait for an answer."""
    return page("demo/messages.html", done=request.args.get("done", ""), **section())


@blueprint.get("/demo/messages/<token>")
@public
def thread(token: str) -> Response:
    """One thread as the desk sees it, with the form to answer."""
    return _thread(_number(token), AnswerForm(formdata=None, data={"idempotency_key": new_key()}))


@blueprint.post(f"/demo/messages/<int(max={MOST}):number>/answer")
@public
def answer(number: int) -> Response:
    """Answer, once for each form."""
    form = AnswerForm()
    if not form.validate():
        return _thread(number, form)
    text, key = form.message.data, form.idempotency_key.key
    if isinstance(message_desk.answer(office(), number, PLAYED, text, key), NoSuchThread):
        abort(404)
    return redirect("/demo/messages?done=answered")


@blueprint.post(f"/demo/messages/<int(max={MOST}):number>/close")
@public
def close(number: int) -> Response:
    """Close a thread and its case."""
    message_desk.close_thread(office(), number, PLAYED)
    return redirect("/demo/messages?done=closed")


@blueprint.get("/demo/messages/uploads/<token>")
@public
def upload(token: str) -> Response:
    """A file that a member of the demo sent."""
    found = uploads.look_at_desk(office(), _number(token))
    return file_of(found) if found else _gone()


def _thread(number: int, form: AnswerForm) -> Response:
    found = message_desk.look(office(), number)
    return page("demo/messages_thread.html", form=form, thread=found) if found else _gone()


def _number(token: str) -> int:
    """The number that an address names; 0, which nothing has, where it names none."""
    return int(token) if is_digits(token) and len(token) <= LONGEST else 0


def _gone() -> Response:
    """A demo that was started over has other numbers."""
    return page("errors/error.html", status=410, code=404, csrf_lost=False)
