"""/applications: what one applied for, how far it is, what can be applied for and why not."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, abort, g, request

from madoguchi.domain.applications import REISSUE_REASONS, Kind, Stage
from madoguchi.domain.rights import Action
from madoguchi.services import application_views, applications, dormant
from madoguchi.services.applications import LONGEST, NothingOpen, Refused, Sent, Wish
from madoguchi.services.uploads import Ready
from madoguchi.web import refusal
from madoguchi.web.bodies import takes_files
from madoguchi.web.forms import Form, Typed
from madoguchi.web.guard import look_again, needs
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect
from madoguchi.web.uploads import FilesField, valid

blueprint = Blueprint("applications", __name__)

MOST: Final = 10**15  # more applications than there will ever be
PATHS: Final = {kind: "/applications/" + kind.value.replace("_", "-") for kind in Kind}


class WordsField(Typed):
    """A few sentences."""

    def read(self, text: str) -> str:
        """The words; raises ValueError when there are too many."""
        if len(text) > LONGEST:
            raise ValueError(f"{self.label.text}は{LONGEST}文字までで入れてください（いま{len(text)}文字）")
        return text.strip()


class AnswerForm(Form):
    """What the lender asked for."""

    words = WordsField("お返事")
    documents = FilesField("書類（なくてもかまいません）")


@blueprint.get("/applications")
def show() -> Response:
    """All of them."""
    seen = application_views.look(office(), g.visitor)
    told = {"paths": PATHS, "now": office().now(), "done": request.args.get("done", "")}
    told["refusal"] = g.visitor.rights.refusal(Action.APPLY)
    return page("applications/list.html", seen=seen, **told)


@blueprint.get(f"/applications/<int(max={MOST}):number>")
@needs(Action.DOCUMENTS)
def story(number: int) -> Response:
    """One of them with its story."""
    return _story(number, AnswerForm(formdata=None))


@blueprint.post(f"/applications/<int(max={MOST}):number>/withdrawal")
def withdraw(number: int) -> Response:
    """Take it back."""
    seen = application_views.story(office(), g.visitor, number) or abort(404)
    if seen.one.stage is Stage.WITHDRAWN:  # the same press again: it is as it was wished
        return redirect(f"/applications/{number}?done=withdrawn")
    if isinstance(applications.withdraw(office(), g.visitor, number), NothingOpen):
        return redirect(f"/applications/{number}?done=decided")
    return redirect(f"/applications/{number}?done=withdrawn")


@blueprint.post(f"/applications/<int(max={MOST}):number>/answers")
@takes_files
def answer(number: int) -> Response:
    """Answer what the lender asked."""
    form = AnswerForm()
    if not valid(form, "documents"):
        return _story(number, form)
    found = applications.answer(office(), g.visitor, number, form.words.data, form.documents.data)
    if isinstance(found, NothingOpen):
        return _story(number, AnswerForm(formdata=None), status=409, done="late")
    return redirect(f"/applications/{number}?done=answered")


@blueprint.post("/applications/keep")
def keep() -> Response:
    """Keep a contract that was to be closed because nobody used it."""
    dormant.keep(office(), g.visitor)
    return redirect("/applications?done=kept")


def send(wish: Wish, files: tuple[Ready, ...] = ()) -> Response:
    """Send an application, and show it or the rule against it."""
    return answered(applications.send(office(), g.visitor, wish, files))


def answered(outcome: Sent | Refused) -> Response:
    """Show what was sent, or the rule against it."""
    match outcome:
        case Sent(number):
            return redirect(f"/applications/{number}")
        case Refused(denial):
            look_again()
            return refusal.page(denial)


def refused(kind: Kind) -> Response | None:
    """The page of the rule against applying for a kind now, or None."""
    denial = application_views.refusal_of(office(), g.visitor, kind)
    return refusal.page(denial) if denial else None


def _story(number: int, form: AnswerForm, status: int = 200, done: str = "") -> Response:
    seen = application_views.story(office(), g.visitor, number) or abort(404)
    done, now = done or request.args.get("done", ""), office().now()
    told = {"seen": seen, "one": seen.one, "done": done, "now": now, "reasons": REISSUE_REASONS}
    return page("applications/story.html", form=form, status=status, **told)
