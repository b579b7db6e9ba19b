"""/desk/members: finding a member, and all that is known of one."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, abort, request

from madoguchi.domain.finding import By, Wish, understood
from madoguchi.domain.rights import Action
from madoguchi.domain.staff import Right
from madoguchi.services import dossier, finding
from madoguchi.web.desk.door import colleague, needs_right
from madoguchi.web.desk.row_words import dossier_words
from madoguchi.web.desk.words import ACTS_HERE, CASES, STATES
from madoguchi.web.forms import DayField, Form, NarrowField
from madoguchi.web.office import office
from madoguchi.web.render import page

blueprint = Blueprint("desk_members", __name__)

SHAPES: Final = (
    "会員番号（9桁）、カード番号の下4桁、電話番号、生年月日、お名前のカナのどれかを入れてください。"
    "漢字やローマ字では探せません"
)


class WishField(NarrowField):
    """One thing to look for, understood by its form."""

    def read(self, text: str) -> Wish:  # type: ignore[override]
        """What is looked for; raises ValueError with the sentence."""
        found = understood(text)
        if found is None:
            raise ValueError(SHAPES)
        return found

    def understood(self) -> str:
        """As it was understood."""
        return str(self.data.value)


class FindForm(Form):
    """What is known of a member."""

    q = WishField("探すもの")
    born = DayField("生年月日", required=False)


@blueprint.get("/desk/members")
@needs_right(Right.SEE_MEMBERS)
def find() -> Response:
    """The search, and who was found."""
    form = FindForm(formdata=request.args if "q" in request.args else None)
    found = None
    if "q" in request.args and form.validate():
        born = None if form.q.data.by is By.BIRTH_DATE else form.born.data
        found = finding.search(office(), form.q.data, born, colleague())
    return page("desk/members.html", form=form, found=found, states=STATES, most=finding.MOST)


@blueprint.get("/desk/members/<number>")
@needs_right(Right.SEE_MEMBERS)
def one(number: str) -> Response:
    """All that is known of one member."""
    found = dossier.open_at(office(), number, colleague()) or abort(404)
    who: Any = colleague()
    acts = [(path.format(number=number), words) for right, path, words in ACTS_HERE if who.may(right)]
    refused = [(action, found.rights.refusal(action)) for action in Action]
    return page(
        "desk/member.html",
        found=found,
        acts=acts,
        refused=[(action, denial) for action, denial in refused if denial],
        states=STATES,
        case_words=CASES,
        audit=Right.AUDIT,
        work_cases=Right.WORK_CASES,
        **dossier_words(),
    )
