"""The page of a case, for every view that shows one or shows it again with a form's faults."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, abort, request

from madoguchi.domain.staff import Right
from madoguchi.services import case_work, desk_queue
from madoguchi.services.cases import CaseKind
from madoguchi.services.casework import Changed, HeldBy, Unfinished
from madoguchi.services.desk_queue import Case, Opened
from madoguchi.web.desk.case_forms import (
    AnswerForm,
    AskForm,
    CloseForm,
    HandForm,
    LimitForm,
    NoteForm,
    glance,
)
from madoguchi.web.desk.case_words import BY, OUTCOMES, REASONS, span, told
from madoguchi.web.desk.door import colleague
from madoguchi.web.desk.words import CASES, STATES
from madoguchi.web.forms import Form
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

MOST: Final = 10**15
ONE: Final = f"/desk/cases/<int(max={MOST}):number>"
CHANGED: Final = (
    "見ているあいだに、この案件が動きました。下の「経過」を確かめて、もう一度送ってください。"
    "入れた文字は残してあります。"
)
HELD: Final = "{}さんが持っている案件です。進めるときは、先に引き取ってください。入れた文字は残してあります。"
UNFINISHED: Final = {
    CaseKind.APPLICATION: "お申し込みの結果が出ていません。承るか、断ると、この案件も終わります。",
    CaseKind.PAYMENT: "まだお金を預かっています。会員に記帳するか、送り返すと、この案件も終わります。",
}
OVER: Final = "先に終わっていて、変わっていません。下の「経過」を確かめてください。"
DONE: Final = {
    "taken": "引き受けました", "returned": "受付箱に戻しました", "handed": "引き継ぎました",
    "noted": "書きとめました", "closed": "終わりにしました", "moved": "会員に知らせました",
    "written": "会員にメッセージを送りました", "began": "確認を始めました",
}  # fmt: skip


def found(number: int) -> Opened:
    """The case, or 404."""
    return desk_queue.open_case(office(), number, colleague()) or abort(404)


def show(number: int, name: str = "", form: Any = None) -> Response:
    """The page; with a form that was sent and has to be sent again under its name."""
    opened = found(number)
    case, who = opened.case, colleague()
    forms = _forms(case, opened)
    if name:
        forms[name] = form
    facts: dict[str, Any] = {
        "opened": opened,
        "seen_last": _seen(number, form, opened),
        "case": case,
        "kind": case.kind,
        "work": case_work.work_of(office(), case),
        "told": told(case),
        "forms": forms,
        "mine": case.taken_by == who.name,
        "done": DONE.get(request.args.get("done", ""), ""),
        "words": CASES,
        "outcomes": OUTCOMES,
        "reasons": REASONS,
        "by": BY,
        "state_words": {state.value: words for state, words in STATES.items()},
        "span": span,
        "act": f"/desk/cases/{case.id}",
        "members": Right.SEE_MEMBERS,
    }
    return page("desk/case.html", form=form, **facts)


def answered(number: int, name: str, form: Any, outcome: object, done: str) -> Response:
    """On to what was done; or the page again with why not, and with what was typed."""
    if sentence := _sentence(outcome):
        form.form_errors = [*form.form_errors, sentence]
        return show(number, name, form)
    return redirect(f"/desk/cases/{number}?done={done}")


def require(number: int, *kinds: CaseKind) -> Case:
    """The case of an act that only some kinds have (all without any named); 404 for any other."""
    case = desk_queue.case_of(office(), number)
    if case is None or (kinds and CaseKind(case.kind) not in kinds):
        abort(404)
    return case


def _sentence(outcome: object) -> str:
    match outcome:
        case Changed():
            return CHANGED
        case HeldBy(name):
            return HELD.format(name)
        case Unfinished(kind):
            return UNFINISHED[kind]
    return ""


def _seen(number: int, form: Any, opened: Opened) -> int:
    """The last note that the next form tells: whoever was not told of newer ones has not seen them."""
    kept = form is not None and CHANGED not in form.form_errors
    return glance(number).last if kept else opened.last


def _forms(case: Case, opened: Opened) -> dict[str, Form]:
    """The forms that a case has, empty."""
    forms: dict[str, Form] = {"note": NoteForm(formdata=None), "close": CloseForm(formdata=None)}
    forms["hand"] = HandForm(formdata=None, names=opened.colleagues)
    kind = CaseKind(case.kind)
    if kind is CaseKind.APPLICATION:
        forms |= {"limit": LimitForm(formdata=None), "ask": AskForm(formdata=None)}
    if kind in (CaseKind.MESSAGE, CaseKind.TRANSFER):
        forms["answer"] = AnswerForm.empty()
    return forms
