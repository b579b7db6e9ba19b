"""/settings/security/second-step: when to be asked, an authenticator app, recovery codes."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, abort, g, request

from madoguchi.domain.codes import Level
from madoguchi.domain.rights import Action
from madoguchi.services import passkeys, second_step, totp
from madoguchi.web import code_forms
from madoguchi.web.code_forms import CodeForm
from madoguchi.web.forms import ChoiceField, Form, SelectChoice
from madoguchi.web.guard import needs
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect
from madoguchi.web.step_up import needs_step_up

blueprint = Blueprint("second_step", __name__)

HOME: Final = "/settings/security/second-step"
LEVELS: Final = [
    ("off", "使わない"),
    ("new_device", "新しい端末でログインするとき"),
    ("always", "ログインするたび"),
]
DONE: Final = {
    "level": "2段階認証の使い方を変えました",
    "totp": "認証アプリを登録しました",
    "no-totp": "認証アプリの登録を消しました",
    "passkey": "パスキーを登録しました",
    "no-passkey": "パスキーの登録を消しました",
}


class LevelForm(Form):
    """When to be asked."""

    level = ChoiceField("2段階認証を使うとき", LEVELS)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        site = office().rules.sign_in.second_step
        if site is not Level.OFF:  # nobody can switch off what the lender asks of everybody
            words = f"会員サイトの決まりのとおり（{dict(LEVELS)[site.value]}）"
            self.level.choices = [SelectChoice("off", words), *self.level.choices[1:]]


@blueprint.get(HOME)
@needs(Action.PROTECT)
def show() -> Response:
    """What stands, and everything that can be changed; each change asks for the second step first."""
    chosen = second_step.chosen(office(), g.visitor.member_id)
    return _page(LevelForm(formdata=None, level=chosen.level.value))


@blueprint.post(HOME)
@needs(Action.PROTECT)
@needs_step_up
def choose() -> Response:
    """Say when to be asked; whoever begins is shown recovery codes, this once."""
    form = LevelForm()
    if not form.validate():
        return _page(form)
    made = second_step.choose(office(), g.visitor.member_id, Level(form.level.data))
    return _recovery(made, begun=True) if made else redirect(HOME + "?done=level")


@blueprint.post("/settings/security/recovery-codes")
@needs(Action.PROTECT)
@needs_step_up
def recovery_codes() -> Response:
    """Ten new ones, shown this once; the old ones are dead."""
    return _recovery(second_step.renew_recovery(office(), g.visitor.member_id), begun=False)


@blueprint.post("/settings/security/totp")
@needs(Action.PROTECT)
@needs_step_up
def propose_totp() -> Response:
    """Make a secret for an authenticator app."""
    totp.propose(office(), g.visitor.member_id)
    return redirect("/settings/security/totp")


@blueprint.get("/settings/security/totp")
@needs(Action.PROTECT)
@needs_step_up
def show_totp() -> Response:
    """The secret, to be read by the app's camera or typed, and the form that takes its first code."""
    proposal = totp.proposed(office(), g.visitor.member_id)
    if proposal is None:
        return redirect(HOME)
    return _totp(CodeForm(formdata=None), proposal)


@blueprint.get("/settings/security/totp/picture")
@needs(Action.PROTECT)
@needs_step_up
def totp_picture() -> Response:
    """The QR code."""
    picture = totp.picture(office(), g.visitor.member_id, g.visitor.number)
    if picture is None:
        abort(404)
    return Response(picture, mimetype="image/svg+xml")


@blueprint.post("/settings/security/totp/confirmation")
@needs(Action.PROTECT)
@needs_step_up
def accept_totp() -> Response:
    """Take the app into use once it has shown a right code."""
    form, proposal = CodeForm(), totp.proposed(office(), g.visitor.member_id)
    if proposal is None:
        return redirect(HOME)
    if form.validate() and totp.accept(office(), g.visitor.member_id, form.code.typed):
        return redirect(HOME + "?done=totp")
    if not form.code.errors:
        form.code.errors = ("コードが違います。アプリにいま出ている6桁と、端末の時刻をお確かめください",)
    return _totp(form, proposal)


@blueprint.post("/settings/security/totp/removal")
@needs(Action.PROTECT)
@needs_step_up
def remove_totp() -> Response:
    """Forget the app."""
    totp.remove(office(), g.visitor.member_id)
    return redirect(HOME + "?done=no-totp")


def _page(form: LevelForm, **facts: Any) -> Response:
    return page(
        "second_step/settings.html",
        form=form,
        chosen=second_step.chosen(office(), g.visitor.member_id),
        passkeys=passkeys.of_member(office(), g.visitor.member_id),
        done=DONE.get(request.args.get("done", "")),
        **code_forms.passkeys_here(office()),
    )


def _totp(form: CodeForm, proposal: totp.Proposal) -> Response:
    shown = totp.demo_code(office(), g.visitor.member_id)
    return page("second_step/totp.html", form=form, proposal=proposal, demo_code=shown)


def _recovery(made: tuple[str, ...], begun: bool) -> Response:
    return page("second_step/recovery.html", codes=made, begun=begun)
