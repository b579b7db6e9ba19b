"""/messages: what a member and the desk wrote to each other, and writing more of it."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, abort, g, request

from madoguchi.domain.rights import Action
from madoguchi.domain.topics import Topic
from madoguchi.services import messages
from madoguchi.services.messages import Author, NoSuchThread, Posted, Thread, TooMany
from madoguchi.web.bodies import takes_files
from madoguchi.web.forms import Form
from madoguchi.web.guard import needs
from madoguchi.web.long_text import KeyField, LongField, TopicField, new_key, promise, reads
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect
from madoguchi.web.uploads import FilesField, valid

blueprint = Blueprint("messages", __name__)

MOST: Final = 10**15
FULL: Final = "メッセージは、1日に{}通までです。続きは明日お送りになるか、電話でお話しください"


class ReplyForm(Form):
    """A message in a thread."""

    message = LongField("メッセージ")
    files = FilesField("添付するファイル（なくてもかまいません）")
    idempotency_key = KeyField()


class NewForm(ReplyForm):
    """A message that begins a thread."""

    topic = TopicField("ご用件")


@blueprint.get("/messages")
@needs(Action.PROTECT)
def show() -> Response:
    """The threads, the latest first."""
    before = _before()
    found = messages.listed(office(), g.visitor.member_id, before)
    return page("messages/messages.html", listed=found, further=bool(before))


@blueprint.get("/messages/new")
@needs(Action.PROTECT)
def choose() -> Response:
    """What it is about; then the form, and before it the phone where a due date does not wait."""
    if "topic" not in request.args:
        return page("messages/topics.html", topics=list(Topic), promise=promise())
    form = NewForm(formdata=None, data={"topic": request.args["topic"], "idempotency_key": new_key()})
    if not form.topic.validate(form):
        return redirect("/messages/new")
    return _new(form)


@blueprint.post("/messages/new")
@needs(Action.PROTECT)
@takes_files
def begin() -> Response:
    """Begin a thread, once for each form."""
    form = NewForm()
    if not form.topic.validate(form):
        return redirect("/messages/new")
    if not valid(form, "files"):
        return _new(form)
    topic, text, key = form.topic.topic, form.message.data, form.idempotency_key.key
    match messages.begin(office(), _author(), topic, text, key, form.files.data):
        case Posted(number):
            return redirect(f"/messages/{number}?done=sent")
        case TooMany(most):
            form.message.errors = (FULL.format(most),)
    return _new(form)


@blueprint.get(f"/messages/<int(max={MOST}):number>")
@needs(Action.PROTECT)
def thread(number: int) -> Response:
    """One thread; looking at its answers marks them as read."""
    found = _found(number, _before())
    messages.see(office(), g.visitor.member_id, found)
    form = ReplyForm(formdata=None, data={"idempotency_key": new_key()})
    return _thread(form, found, done=request.args.get("done", ""))


@blueprint.post(f"/messages/<int(max={MOST}):number>")
@needs(Action.PROTECT)
@takes_files
def reply(number: int) -> Response:
    """Write in a thread, once for each form."""
    form = ReplyForm()
    if not valid(form, "files"):
        return _thread(form, _found(number))
    text, key = form.message.data, form.idempotency_key.key
    match messages.reply(office(), _author(), number, text, key, form.files.data):
        case Posted():
            return redirect(f"/messages/{number}?done=sent")
        case NoSuchThread():
            abort(404)
        case TooMany(most):
            form.message.errors = (FULL.format(most),)
    return _thread(form, _found(number))


def _new(form: NewForm) -> Response:
    topic = form.topic.topic
    return page("messages/new.html", form=form, topic=topic, promise=promise(), may_repay=_may_repay())


def _thread(form: ReplyForm, found: Thread, done: str = "") -> Response:
    facts: dict[str, Any] = {"thread": found, "done": done == "sent", "reads": reads, "promise": promise()}
    return page("messages/thread.html", form=form, may_repay=_may_repay(), **facts)


def _found(number: int, before: int | None = None) -> Thread:
    """A thread of the member's own; another's is as unknown as one that never was."""
    return messages.look(office(), g.visitor.member_id, number, before) or abort(404)


def _before() -> int | None:
    """Below which message to go on; 404 for what is no number."""
    typed = request.args.get("before", "")
    if typed and not (typed.isascii() and typed.isdigit() and int(typed) <= MOST):
        abort(404)
    return int(typed) if typed else None


def _author() -> Author:
    return Author(g.visitor.member_id, g.visitor.contract_id)


def _may_repay() -> bool:
    return bool(g.visitor.rights.may(Action.REPAY))
