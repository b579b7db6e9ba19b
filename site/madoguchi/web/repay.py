"""/repay: what can be paid and by which way, payments at a bank's page, and the quote for paying all."""

from __future__ import annotations

import re
import secrets
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, g, request
from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice

from madoguchi.domain.rights import Action
from madoguchi.domain.standing import PaymentPreview
from madoguchi.services import autopay, interest, repay
from madoguchi.services.interest import Inquiry, OutOfRange
from madoguchi.services.repay import Begun, NotOffered, OtherForm, TooSmall
from madoguchi.web.filters import full_day, yen
from madoguchi.web.forms import ChoiceField, DayField, Form, YenField
from madoguchi.web.guard import needs
from madoguchi.web.office import office
from madoguchi.web.papers import address as paper_address
from madoguchi.web.render import page, redirect

blueprint = Blueprint("repay", __name__)

KEY = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)
STALE = "この画面は古くなりました。もう一度お確かめのうえ、進んでください"


def _bounds() -> str:
    seen = _outlook()
    return f"{yen(seen.least)}から、1円単位（今日全部返すなら{yen(seen.payoff.total)}）"


class AmountForm(Form):
    """How much to pay; from the smallest payment on, which depends on the debt."""

    amount = YenField("返す額", 1, bounds=_bounds)


class BankForm(AmountForm):
    """How much to pay at which bank; the key makes a form that is sent twice one payment."""

    bank_code = ChoiceField("銀行", choices=[])
    idempotency_key = HiddenField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.bank_code.choices = [SelectChoice(bank.code, bank.name) for bank in repay.banks(office())]

    def validate_idempotency_key(self, field: HiddenField) -> None:
        """Made by us and sent back unchanged; without a good one nothing is begun."""
        if not KEY.fullmatch(field.data or ""):
            self.renew()

    def renew(self) -> None:
        """Begin anew: what was sent belongs to another payment."""
        self.idempotency_key.data = secrets.token_urlsafe(18)
        self.form_errors.append(STALE)


class QuoteForm(Form):
    """The day on which all is to be paid; left empty it is today."""

    on = DayField("全部返す日", required=False)


@blueprint.get("/repay")
@needs(Action.REPAY)
def show() -> Response:
    """What can be paid, and by which ways."""
    seen = _outlook()
    form = AmountForm(formdata=None, data={"amount": _wished() or seen.wanted})
    return page(
        "repay/repay.html",
        form=form,
        seen=seen,
        banks=repay.banks(office()),
        name=_bank_name,
        **_debits_to_come(),
    )


@blueprint.get("/repay/bank")
@needs(Action.REPAY)
def choose() -> Response:
    """Amount and bank, with what the payment will do."""
    proposed = "amount" in request.args
    form = BankForm(formdata=request.args if proposed else None)
    form.idempotency_key.data = secrets.token_urlsafe(18)
    if proposed:
        form.amount.validate(form)
    else:
        form.amount.data = _outlook().wanted
    return _choosing(form)


@blueprint.post("/repay/bank")
@needs(Action.REPAY)
def begin() -> Response:
    """Begin the payment, and show once more what it will do before the bank's page."""
    form = BankForm()
    if not (form.validate() and not form.form_errors):
        return _choosing(form)
    begun = repay.begin(
        office(), g.visitor.contract_id, form.amount.data, form.bank_code.data, form.idempotency_key.data
    )
    match begun:
        case Begun(key):
            typed = f"?amount={form.amount.to_show_again()}" if form.amount.narrowed else ""
            return redirect(f"/repay/bank/{key}{typed}")
        case OtherForm():
            form.renew()
        case NotOffered():
            form.bank_code.errors = [*form.bank_code.errors, "この銀行は、いまお使いいただけません"]
    return _choosing(form)


@blueprint.get("/repay/bank/<key>")
@needs(Action.REPAY)
def follow(key: str) -> Response:
    """A payment on its way: what it will do and the way to the bank, or the receipt once it is posted."""
    payment = repay.look(office(), g.visitor.contract_id, key) or abort(404)
    if payment.seq is not None:
        return redirect(paper_address(repay.RECEIPT, payment.seq))
    seen = repay.preview(office(), g.visitor.standing, payment.amount)
    return page(
        "repay/follow.html",
        payment=payment,
        bank=_bank_name(payment.bank_code),
        seen=seen if isinstance(seen, PaymentPreview) else None,
        narrowed=_folded_to(payment.amount),
        **_debits_to_come(),
        way=repay.way_to_bank(office(), payment) if repay.banks(office()) else "",
    )


@blueprint.get("/repay/quote")
@needs(Action.REPAY)
def quote() -> Response:
    """What ends the debt on a day, up to the second due date from now."""
    form = QuoteForm(request.args)
    asked = form.on.data if form.validate() else None
    found = _quoted(asked or office().business_day())
    if isinstance(found, OutOfRange):
        form.on.errors = [*form.on.errors, _range_words(found)]
        found = _quoted(found.first)
    assert isinstance(found, Inquiry), "the first day can always be asked for"
    if not form.on.typed.strip():
        form.on.data = found.payoff.on
    today = office().business_day()
    return page("repay/quote.html", form=form, found=found, owed=found.payoff, today=today, **_debits())


def _outlook() -> repay.Outlook:
    return repay.outlook(office(), g.visitor.contract_id, g.visitor.standing)


def _debits() -> dict[str, Any]:
    """What every page says that could make somebody pay twice."""
    return {"debits": repay.debits(office(), g.visitor.standing), "planned": None}


def _debits_to_come() -> dict[str, Any]:
    """The same with the debit that is still to be asked for."""
    return _debits() | {"planned": autopay.planned(office(), g.visitor.contract_id, g.visitor.standing)}


def _wished() -> int | None:
    """An amount that another page proposes."""
    form = AmountForm(request.args)
    return form.amount.data if "amount" in request.args and form.validate() else None


def _folded_to(amount: int) -> bool:
    """Whether the amount of this payment was typed in full width on the page before."""
    form = AmountForm(request.args)
    return form.amount.narrowed and form.amount.data == amount


def _choosing(form: BankForm) -> Response:
    seen, amount = _outlook(), form.amount.data
    if not seen.payoff.total or not repay.banks(office()):
        return page("repay/no-bank.html", owing=bool(seen.payoff.total))
    effect = repay.preview(office(), g.visitor.standing, amount) if amount else None
    if isinstance(effect, TooSmall):
        form.amount.errors = [*form.amount.errors, f"返す額は{yen(effect.least)}からです"]
    shown = effect if isinstance(effect, PaymentPreview) else None
    known = {"waiting": seen.waiting, "name": _bank_name, **_debits()}
    known["just_paid"] = repay.just_paid(office(), g.visitor.contract_id)
    return page("repay/bank.html", form=form, seen=shown, least=seen.least, **known)


def _bank_name(code: str) -> str:
    return repay.bank_name(office(), code)


def _quoted(on: date) -> Inquiry | OutOfRange:
    return interest.ask(office(), g.visitor.contract_id, g.visitor.standing, on)


def _range_words(found: OutOfRange) -> str:
    return f"全部返す日は{full_day(found.first)}から{full_day(found.last)}までの日を入れてください"
