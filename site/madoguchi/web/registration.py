"""Registering a Web-ID: asking for the link, and choosing Web-ID and password on the page it leads to."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response
from wtforms.validators import StopValidation

from madoguchi.domain.widths import is_digits
from madoguchi.services import links, registration
from madoguchi.services.links import Dead, Purpose, Weak
from madoguchi.services.registration import Registered, Taken
from madoguchi.web import new_password
from madoguchi.web.forms import Form, NarrowField
from madoguchi.web.guard import public
from madoguchi.web.login_forms import MEMBER_NUMBER_DIGITS, WEB_ID, PasswordField, WebIdField
from madoguchi.web.new_password import AgainField, MailField
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("registration", __name__)

TAKEN = "このWeb-IDは使えません。ほかの方のものと同じか、大文字・小文字だけが違います。別のIDにしてください"

DIGITS_ALONE = (
    "数字だけのWeb-IDは、会員番号やカード番号と間違えやすいため使えません。英字を1文字以上入れてください"
)


class MemberNumberField(NarrowField):
    """Nine digits in any width and grouping."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, digits=True, **kwargs)

    def pre_validate(self, form: Any) -> None:
        """A card number is longer, and told so."""
        super().pre_validate(form)
        if self.data and not (is_digits(self.data) and len(self.data) == MEMBER_NUMBER_DIGITS):
            raise StopValidation("会員番号は9桁の数字です（カード番号ではありません）")


class NewWebIdField(WebIdField):
    """A Web-ID that is being chosen."""

    def pre_validate(self, form: Any) -> None:
        """Digits alone would be taken for a member number or a card number, by people and by pages."""
        super().pre_validate(form)
        if self.data and is_digits(self.data):
            raise StopValidation(DIGITS_ALONE)


class AskForm(Form):
    """Who asks for a link."""

    member_number = MemberNumberField("会員番号")
    email = MailField("ご登録のメールアドレス")


class RegisterForm(Form):
    """The Web-ID and the password that are chosen."""

    web_id = NewWebIdField("Web-ID")
    password = PasswordField("パスワード")
    password_again = AgainField("パスワード（もう一度）")


@blueprint.get("/web-id/register")
@public
def show() -> Response:
    """The form that asks for a link."""
    return page("registration/ask.html", form=AskForm(formdata=None))


@blueprint.post("/web-id/register")
@public
def ask() -> Response:
    """Send a link where number and address belong together; the answer is the same where they do not."""
    form = AskForm()
    if not form.validate():
        return page("registration/ask.html", form=form)
    if full := new_password.throttled():
        return full
    registration.ask(office(), form.member_number.data, form.email.data)
    return redirect("/web-id/register/sent")


@blueprint.get("/web-id/register/sent")
@public
def sent() -> Response:
    """What to do now, whether a letter is on its way or not."""
    return page("registration/sent.html")


@blueprint.get("/web-id/register/done")
@public
def done() -> Response:
    """The way to sign in with the new Web-ID."""
    return page("registration/done.html")


@blueprint.get("/web-id/register/<token>")
@public
def choose(token: str) -> Response:
    """The form behind the link; opening it uses nothing up."""
    if not links.is_good(office(), Purpose.WEB_ID, token):
        return new_password.dead()
    return _form(RegisterForm(formdata=None))


@blueprint.post("/web-id/register/<token>")
@public
def register(token: str) -> Response:
    """Set Web-ID and password, once."""
    form = RegisterForm()
    if not form.validate():
        return _form(form) if links.is_good(office(), Purpose.WEB_ID, token) else new_password.dead()
    browser = new_password.browser()
    match registration.register(office(), token, form.web_id.data, form.password.typed, browser):
        case Registered():
            return redirect("/web-id/register/done")
        case Taken(fault):
            form.web_id.errors = (TAKEN,)
            if fault:
                form.password.errors = (new_password.sentence(fault),)
        case Weak(fault):
            form.password.errors = (new_password.sentence(fault),)
        case Dead():
            return new_password.dead()
    return _form(form)


@blueprint.post("/web-id/register/<token>/estimate")
@public
def estimate(token: str) -> Response:
    """What the password typed so far is worth, beside the Web-ID typed so far."""
    form = RegisterForm()
    web_id = form.web_id.data or ""
    typed, chosen = form.password.typed, web_id if WEB_ID.fullmatch(web_id) else ""
    verdict = links.weigh(office(), Purpose.WEB_ID, token, typed, chosen) if typed else None
    return new_password.estimate(verdict)


def _form(form: RegisterForm) -> Response:
    return page("registration/choose.html", form=form, signs=new_password.signs(office().rules.password))
