"""/login/code: the second step of signing in."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, request

from madoguchi.domain.letters import Channel
from madoguchi.services import passkeys, second_sign_in
from madoguchi.services.codes import Sent, TooSoon
from madoguchi.services.second_sign_in import Gone, Waiting
from madoguchi.services.sessions import key_of
from madoguchi.services.tries import SignedIn
from madoguchi.web import code_forms, cookies, filters
from madoguchi.web.code_forms import AnswerForm, CodeForm, NextTimeForm
from madoguchi.web.guard import public
from madoguchi.web.login import next_path, place, welcome
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("login_code", __name__)


@blueprint.get("/login/code")
@public
def show() -> Response:
    """Asks for the code of a sign-in that waits; without one it begins anew."""
    waiting = second_sign_in.current(office(), _token())
    if waiting is None:
        return _anew()
    return _page(waiting, CodeForm(formdata=None))


@blueprint.post("/login/code")
@public
def finish() -> Response:
    """Sign in by a code, an app's code or a recovery code."""
    waiting = second_sign_in.current(office(), _token())
    if waiting is None:
        return _anew()
    form, then = CodeForm(), NextTimeForm(waiting).said
    if not form.validate():
        return _page(waiting, form)
    return _answer(second_sign_in.finish(office(), _token(), form.code.typed, then, place()), form)


@blueprint.post("/login/code/mail")
@public
def mail() -> Response:
    """Send another code by mail."""
    return _send(Channel.MAIL)


@blueprint.post("/login/code/text")
@public
def text() -> Response:
    """Send another code by SMS."""
    return _send(Channel.TEXT)


@blueprint.post("/login/code/passkey")
@public
def by_passkey() -> Response:
    """Sign in by one of the member's passkeys."""
    waiting = second_sign_in.current(office(), _token())
    if waiting is None:
        return _anew()
    form, then = CodeForm(formdata=None), NextTimeForm(waiting).said
    found = second_sign_in.finish_by_passkey(office(), _token(), AnswerForm().answer, then, place())
    if isinstance(found, SignedIn | Gone):
        return _answer(found, form)
    return _page(waiting, form, status=422, passkey_failed=True)


@blueprint.post("/login/code/passkey-options")
@public
def passkey_options() -> Response:
    """What the browser needs to use one of the member's passkeys."""
    waiting = second_sign_in.current(office(), _token())
    if waiting is None or not passkeys.offered_on(office(), request.host):
        return _anew()
    return code_forms.json(passkeys.to_prove(office(), key_of(_token()), waiting.member_id))


def _answer(outcome: second_sign_in.Outcome, form: CodeForm) -> Response:
    if isinstance(outcome, SignedIn):
        return welcome(outcome)
    waiting = second_sign_in.current(office(), _token())
    if isinstance(outcome, Gone) or waiting is None:
        return _anew()
    form.refuse(outcome, office().now())
    return _page(waiting, form)


def _send(channel: Channel) -> Response:
    outcome = second_sign_in.send_code(office(), _token(), channel)
    if isinstance(outcome, Sent):
        wished = next_path("")
        return redirect("/login/code?sent=1" + (f"&next={quote(wished, safe='/')}" if wished else ""))
    waiting = second_sign_in.current(office(), _token())
    if isinstance(outcome, Gone) or waiting is None:
        return _anew()
    form = CodeForm(formdata=None)
    at = filters.whole_minute(outcome.at) if isinstance(outcome, TooSoon) else None
    return _page(waiting, form, status=429, refused=True, next_at=at)


def _page(waiting: Waiting, form: CodeForm, status: int = 200, **facts: Any) -> Response:
    told = {"refused": False, "next_at": None, "passkey_failed": False} | facts
    return page(
        "second_step/code.html",
        form=form,
        status=status,
        asked=waiting,
        next_time=NextTimeForm(waiting).offered,
        now=office().now(),
        next=next_path(""),
        sent=request.args.get("sent") == "1",
        recovery=request.args.get("by") == "recovery",
        **told,
        **code_forms.passkeys_here(office()),
    )


def _anew() -> Response:
    response = redirect("/login")
    cookies.drop(response, "pending")
    return response


def _token() -> str:
    return request.cookies.get(cookies.name("pending"), "")
