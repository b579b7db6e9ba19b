"""/borrow: an amount, what it would do, and the receipt; a new account asks the second step in between."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, g, request

from madoguchi.domain import borrowing as rules
from madoguchi.domain.rights import Action, Refusal
from madoguchi.services import borrowing
from madoguchi.services.borrowing import Borrowed, Changed, Room
from madoguchi.services.offers import Denied, Offer, TooMuch, Used, WrongUnit
from madoguchi.web import refusal
from madoguchi.web.filters import man, yen
from madoguchi.web.forms import Form, NarrowField, YenField
from madoguchi.web.guard import look_again, needs
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect
from madoguchi.web.step_up import needs_step_up_when

blueprint = Blueprint("borrowing", __name__)

LONGEST_KEY = 100
MOST_SEQ = 10**15  # more than any contract will ever count


def _bounds() -> str:
    room = borrowing.look(office(), g.visitor)
    if isinstance(room, Denied):
        return "お借りいただける額"  # the page refuses, with the rule
    return f"{yen(room.unit)}から{yen(room.most)}まで、{yen(room.unit)}単位"


class AmountForm(Form):
    """How much; the rules that bound it are the service's to tell."""

    amount = YenField("借りる額", 1, bounds=_bounds)


class TakeForm(AmountForm):
    """The offer that is taken."""

    idempotency_key = NarrowField("手続きの番号")


def _first_use() -> bool:
    return borrowing.first_use(office(), g.visitor)


@blueprint.get("/borrow")
@needs(Action.BORROW)
def show() -> Response:
    """The form; for an amount in the address it says what borrowing that would do."""
    if not request.args.get("amount"):
        return _form(AmountForm(formdata=None))
    form = AmountForm(request.args)
    if not form.validate():
        return _form(form)
    found = borrowing.preview(office(), g.visitor, form.amount.data)
    return _form(form, found) if isinstance(found, Offer) else _refused(form, found)


@blueprint.post("/borrow")
@needs(Action.BORROW)
@needs_step_up_when(_first_use)
def choose() -> Response:
    """See whether the amount can be had, and lead to what it would do."""
    form = AmountForm()
    if not form.validate():
        return _form(form)
    found = borrowing.offer(office(), g.visitor, g.session_token, form.amount.data)
    if isinstance(found, Offer):
        return redirect(f"/borrow/confirm?amount={form.amount.to_show_again()}")
    return _refused(form, found)


@blueprint.get("/borrow/confirm")
@needs(Action.BORROW)
def confirm() -> Response:
    """What the amount would do; without an amount, or before the second step, back to the form."""
    form = AmountForm(request.args)
    if not form.validate():
        return redirect("/borrow")
    found = borrowing.offer(office(), g.visitor, g.session_token, form.amount.data)
    if isinstance(found, Offer):
        return _confirm(found, narrowed=form.amount.narrowed)
    return _refused(form, found)


@blueprint.post("/borrow/confirm")
@needs(Action.BORROW)
def borrow() -> Response:
    """Borrow, once for each key."""
    form = TakeForm()
    if not form.validate() or len(form.idempotency_key.data) > LONGEST_KEY:
        return _form(form, stopped=rules.FORM_NOT_OURS, status=422)
    amount, key = form.amount.data, form.idempotency_key.data
    outcome = borrowing.borrow(office(), g.visitor, g.session_token, amount, key)
    match outcome:
        case Borrowed(seq):
            return redirect(f"/borrow/{seq}")
        case Used(seq):
            return page("borrowing/used.html", status=409, seq=seq)
    look_again()  # what refused it may have come after this request began
    return _changed(form) if isinstance(outcome, Changed) else _refused(form, outcome)


@blueprint.get(f"/borrow/<int(max={MOST_SEQ}):seq>")
def receipt(seq: int) -> Response:
    """One drawdown and what became of the money."""
    found = borrowing.receipt(office(), g.visitor, seq)
    if found is None:
        abort(404)
    now, today = borrowing.figures(office(), g.visitor, found), borrowing.due_today(office(), g.visitor)
    return page("borrowing/receipt.html", found=found, now=now, due_today=today)


def _confirm(offer: Offer, status: int = 200, changed: bool = False, narrowed: bool = False) -> Response:
    told = {"changed": changed, "narrowed": narrowed, "lately": borrowing.lately(office(), g.visitor)}
    return page("borrowing/confirm.html", status=status, offer=offer, **told)


def _changed(form: TakeForm) -> Response:
    """The offer anew, with what is different now; or to the second step, where that comes first."""
    found = borrowing.offer(office(), g.visitor, g.session_token, form.amount.data)
    if isinstance(found, Offer):
        return _confirm(found, status=409, changed=True)
    if isinstance(found, Changed):
        return _form(form, stopped=rules.SECOND_STEP_FIRST, status=403)
    return _refused(form, found)


def _refused(form: AmountForm, outcome: object) -> Response:
    match outcome:
        case Denied(denial):
            return refusal.page(denial)
        case WrongUnit(unit):
            sentence = f"借りる額は{man(unit)}単位で入れてください"
        case TooMuch(_, denial):
            sentence = f"{denial.rule}（理由コード {denial.code}）"
        case _:
            return redirect(f"/borrow?amount={form.amount.data}")
    form.amount.errors = [*form.amount.errors, sentence]
    return _form(form)


def _form(
    form: AmountForm, offer: Offer | None = None, stopped: Refusal | None = None, status: int = 200
) -> Response:
    room: Any = borrowing.look(office(), g.visitor)
    if isinstance(room, Denied):
        return refusal.page(room.refusal)
    assert isinstance(room, Room), "there is room or a rule against it"
    lately = borrowing.lately(office(), g.visitor)
    told = {"room": room, "offer": offer, "lately": lately, "stopped": stopped}
    return page("borrowing/form.html", form=form, status=status, **told)
