"""/desk/keys: one's own passkeys at the desk; /desk/login/passkey: the way in by one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, g, request

from madoguchi.domain.agents import label
from madoguchi.services import staff_passkeys
from madoguchi.services.sessions import key_of
from madoguchi.services.staff import In, Wait, Wrong
from madoguchi.web import code_forms, cookies, limits
from madoguchi.web.code_forms import AnswerForm
from madoguchi.web.desk import door
from madoguchi.web.desk.sign_in import come_back, enter_by, refused
from madoguchi.web.forms import NarrowField, SecretField
from madoguchi.web.guard import public
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("desk_keys", __name__)

NAME = 30  # characters of a passkey's name
LARGEST = 2**63 - 1  # what a number in the books can be
WRONG = "パスワードと番号の組み合わせが違います。番号は一度使うと、次の番号に変わるまで使えません"
LOST = "パスキーを登録できませんでした。もう登録されているか、時間がたちすぎています。もう一度お試しください"


class KeyForm(AnswerForm):
    """A new passkey: what its owner calls it, and once more who sits there."""

    name = NarrowField("パスキーの名前", required=False)
    password = SecretField("パスワード")
    code = NarrowField("認証アプリの番号", digits=True)


@blueprint.post("/desk/login/passkey-options")
@public
def options() -> Response:
    """What the browser needs to use any passkey that it has for this site."""
    code_forms.only_here()
    return code_forms.json(staff_passkeys.to_prove(office(), _visit()))


@blueprint.post("/desk/login/passkey")
@public
def sign_in() -> Response:
    """Sign in by a passkey alone."""
    address = limits.block_of(limits.address_of(request.remote_addr))
    words = label(request.user_agent.string)
    found = staff_passkeys.sign_in(office(), _visit(), AnswerForm().answer, limits.gate(), address, words)
    return enter_by(found) if isinstance(found, In) else refused(found)


@blueprint.get("/desk/keys")
@door.anyone_here
def show() -> Response:
    """One's own passkeys, and the form that makes one."""
    return _page(KeyForm(formdata=None))


@blueprint.post("/desk/keys/options")
@door.anyone_here
def registration_options() -> Response:
    """What the browser needs to make a passkey."""
    code_forms.only_here()
    return code_forms.json(staff_passkeys.to_register(office(), door.colleague(), _binding()))


@blueprint.post("/desk/keys")
@door.anyone_here
def register() -> Response:
    """Keep the passkey that the browser made."""
    form = KeyForm()
    if not form.validate():
        return _page(form)
    name = (form.name.data or "")[:NAME]
    typed = form.password.data, form.code.data
    made = staff_passkeys.register(
        office(), door.colleague(), _binding(), form.answer, name, *typed, gate=limits.gate()
    )
    if made is True:
        return redirect("/desk/keys?done=made")
    if isinstance(made, Wait):
        return come_back(_page(form, status=429, until=made.until), made)
    form.form_errors = [*form.form_errors, WRONG if isinstance(made, Wrong) else LOST]
    return _page(form)


@blueprint.post("/desk/keys/<int:number>/removal")
@door.anyone_here
def remove(number: int) -> Response:
    """Forget one of one's own passkeys."""
    if number > LARGEST or not staff_passkeys.remove(office(), door.colleague(), number):
        abort(404)
    return redirect("/desk/keys?done=removed")


def _page(form: KeyForm, until: datetime | None = None, **facts: Any) -> Response:
    held = staff_passkeys.of(office(), door.colleague())
    here, done = code_forms.passkeys_here(office()), request.args.get("done")
    return page("desk/keys.html", form=form, held=held, done=done, until=until, **here, **facts)


def _binding() -> str:
    return "desk:" + key_of(g.session_token)


def _visit() -> str:
    """The visit that challenges are made for, apart from those of members' passkeys."""
    return "desk-visit:" + request.cookies.get(cookies.name("visit"), "")
