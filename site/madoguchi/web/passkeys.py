"""Passkeys: registered and removed in the settings, and a way in of their own."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, request

from madoguchi.domain.rights import Action
from madoguchi.services import passkeys
from madoguchi.services.passkeys import Refused
from madoguchi.services.sessions import key_of
from madoguchi.services.tries import Route, Waiting
from madoguchi.web import code_forms, cookies
from madoguchi.web.code_forms import AnswerForm
from madoguchi.web.forms import NarrowField
from madoguchi.web.guard import needs, public
from madoguchi.web.login import next_path, place, wait, welcome
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect
from madoguchi.web.second_step import HOME
from madoguchi.web.step_up import needs_step_up

blueprint = Blueprint("passkeys", __name__)

NAME = 30  # characters of a passkey's name
LARGEST = 2**63 - 1  # what a number in the books can be


class PasskeyForm(AnswerForm):
    """A new passkey and what its owner calls it."""

    name = NarrowField("パスキーの名前", required=False)


@blueprint.post("/login/passkey-options")
@public
def options() -> Response:
    """What the browser needs to use any passkey that it has for this site."""
    code_forms.only_here()
    return code_forms.json(passkeys.to_prove(office(), _visit()))


@blueprint.post("/login/passkey")
@public
def sign_in() -> Response:
    """Sign in by a passkey alone."""
    found = passkeys.sign_in(office(), _visit(), AnswerForm().answer, place())
    if isinstance(found, Waiting):
        return wait(Route.WEB_ID, found.until)
    if isinstance(found, Refused):
        return page("second_step/refused.html", status=422, next=next_path(""))
    return welcome(found)


@blueprint.get("/settings/security/passkeys")
@needs(Action.PROTECT)
@needs_step_up
def show() -> Response:
    """The form that makes one; the second step comes first, so that the authenticator is asked once."""
    facts = code_forms.passkeys_here(office())
    return page("second_step/passkey.html", form=PasskeyForm(formdata=None), failed=False, **facts)


@blueprint.post("/settings/security/passkeys/options")
@needs(Action.PROTECT)
@needs_step_up
def registration_options() -> Response:
    """What the browser needs to make a passkey."""
    code_forms.only_here()
    who = g.visitor
    made = passkeys.to_register(office(), who.member_id, who.number, key_of(g.session_token))
    return code_forms.json(made)


@blueprint.post("/settings/security/passkeys")
@needs(Action.PROTECT)
@needs_step_up
def register() -> Response:
    """Keep the passkey that the browser made."""
    form, binding = PasskeyForm(), key_of(g.session_token)
    name = (form.name.data or "")[:NAME] or "名前のないパスキー"
    if passkeys.register(office(), g.visitor.member_id, binding, form.answer, name):
        return redirect(HOME + "?done=passkey")
    facts = code_forms.passkeys_here(office())
    return page("second_step/passkey.html", status=422, form=form, failed=True, **facts)


@blueprint.post("/settings/security/passkeys/<int:number>/removal")
@needs(Action.PROTECT)
@needs_step_up
def remove(number: int) -> Response:
    """Forget one of the member's own passkeys."""
    if number > LARGEST or not passkeys.remove(office(), g.visitor.member_id, number):
        abort(404)
    return redirect(HOME + "?done=no-passkey")


def _visit() -> str:
    """The visit that challenges are made for; the form's token proved that there is one."""
    return "visit:" + request.cookies.get(cookies.name("visit"), "")
