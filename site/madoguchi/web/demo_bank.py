"""The demo's bank: how it behaves, and the money that reached members' accounts."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, request
from wtforms.fields.choices import SelectChoice

from madoguchi.ports.bank import Temper, Trouble
from madoguchi.services import play_bank
from madoguchi.web.forms import ChoiceField, CountField, Form
from madoguchi.web.guard import public
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("demo_bank", __name__)

SHOWN: Final = 30
LONGEST_DELAY: Final = 3600
TROUBLES: Final = [
    (Trouble.NONE.value, "すぐに返事をする"),
    (Trouble.NOT_REACHED.value, "時間切れ（銀行に届かない）"),
    (Trouble.ANSWER_LOST.value, "時間切れ（銀行には届くが、返事が失われる）"),
]
STATES: Final = {
    "taken": "処理中",
    "paid": "振込済み",
    "refused": "お断り",
    "closed": "届く前に打ち切り",
}


class TemperForm(Form):
    """How the bank is to behave."""

    delay_seconds = CountField("振り込むまでの秒数", 0, LONGEST_DELAY, "秒")
    refusal = ChoiceField("振込の結果", choices=[])
    sending = ChoiceField("振込の依頼への返事", choices=TROUBLES)
    asking = ChoiceField("結果の問い合わせへの返事", choices=TROUBLES)


@blueprint.get("/demo/bank")
@public
def show() -> Response:
    """The bank's temper and its newest orders."""
    now = play_bank.temper(office())
    told = {"sending": now.sending.value, "asking": now.asking.value, "refusal": now.refusal}
    form = _form(formdata=None, data=told | {"delay_seconds": now.delay_seconds})
    return _page(form, done=request.args.get("done") == "temper")


@blueprint.post("/demo/bank/temper")
@public
def put_into() -> Response:
    """Let it behave so from now on."""
    form = _form()
    if not form.validate():
        return _page(form, done=False)
    wished = Temper(
        form.delay_seconds.data, form.refusal.data, Trouble(form.sending.data), Trouble(form.asking.data)
    )
    play_bank.put_into(office(), wished)
    return redirect("/demo/bank?done=temper")


def _form(**how: object) -> TemperForm:
    form = TemperForm(**how)
    said = play_bank.refusals(office()).items()
    words = [("", "振り込む"), *((code, f"断る：{reason}") for code, reason in said)]
    form.refusal.choices = [SelectChoice(code, told) for code, told in words]
    return form


def _page(form: TemperForm, done: bool) -> Response:
    received = play_bank.newest(office(), SHOWN)
    return page("demo/bank.html", form=form, done=done, received=received, states=STATES)
