"""/login/unlock and /login/with-code: lifting a wait or a hold, and signing in while a code comes first."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from madoguchi.domain.codes import read
from madoguchi.domain.letters import Channel
from madoguchi.services import codes, unlock
from madoguchi.services.proofs import Given
from madoguchi.services.tries import Locked, Route, SignedIn, Waiting
from madoguchi.services.unlock import (
    Aim,
    Begun,
    Gone,
    Lifted,
    Outcome,
    ProofMissing,
    Proved,
    UsedCode,
    WrongCode,
    WrongSecret,
)
from madoguchi.web import shut, with_code
from madoguchi.web.guard import public
from madoguchi.web.login import mail_code, place, wait, welcome
from madoguchi.web.login_forms import CardForm, WebIdForm
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect
from madoguchi.web.with_code_form import WithCodeForm

blueprint = Blueprint("unlock", __name__)


@blueprint.get("/login/unlock")
@public
def show() -> Response:
    """What a mailed code can lift, and the two forms that ask for one."""
    return _ways()


@blueprint.post("/login/unlock/card")
@public
def by_card() -> Response:
    """Mail a code for a card number."""
    form = _card()
    if not form.validate():
        return _ways(card=form, form=form)
    return mail_code(Aim.UNLOCK, Route.CARD, form.identifier)


@blueprint.post("/login/unlock/web-id")
@public
def by_web_id() -> Response:
    """Mail a code for a Web-ID."""
    form = _web()
    if not form.validate():
        return _ways(web=form, form=form)
    return mail_code(Aim.UNLOCK, Route.WEB_ID, form.identifier)


@blueprint.get(with_code.PATH)
@public
def ask() -> Response:
    """The form for code and secret, the same whatever was typed before."""
    if not with_code.token():
        return redirect("/login/unlock")
    begun = unlock.current(office(), with_code.token())
    return with_code.form(begun) if begun else with_code.gone()


@blueprint.post(with_code.PATH)
@public
def enter() -> Response:
    """Sign in with code and secret together."""
    begun = unlock.current(office(), with_code.token())
    if begun is None:
        return with_code.gone()
    form = WithCodeForm(begun)
    if not form.validate():
        return with_code.form(begun, form)
    given = Given(form.pin_digits, form.password.typed, form.factor.typed)
    understood = read(form.code.typed)
    digits = understood.digits if understood else ""
    outcome = unlock.enter(office(), with_code.token(), digits, given, place(bool(form.remember.data)))
    return _answer(outcome, begun, form)


def _answer(outcome: Outcome, begun: Begun, form: WithCodeForm) -> Response:
    now = unlock.current(office(), with_code.token())
    match outcome:
        case SignedIn():
            return welcome(outcome)
        case Waiting(until):
            return wait(begun.route, until)
        case Locked():
            return shut.locked(begun.route, begun.identifier, outcome)
        case Gone():
            return with_code.gone()
        case Lifted(did):
            return with_code.form(now, lifted="freed" if did else "right") if now else with_code.gone()
        case Proved():
            return with_code.form(now) if now else with_code.gone()
        case WrongCode():
            form.mark_wrong_code()
            return with_code.form(begun, form)
        case ProofMissing():
            form.mark_missing_proof()
            return with_code.form(now or begun, form)
        case UsedCode():
            form.mark_used_code()
            return with_code.form(now or begun, form)
        case WrongSecret():
            form.mark_wrong_secret()
            return with_code.form(now or begun, form)


def _ways(card: CardForm | None = None, web: WebIdForm | None = None, form: Any = None) -> Response:
    card, web = card or _card(formdata=None), web or _web(formdata=None)
    texts = codes.carried(office(), Channel.TEXT)
    return page("login/unlock.html", form=form or card, card=card, web=web, texts=texts)


def _card(**how: Any) -> CardForm:
    form = CardForm(office().rules.sign_in.card_digits, **how)
    form.code_first = True
    return form


def _web(**how: Any) -> WebIdForm:
    form = WebIdForm(**how)
    form.code_first = True
    return form
