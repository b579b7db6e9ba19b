"""A member's own pages as the desk sees them: at their own addresses, read only, and only those listed."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, abort, g, request

from madoguchi.domain.rights import Action
from madoguchi.domain.staff import Right
from madoguchi.services import looks, staff
from madoguchi.web import cookies, refusal
from madoguchi.web.desk.door import COOKIE as DESK
from madoguchi.web.desk.door import colleague, needs_right
from madoguchi.web.desk.forms import WordsField
from madoguchi.web.desk.here import LOOKING
from madoguchi.web.desk.words import CASES
from madoguchi.web.forms import ChoiceField, Form, SelectChoice
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("desk_look", __name__)

NO_LOOK: Final = object()  # nobody is looked at: the request is what it would be without the cookie
SAFE: Final = ("GET", "HEAD")
NEW: Final = "new"

# What can be looked at, each with what is below it. Not here: secrets of the second step, codes and typed
# data that wait, whatever leads out of the site, and everything that a new page brings until it is put here.
SHOWN: Final = (
    "/home", "/history", "/interest", "/borrow", "/repay", "/autopay", "/documents", "/points", "/coupons",
    "/notices", "/applications", "/messages", "/card", "/letters",
    "/uploads",
)  # fmt: skip
SHOWN_ALONE: Final = ("/settings", "/settings/security", "/settings/reminders", "/settings/documents",
                      "/settings/borrow-stop")  # fmt: skip


class LookForm(Form):
    """For which case, and why."""

    case = ChoiceField("どの案件のためか", [])
    reason = WordsField("見る理由")

    def __init__(self, number: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        held = [
            (str(case.id), f"案件 {case.id}（{CASES[case.kind]}）")
            for case in looks.open_cases(office(), number)
        ]
        choices = [*held, (NEW, "電話でのご相談（新しい案件を作る）")]
        self.case.choices = [SelectChoice(value, words) for value, words in choices]


@blueprint.get("/desk/members/<number>/look")
@needs_right(Right.SEE_AS_MEMBER)
def ask(number: str) -> Response:
    """Ask for the case and the reason first."""
    return page("desk/look.html", form=LookForm(number, formdata=None), number=number)


@blueprint.post("/desk/members/<number>/look")
@needs_right(Right.SEE_AS_MEMBER)
def begin(number: str) -> Response:
    """Begin to look."""
    form = LookForm(number)
    if not form.validate():
        return page("desk/look.html", form=form, number=number)
    case_id = None if form.case.data == NEW else int(form.case.data)
    token = looks.begin(office(), number, case_id, form.reason.words, colleague(), g.session_token)
    if token is None:
        abort(404)
    response = redirect("/home")
    cookies.put(response, LOOKING, token)
    return response


@blueprint.post("/desk/look/end")
@needs_right(Right.SEE_AS_MEMBER)
def end() -> Response:
    """Stop looking."""
    looks.end(office(), cookies.read(LOOKING))
    response = redirect("/desk/members")
    cookies.drop(response, LOOKING)
    return response


def is_shown(path: str) -> bool:
    """Whether an address is one of those that can be looked at."""
    below = any(path == one or path.startswith((one + "/", one + ".")) for one in SHOWN)
    return below or path in SHOWN_ALONE


def check(token: str, view: Any) -> Any:
    """Let the desk look at a page, read only; NO_LOOK where its session is over or the page is public."""
    session = cookies.read(DESK)
    who = staff.current(office(), session) if session else None
    if who is None or who.counter or view is None or getattr(view, "is_public", False):
        return NO_LOOK
    g.visitor, g.session_token = None, session
    looking = looks.current(office(), token, session)
    if looking is None or not who.may(Right.SEE_AS_MEMBER):
        return _over()
    if request.method not in SAFE or not is_shown(request.path):
        return page("desk/look-refused.html", status=403)
    looks.note_page(office(), looking.look, request.path)
    g.visitor = looking.visitor
    office().store.only_read(True)
    denial = looking.visitor.rights.refusal(getattr(view, "needs_action", Action.SEE))
    return refusal.page(denial) if denial else None


def _over() -> Response:
    """The time is up: the next request is an ordinary one."""
    response = page("desk/look-over.html", status=403)
    cookies.drop(response, LOOKING)
    return response
