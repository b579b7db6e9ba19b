"""A forgotten or locked password: asking for the link, and setting a new one on the page it leads to."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response
from wtforms.validators import StopValidation

from madoguchi.domain.widths import digits_only, is_digits
from madoguchi.services import links, recovery
from madoguchi.services.links import Dead, Purpose, Weak
from madoguchi.services.recovery import Reset
from madoguchi.web import new_password
from madoguchi.web.forms import Form, NarrowField
from madoguchi.web.guard import public
from madoguchi.web.login_forms import MEMBER_NUMBER_DIGITS, WEB_ID, PasswordField
from madoguchi.web.new_password import AgainField, MailField
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("recovery", __name__)


class EitherField(NarrowField):
    """A Web-ID, or a member number in any grouping; nine digits alone may be both."""

    @property
    def number(self) -> str:
        """The member number, or ""."""
        digits = digits_only(self.data or "")
        return digits if is_digits(digits) and len(digits) == MEMBER_NUMBER_DIGITS else ""

    @property
    def web_id(self) -> str:
        """The Web-ID, or ""."""
        return self.data if self.data and WEB_ID.fullmatch(self.data) else ""

    def pre_validate(self, form: Any) -> None:
        """One of the two forms."""
        super().pre_validate(form)
        if self.data and not (self.number or self.web_id):
            raise StopValidation("Web-ID（8〜32文字の英数字）か、9桁の会員番号を入れてください")


class AskForm(Form):
    """Who asks for a link."""

    web_id_or_member_number = EitherField("Web-IDまたは会員番号")
    email = MailField("ご登録のメールアドレス")


class ResetForm(Form):
    """The password that is chosen."""

    password = PasswordField("新しいパスワード")
    password_again = AgainField("新しいパスワード（もう一度）")


@blueprint.get("/password/reset")
@public
def show() -> Response:
    """The form that asks for a link."""
    return page("recovery/ask.html", form=AskForm(formdata=None))


@blueprint.post("/password/reset")
@public
def ask() -> Response:
    """Send a link where ID and address belong together; the answer is the same where they do not."""
    form = AskForm()
    if not form.validate():
        return page("recovery/ask.html", form=form)
    if full := new_password.throttled():
        return full
    who = form.web_id_or_member_number
    recovery.ask(office(), who.number, who.web_id, form.email.data)
    return redirect("/password/reset/sent")


@blueprint.get("/password/reset/sent")
@public
def sent() -> Response:
    """What to do now, whether a letter is on its way or not."""
    return page("recovery/sent.html")


@blueprint.get("/password/reset/done")
@public
def done() -> Response:
    """The way to sign in with the new password."""
    return page("recovery/done.html")


@blueprint.get("/password/reset/<token>")
@public
def choose(token: str) -> Response:
    """The form behind the link; opening it uses nothing up."""
    if not links.is_good(office(), Purpose.PASSWORD, token):
        return new_password.dead()
    return _form(ResetForm(formdata=None))


@blueprint.post("/password/reset/<token>")
@public
def reset(token: str) -> Response:
    """Set the new password, once."""
    form = ResetForm()
    if not form.validate():
        return _form(form) if links.is_good(office(), Purpose.PASSWORD, token) else new_password.dead()
    match recovery.reset(office(), token, form.password.typed, new_password.browser()):
        case Reset():
            return redirect("/password/reset/done")
        case Weak(fault):
            form.password.errors = (new_password.sentence(fault),)
        case Dead():
            return new_password.dead()
    return _form(form)


@blueprint.post("/password/reset/<token>/estimate")
@public
def estimate(token: str) -> Response:
    """What the password typed so far is worth."""
    typed = ResetForm().password.typed
    verdict = links.weigh(office(), Purpose.PASSWORD, token, typed) if typed else None
    return new_password.estimate(verdict)


def _form(form: ResetForm) -> Response:
    return page("recovery/choose.html", form=form, signs=new_password.signs(office().rules.password))
