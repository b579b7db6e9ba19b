"""The demo's smartphone ATM: its screen with the QR code, its keys, and the notes it gives and takes."""

from __future__ import annotations

import secrets
from typing import Any, Final

from flask import Blueprint, Response, current_app
from wtforms import HiddenField

from madoguchi.domain import atm as machine
from madoguchi.domain.atm import Kind, NumberError, Stage
from madoguchi.web import atm_line
from madoguchi.web.forms import ChoiceField, Form, NarrowField, SecretField, YenField
from madoguchi.web.guard import public
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("demo_atm", __name__)

MACHINE: Final = "DEMO-001"
GONE: Final = 410
KINDS: Final = [(Kind.WITHDRAWAL.value, "お引き出し"), (Kind.DEPOSIT.value, "ご返済（お預け入れ）")]
# What the screen says when the question was not decided at all.
FAULTS: Final = {
    "malformed": "入れた内容を確かめてください。",
    "busy": "確認に時間がかかっています。少し待ってから、もう一度押してください。",
    "conflict": "この取引は、別の内容ですでに受け付けています。はじめからやり直してください。",
}
FAULT: Final = "いまは取引できません。少し待ってから、もう一度押してください。"


class KeysForm(Form):
    """What is typed at the machine; the key is made before the first press, so that two are one."""

    idempotency_key = HiddenField()
    kind = ChoiceField("取引", KINDS)
    company = NarrowField("企業番号", digits=True)
    pin = SecretField("暗証番号", required=False)
    amount = YenField("金額", 1, 10_000_000)


class NotesForm(Form):
    """The transaction that notes belong to."""

    transaction = HiddenField()


@blueprint.get("/demo/atm")
@public
def stand_before() -> Response:
    """The machine before anybody has begun."""
    return page("demo/atm.html")


@blueprint.post("/demo/atm")
@public
def begin() -> Response:
    """Show a new number."""
    digits = str(10**9 + secrets.randbelow(9 * 10**9))[: machine.DIGITS - 1]
    return redirect(f"/demo/atm/{machine.with_check(digits)}")


@blueprint.get("/demo/atm/<token>")
@public
def screen(token: str) -> Response:
    """The QR code with its number, and the keys."""
    return _screen(token, KeysForm(formdata=None, data={"kind": KINDS[0][0], "idempotency_key": _new()}))


@blueprint.get("/demo/atm/<token>/qr")
@public
def picture(token: str) -> Response:
    """The QR code: the member's page at this site with the number in it."""
    demo = office().demo
    if not _is_number(token) or demo is None or demo.qr is None:
        return _gone()
    site = current_app.config["FACE"].public_address
    return Response(demo.qr(f"{site}/atm?number={token}"), mimetype="image/svg+xml")


@blueprint.post("/demo/atm/<token>/authorise")
@public
def authorise(token: str) -> Response:
    """Ask whether it may be done; a refusal stands above the keys, to be typed anew."""
    form = KeysForm()
    if not _is_number(token):
        return _gone()
    if not form.validate():
        return _screen(token, form)
    answer = atm_line.call("/api/atm/authorise", _message(token, form))
    if answer.get("result") in (Stage.APPROVED, Stage.CONFIRMED, Stage.REVERSED):
        return _notes_page(token, answer)
    if "error" not in answer:  # it was decided; what is typed next is another question
        form.idempotency_key.data = _new()
    return _screen(token, form, answer)


@blueprint.post("/demo/atm/<token>/confirm")
@public
def confirm(token: str) -> Response:
    """Give or take the notes, if the authorisation stands."""
    return _notes(token, "/api/atm/confirm")


@blueprint.post("/demo/atm/<token>/reverse")
@public
def reverse(token: str) -> Response:
    """Give it up: no notes move."""
    return _notes(token, "/api/atm/reverse")


def _notes(token: str, path: str) -> Response:
    transaction = str(NotesForm().transaction.data or "")
    answer = atm_line.call(path, {"transaction": transaction})
    if not _is_number(token) or "error" in answer:
        return _gone()
    return _notes_page(token, answer)


def _notes_page(token: str, answer: dict[str, Any]) -> Response:
    minutes = office().rules.atm.confirm_minutes
    return page("demo/atm_notes.html", number=token, told=answer, minutes=minutes)


def _message(token: str, form: KeysForm) -> dict[str, Any]:
    asked = {
        "transaction": form.idempotency_key.data, "machine": MACHINE, "number": token,
        "company": form.company.data, "kind": form.kind.data, "amount": form.amount.data,
    }  # fmt: skip
    return asked | ({"pin": form.pin.data} if form.kind.data == Kind.WITHDRAWAL else {})


def _screen(token: str, form: KeysForm, answer: dict[str, Any] | None = None) -> Response:
    if not _is_number(token):
        return _gone()
    said = ""
    if answer:
        said = answer.get("message") or FAULTS.get(answer["error"], FAULT)
    picture = office().demo is not None and office().demo.qr is not None  # type: ignore[union-attr]
    facts = {"number": token, "shown": machine.shown(token), "picture": picture, "said": said}
    return page("demo/atm_screen.html", form=form, status=422 if said else 200, answer=answer, **facts)


def _is_number(token: str) -> bool:
    try:
        return machine.number_in(token) == token
    except NumberError:
        return False


def _gone() -> Response:
    return page("demo/atm_gone.html", status=GONE)


def _new() -> str:
    return f"demo-{secrets.token_hex(12)}"
