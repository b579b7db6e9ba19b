"""/desk/counter: the screen that is handed to a member at the counter, who types a PIN there."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, abort, g, request

from madoguchi.domain.agents import label
from madoguchi.domain.pins import PinFault
from madoguchi.domain.staff import Right
from madoguchi.domain.widths import digits_only
from madoguchi.services import counter, staff
from madoguchi.services.counter import Bad, Differ, Done, Over, Ticket
from madoguchi.services.staff import In, Wait
from madoguchi.web import cookies, limits
from madoguchi.web.desk.door import COOKIE, colleague, for_members_here, needs_right
from madoguchi.web.forms import Form, NarrowField, SecretField
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("desk_counter", __name__)
MOST = 10**15
PURPOSES: Final = {"new_pin": "新しいカードの暗証番号", "reset_pin": "暗証番号の再設定"}
FAULTS: Final = {
    PinFault.SHAPE: "暗証番号は4桁の数字で入れてください",
    PinFault.SAME: "同じ数字4つは使えません。ほかの番号にしてください",
    PinFault.RUN: "1234のように並んだ番号は使えません。ほかの番号にしてください",
    PinFault.BIRTHDAY: "生年月日から分かる番号は使えません。ほかの番号にしてください",
    PinFault.YEAR: "19や20で始まる番号は、年と分かりやすいため使えません。ほかの番号にしてください",
    PinFault.PHONE: "電話番号の中にある番号は使えません。ほかの番号にしてください",
}
DIFFER: Final = "2回の暗証番号が違います。もう一度、同じ番号を2回入れてください"
WRONG: Final = "パスワードか6桁の番号が違います。番号は一度使うと、次の番号に変わるまで使えません"


class PinForm(Form):
    """What the member types."""

    pin = SecretField("新しい暗証番号")
    pin_again = SecretField("新しい暗証番号（もう一度）")


class BackForm(Form):
    """What whoever lent the screen types to have it back."""

    password = SecretField("担当者のパスワード")
    code = NarrowField("認証アプリの番号", digits=True)


@blueprint.get(f"/desk/counter/<int(max={MOST}):number>")
@for_members_here
@needs_right(Right.CHECK_IDENTITY)
def show(number: int) -> Response:
    """To the desk the ticket; to the member, once the screen is handed over, the form."""
    ticket, lent = _found(number), colleague().counter
    if lent == number:
        return _screen(ticket, PinForm(formdata=None))
    if lent:
        return redirect(f"/desk/counter/{lent}")
    facts: dict[str, Any] = {"ticket": ticket, "usable": counter.is_open(office(), ticket)}
    return page("desk/counter-ticket.html", purpose=PURPOSES[ticket.purpose], **facts)


@blueprint.post(f"/desk/counter/<int(max={MOST}):number>/handover")
@needs_right(Right.CHECK_IDENTITY)
def hand_over(number: int) -> Response:
    """Hand the screen to the member: from now on this session opens nothing else."""
    counter.hand_over(office(), _found(number).id, colleague(), g.session_token)
    return redirect(f"/desk/counter/{number}")


@blueprint.post(f"/desk/counter/<int(max={MOST}):number>/pin")
@for_members_here
@needs_right(Right.CHECK_IDENTITY)
def set_pin(number: int) -> Response:
    """The member's new PIN."""
    ticket, form = _lent(number), PinForm()
    if not form.validate():
        return _screen(ticket, form)
    typed = digits_only(form.pin.data), digits_only(form.pin_again.data)
    outcome = counter.set_pin(office(), number, *typed, colleague())
    if isinstance(outcome, Done | Over):
        return redirect(f"/desk/counter/{number}")
    if isinstance(outcome, Bad):
        form.pin.errors = [FAULTS[outcome.fault]]
    if isinstance(outcome, Differ):
        form.pin_again.errors = [DIFFER]
    return _screen(ticket, form)


@blueprint.post(f"/desk/counter/<int(max={MOST}):number>/return")
@for_members_here
@needs_right(Right.CHECK_IDENTITY)
def take_back(number: int) -> Response:
    """Back to the desk, for whoever lent the screen alone: password and code, as at the door."""
    ticket, form = _lent(number), BackForm()
    if not form.validate():
        return _screen(ticket, PinForm(formdata=None), form)
    who, words = colleague(), label(request.user_agent.string)
    address = limits.block_of(limits.address_of(request.remote_addr))
    typed = who.name, form.password.data, form.code.data
    found = staff.sign_in(office(), *typed, gate=limits.gate(), address=address, label=words)
    if not isinstance(found, In):
        form.form_errors = [*form.form_errors, _why(found)]
        return _screen(ticket, PinForm(formdata=None), form)
    counter.take_back(office(), g.session_token, who)
    response = redirect(f"/desk/members/{ticket.number}")
    cookies.put(response, COOKIE, found.token)
    return response


def _why(found: Any) -> str:
    if isinstance(found, Wait):
        return "続けて間違えたため、しばらくお試しいただけません。時間をおいてお試しください"
    return WRONG


def _found(number: int) -> Ticket:
    return counter.read(office(), number) or abort(404)


def _lent(number: int) -> Ticket:
    """The ticket that this session is lent to; there is no other way to a PIN."""
    if colleague().counter != number:
        abort(404)
    return _found(number)


def _screen(ticket: Ticket, form: Any, back: Any = None) -> Response:
    back = back or BackForm(formdata=None)
    facts: dict[str, Any] = {"ticket": ticket, "usable": counter.is_open(office(), ticket), "back": back}
    wrong = {"wrong": True} if back.errors else {}
    status = 422 if back.errors else 200
    purpose = PURPOSES[ticket.purpose]
    return page("desk/counter.html", form=form, status=status, purpose=purpose, **facts, **wrong)
