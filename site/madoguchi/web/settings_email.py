"""/settings/email: a new mail address, which is used once the link sent to it has been."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, g, request

from madoguchi.domain.rights import Action
from madoguchi.services import details, mail_change
from madoguchi.services.details import Detail
from madoguchi.services.mail_change import (
    Asked,
    Confirmed,
    JustSent,
    NothingWaits,
    Same,
    TooOften,
    Unreachable,
)
from madoguchi.web.forms import Form
from madoguchi.web.guard import needs, public
from madoguchi.web.new_password import GONE, MailField
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect
from madoguchi.web.settings_forms import PastLine, barred, past, past_wishes
from madoguchi.web.step_up import second_step

blueprint = Blueprint("settings_email", __name__)

HOME: Final = "/settings/email"
DONE: Final = {
    "sent": "確認のメールをお送りしました",
    "just": "さきほどお送りしたばかりです。届くまで、1分ほどお待ちください",
    "cancelled": "変更を取りやめました",
    "nothing": "確認を待っているアドレスはありません",
    "confirmed": "メールアドレスを変えました",
}
SHAPE: Final = "このアドレスには送れません。形をお確かめください（例 hanako@example.jp）"
SAME: Final = "いまのアドレスと同じです"


class MailForm(Form):
    """The new address."""

    email = MailField("新しいメールアドレス")

    def can_be_asked(self) -> bool:
        """Whether it is another address that letters reach; a second step is not asked for less."""
        match mail_change.refusal(office(), g.visitor.member_id, self.email.data):
            case Same():
                self.email.errors = (SAME,)
            case Unreachable():
                self.email.errors = (SHAPE,)
        return not self.email.errors


@blueprint.get(HOME)
@needs(Action.PROTECT)
def show() -> Response:
    """The address on file, the one that waits, and the form for another."""
    return _page(MailForm(formdata=None))


@blueprint.post(HOME)
@needs(Action.PROTECT)
def ask() -> Response:
    """Send the link to the new address, once the second step was passed."""
    form = MailForm()
    if not (form.validate() and form.can_be_asked()):
        return _page(form)
    if first := second_step():
        return first
    match mail_change.ask(office(), g.visitor.member_id, form.email.data):
        case Asked():
            return redirect(HOME + "?done=sent")
        case Same():
            form.email.errors = (SAME,)
        case Unreachable():
            form.email.errors = (SHAPE,)
        case TooOften(day):
            form.email.errors = (_later(day),)
    return _page(form)


@blueprint.post(HOME + "/link")
@needs(Action.PROTECT)
def again() -> Response:
    """Send another link to the address that waits."""
    outcome = mail_change.again(office(), g.visitor.member_id)
    if isinstance(outcome, TooOften):
        return _page(MailForm(formdata=None), status=429, later=_later(outcome.day))
    if isinstance(outcome, JustSent):
        return redirect(HOME + "?done=just")
    return redirect(HOME + ("?done=nothing" if isinstance(outcome, NothingWaits) else "?done=sent"))


@blueprint.post(HOME + "/cancellation")
@needs(Action.PROTECT)
def cancel() -> Response:
    """Take the wish back."""
    ended = mail_change.cancel(office(), g.visitor.member_id)
    return redirect(HOME + ("?done=cancelled" if ended else "?done=nothing"))


@blueprint.get(HOME + "/link")
@blueprint.get(HOME + "/cancellation")
@needs(Action.PROTECT)
def begin_again() -> Response:
    """Where a reload or a new sign-in leads."""
    return redirect(HOME)


@blueprint.get(HOME + "/confirm/<token>")
@public
def confirming(token: str) -> Response:
    """What the link confirms; opening it uses nothing up, and its address is shown to its member alone."""
    waiting = mail_change.behind(office(), token)
    if waiting is None:
        return page("settings/email_dead.html", status=GONE)
    own = g.visitor is not None and g.visitor.member_id == waiting.member_id
    return page("settings/email_confirm.html", waiting=waiting if own else None, own=own)


@blueprint.post(HOME + "/confirm/<token>")
@public
def confirm(token: str) -> Response:
    """Use the link: only the member who asked for it, signed in, can; a mailbox alone changes nothing."""
    if g.visitor is None:
        return redirect(f"{HOME}/confirm/{token}")
    outcome = mail_change.confirm(office(), g.visitor.member_id, token)
    if isinstance(outcome, Confirmed):
        return redirect(HOME + "?done=confirmed")
    return page("settings/email_dead.html", status=GONE)


def _later(day: bool) -> str:
    after = "1日" if day else "1時間"
    return (
        f"確認のメールを何度もお送りしたため、いまはお送りできません。{after}ほどおいてから、お試しください"
    )


def _past() -> list[PastLine]:
    """Changes, and wishes that came to nothing, the newest first."""
    changes = past(Detail.MAIL, lambda told: str(told["email"]))
    return sorted([*changes, *past_wishes()], key=lambda one: one.at, reverse=True)[: details.SHOWN]


def _page(form: MailForm, status: int = 200, later: str = "") -> Response:
    member_id = g.visitor.member_id
    waiting, came = mail_change.look(office(), member_id), request.args.get("done", "")
    return page(
        "settings/email.html",
        form=form,
        status=status,
        on_file=details.on_file(office(), member_id),
        waiting=waiting,
        over=waiting is not None and waiting.expires_at <= office().now(),
        lines=_past(),
        done=DONE.get(came),
        went_well=came not in ("just", "nothing"),
        barred=barred(),
        later=later,
    )
