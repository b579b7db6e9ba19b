"""The demo's mailbox: every letter and SMS that would have left the house, for people and for programs."""

from __future__ import annotations

import json
from typing import Final

from flask import Blueprint, Response

from madoguchi.ports import JAPAN
from madoguchi.services import demo
from madoguchi.web.guard import public
from madoguchi.web.letter_text import paragraphs
from madoguchi.web.office import office
from madoguchi.web.render import page

blueprint = Blueprint("demo_mail", __name__)

SHOWN: Final = 30
LISTED: Final = 200


@blueprint.get("/demo/mail")
@public
def mailbox() -> Response:
    """Show the newest letters, each whole."""
    letters = [(letter, paragraphs(letter.text)) for letter in demo.mail(office(), SHOWN)]
    return page("demo/mail.html", letters=letters)


@blueprint.get("/demo/mail.json")
@public
def mailbox_json() -> Response:
    """List the newest letters: `to`, `subject`, `text` and `at`, newest first."""
    rows = [
        {"to": m.to, "subject": m.subject, "text": m.text, "at": m.at.astimezone(JAPAN).isoformat()}
        for m in demo.mail(office(), LISTED)
    ]
    return Response(json.dumps(rows, ensure_ascii=False), mimetype="application/json")
