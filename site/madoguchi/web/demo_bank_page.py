"""/demo/bank/pay: the demo plays the member's bank, and how well it tells of payments can be chosen."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, request

from madoguchi.ports.bank_page import Played, Telling
from madoguchi.services import bank_page, repay
from madoguchi.web.forms import ChoiceField, Form
from madoguchi.web.guard import public
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("demo_bank_page", __name__)

LATE = timedelta(minutes=1)
TELLINGS = [
    (Telling.AT_ONCE.value, "すぐに1回"),
    (Telling.TWICE.value, "すぐに2回（同じ知らせの重複）"),
    (Telling.LATE.value, "1分後に1回（ブラウザを閉じても届くか）"),
    (Telling.FORGED.value, "偽の署名で（受け取られないはず）"),
    (Telling.OTHER_AMOUNT.value, "1円多い金額で（受け取られないはず）"),
]


class TellingForm(Form):
    """How the bank will tell the lender."""

    telling = ChoiceField("銀行から会員サイトへの知らせ方", choices=TELLINGS)


@blueprint.get("/demo/bank/pay")
@public
def show() -> Response:
    """The order as the bank sees it, and what became of it."""
    played = bank_page.played(office(), request.args)
    form = TellingForm(formdata=None, data={"telling": Telling.AT_ONCE.value})
    return _page(form, played)


@blueprint.post("/demo/bank/pay")
@public
def pay() -> Response:
    """Pay, as the member would at the bank."""
    return _settled(paid=True)


@blueprint.post("/demo/bank/decline")
@public
def decline() -> Response:
    """Turn round without paying."""
    return _settled(paid=False)


def _settled(paid: bool) -> Response:
    form = TellingForm()
    if not form.validate():
        return _page(form, bank_page.played(office(), request.args))
    bank_page.play(office(), request.args, paid, Telling(form.telling.data), LATE)
    return redirect("/demo/bank/pay?" + request.query_string.decode("ascii", "replace"))


def _page(form: TellingForm, played: Played | None) -> Response:
    query = request.query_string.decode("ascii", "replace")
    name = repay.bank_name(office(), played.order.bank_code) if played else ""
    return page("demo/bank-page.html", form=form, played=played, name=name, query=query)
