"""The session line: until when one is signed in, asked again or put off without leaving the page."""

from __future__ import annotations

import json
from typing import cast

from flask import Blueprint, Response, current_app, g, request

from madoguchi.domain.rights import Action
from madoguchi.services import sessions
from madoguchi.services.kept import take
from madoguchi.web import code_forms, filters, kept
from madoguchi.web.frame import Frame
from madoguchi.web.guard import needs, unnoticed
from madoguchi.web.office import office
from madoguchi.web.render import page, piece, redirect, wants_part

blueprint = Blueprint("session", __name__)


@blueprint.get("/session/extend")
@needs(Action.SIGN_IN)
@unnoticed
def show() -> Response:
    """Until when, as it stands: another tab may have put it off. Asking puts nothing off."""
    return _answer("")


@blueprint.post("/session/extend")
@needs(Action.SIGN_IN)
def extend() -> Response:
    """Stay signed in. What is typed stays: script swaps the line alone, without it a new tab opens."""
    before = g.visitor.ends_at
    sessions.extend(office(), g.session_token)
    g.visitor = sessions.current(office(), g.session_token) or g.visitor
    ends = filters.clock(g.visitor.ends_at).striptags()
    last = g.visitor.warn and g.visitor.ends_at == before
    return _answer(f"これ以上は延長できません。{ends}まで使えます" if last else f"{ends}まで延長しました")


@blueprint.post(kept.UNSENT)
@needs(Action.SIGN_IN)
def keep_typed() -> Response:
    """Another tab put the end off in the last moment: back to the page, with what was typed on it.

    Once the session is over the guard sets it aside and leads to sign-in.
    """
    return redirect(kept.set_aside() or "/home")


@blueprint.post(kept.UNSENT + "/<name>")
@needs(Action.SIGN_IN)
def put_back(name: str) -> Response:
    """What was typed on a page before the session ran out, as JSON: once, to its owner, for that page."""
    typed = take(office(), g.visitor.member_id, name, request.form.get("path", ""))
    return code_forms.json(json.dumps(typed or {}))


def _answer(said: str) -> Response:
    if wants_part():
        frame = cast("Frame", current_app.jinja_env.globals["frame"])
        return piece(frame.session_line(g.visitor, said))
    return page("session/extended.html", said=said)
