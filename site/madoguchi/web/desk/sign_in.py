"""/desk/login: the desk's own way in, with a password and an app's code together; and out again."""

from __future__ import annotations

from math import ceil
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, g, request

from madoguchi.domain.agents import label
from madoguchi.services import staff, staff_sessions
from madoguchi.services.staff import In, Wait, Wrong
from madoguchi.web import code_forms, cookies, limits
from madoguchi.web.desk import door
from madoguchi.web.desk.frame import menu_of
from madoguchi.web.desk.here import is_here
from madoguchi.web.forms import Form, NarrowField, SecretField
from madoguchi.web.guard import public
from madoguchi.web.office import office
from madoguchi.web.render import answers_get, is_own_path, page, redirect

blueprint = Blueprint("desk_sign_in", __name__)

WRONG = "名前・パスワード・6桁の番号の組み合わせが違います。番号は一度使うと、次の番号に変わるまで使えません"
WRONG_KEY = "このパスキーではログインできません。名前とパスワードで入り、「パスキー」の画面でご確認ください"


class SignInForm(Form):
    """All three in one try."""

    staff_name = NarrowField("名前")
    password = SecretField("パスワード")
    code = NarrowField("認証アプリの番号", digits=True)


@blueprint.get("/desk/login")
@public
def show() -> Response:
    """The form; whoever is signed in already goes on."""
    return redirect(_next()) if g.colleague else _page(SignInForm(formdata=None))


@blueprint.post("/desk/login")
@public
def enter() -> Response:
    """Sign in."""
    form = SignInForm()
    if not form.validate():
        return _page(form)
    address = limits.block_of(limits.address_of(request.remote_addr))
    typed = form.staff_name.data, form.password.data, form.code.data
    words = label(request.user_agent.string)
    found = staff.sign_in(office(), *typed, gate=limits.gate(), address=address, label=words)
    return enter_by(found) if isinstance(found, In) else refused(found, form)


def enter_by(found: In) -> Response:
    """Go on with the session that began."""
    response = redirect(_next())
    cookies.put(response, door.COOKIE, found.token)
    cookies.drop(response, "visit")
    return response


def refused(found: Wrong | Wait, form: SignInForm | None = None) -> Response:
    """Say that nobody was let in; without `form` it was a passkey that did not do."""
    wrong = WRONG if form else WRONG_KEY
    form = form or SignInForm(formdata=None)
    if isinstance(found, Wait):
        return come_back(_page(form, status=429, until=found.until), found)
    form.form_errors = [*form.form_errors, wrong]
    return _page(form)


def come_back(response: Response, wait: Wait) -> Response:
    """The same answer, with the seconds after which a try is looked at again."""
    seconds = ceil((wait.until - office().now()).total_seconds())
    response.headers["Retry-After"] = str(max(1, seconds))
    return response


@blueprint.get("/desk/home")
@door.anyone_here
def home() -> Response:
    """The pages that one may open."""
    return page("desk/home.html", menu=menu_of(door.colleague(), current_app.jinja_env))


@blueprint.post("/desk/extend")
@door.anyone_here
def extend() -> Response:
    """The look at this page has begun the idle time anew; back to where one was."""
    return redirect(_back())


@blueprint.post("/desk/logout")
@door.anyone_here
def leave() -> Response:
    """End the session."""
    staff_sessions.sign_out(office(), g.session_token, door.colleague())
    response = redirect("/desk/login")
    cookies.drop(response, door.COOKIE)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _page(form: SignInForm, status: int = 200, until: Any = None) -> Response:
    here = code_forms.passkeys_here(office())
    return page("desk/sign-in.html", form=form, status=status, until=until, next=_next(""), **here)


def _next(otherwise: str = "/desk/home") -> str:
    """Where one was going: a page of the desk that can be gone to."""
    wished = request.form.get("next") or request.args.get("next") or ""
    path = urlsplit(wished).path if is_own_path(wished) else ""
    fits = is_here(path) and path != "/desk/login" and answers_get(path)
    return wished if fits else otherwise


def _back() -> str:
    came = urlsplit(request.referrer or "")
    path = came.path + (f"?{came.query}" if came.query else "")
    return path if is_own_path(path) and is_here(came.path) and answers_get(came.path) else "/desk/home"
