"""What can be done about some kinds of cases: decide an application, answer a member, tell of a transfer."""

from __future__ import annotations

from flask import Blueprint, Response

from madoguchi.domain.staff import Right
from madoguchi.domain.topics import Topic
from madoguchi.services import application_review, message_desk
from madoguchi.services.application_review import Forbidden
from madoguchi.services.applications import NothingOpen
from madoguchi.services.cases import CaseKind
from madoguchi.services.messages import NoSuchThread
from madoguchi.web.desk.case_forms import AnswerForm, AskForm, LimitForm, PressForm, glance
from madoguchi.web.desk.case_page import ONE, OVER, answered, require, show
from madoguchi.web.desk.door import colleague, needs_right
from madoguchi.web.forms import Form
from madoguchi.web.office import office

blueprint = Blueprint("desk_case_acts", __name__)


@blueprint.post(ONE + "/taking-up")
@needs_right(Right.WORK_CASES)
def take_up(number: int) -> Response:
    """Begin to look at an application; its member sees that."""
    subject = require(number, CaseKind.APPLICATION).subject_id or 0
    outcome = application_review.take_up(office(), subject, colleague().name, glance(number))
    return _decided(number, "press", PressForm(), outcome, "began")


@blueprint.post(ONE + "/questions")
@needs_right(Right.WORK_CASES)
def ask_more(number: int) -> Response:
    """Ask the member for more."""
    subject, form = require(number, CaseKind.APPLICATION).subject_id or 0, AskForm()
    if not form.validate():
        return show(number, "ask", form)
    words, seen = form.words.words, glance(number)
    outcome = application_review.ask_more(office(), subject, colleague().name, words, seen)
    return _decided(number, "ask", form, outcome, "moved")


@blueprint.post(ONE + "/refusal")
@needs_right(Right.WORK_CASES)
def refuse(number: int) -> Response:
    """Refuse an application with a reason."""
    subject, form = require(number, CaseKind.APPLICATION).subject_id or 0, AskForm()
    if not form.validate():
        return show(number, "ask", form)
    words, seen = form.words.words, glance(number)
    outcome = application_review.refuse(office(), subject, colleague().name, words, seen)
    return _decided(number, "ask", form, outcome, "moved")


@blueprint.post(ONE + "/approval")
@needs_right(Right.WORK_CASES)
def approve(number: int) -> Response:
    """Agree to an application, for less than was wished where a limit is typed."""
    subject, form = require(number, CaseKind.APPLICATION).subject_id or 0, LimitForm()
    if not form.validate():
        return show(number, "limit", form)
    limit, seen = form.limit.data, glance(number)
    outcome = application_review.approve(office(), subject, colleague().name, limit, seen)
    if isinstance(outcome, Forbidden):
        refusal = outcome.refusal
        form.form_errors = [*form.form_errors, f"{refusal.rule}（理由コード {refusal.code}）"]
        return show(number, "limit", form)
    return _decided(number, "limit", form, outcome, "moved")


@blueprint.post(ONE + "/answer")
@needs_right(Right.WORK_CASES)
def answer(number: int) -> Response:
    """Answer a thread, or tell the member of a transfer in a new one; once for each form."""
    case, form = require(number, CaseKind.MESSAGE, CaseKind.TRANSFER), AnswerForm()
    if not form.validate():
        return show(number, "answer", form)
    text, key, seen = form.message.data, form.idempotency_key.key, glance(number)
    outcome: object
    if case.kind == CaseKind.MESSAGE.value:
        name = colleague().name
        outcome = message_desk.answer(office(), case.subject_id or 0, name, text, key, glance=seen)
    else:
        assert case.member_id is not None, "a transfer is to a member"
        about = case.member_id, case.contract_id
        outcome = message_desk.begin(office(), about, Topic.BORROW, (text, key), seen)
    return _decided(number, "answer", form, outcome, "written")


@blueprint.post(ONE + "/end")
@needs_right(Right.WORK_CASES)
def end(number: int) -> Response:
    """Close a thread without an answer."""
    subject = require(number, CaseKind.MESSAGE).subject_id or 0
    outcome = message_desk.close_thread(office(), subject, colleague().name, glance(number))
    return _decided(number, "press", PressForm(), outcome, "closed")


def _decided(number: int, name: str, form: Form, outcome: object, done: str) -> Response:
    """On, unless it was over already: whoever sent the same twice sees how it stands."""
    if isinstance(outcome, NothingOpen | NoSuchThread):
        form.form_errors = [*form.form_errors, OVER]
        return show(number, name, form)
    return answered(number, name, form, outcome, done)
