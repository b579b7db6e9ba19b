"""/letters: the letters that were sent to the member, in full."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, abort, g, request

from madoguchi.domain.rights import Action
from madoguchi.services import sent_letters
from madoguchi.web.guard import needs
from madoguchi.web.letter_text import paragraphs
from madoguchi.web.office import office
from madoguchi.web.render import page

blueprint = Blueprint("letters", __name__)

MOST: Final = sent_letters.LARGEST


@blueprint.get("/letters")
@needs(Action.DOCUMENTS)
def pile() -> Response:
    """The newest letters; `before` turns the pages."""
    before = request.args.get("before", "")
    if before and not (before.isascii() and before.isdigit() and int(before) <= MOST):
        abort(404)
    seen = sent_letters.look(office(), g.visitor.member_id, int(before) if before else None)
    return page("letters/letters.html", seen=seen, further=bool(before))


@blueprint.get(f"/letters/<int(max={MOST}):number>")
@needs(Action.DOCUMENTS)
def show(number: int) -> Response:
    """One letter; another's number is as unknown as one that was never given."""
    found = sent_letters.one(office(), g.visitor.member_id, number) or abort(404)
    return page("letters/letter.html", letter=found, paragraphs=paragraphs(found.text))
