"""/repay/deposit: what was paid above the debt goes back to the member's account; a new one asks first."""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, abort, g
from wtforms import HiddenField

from madoguchi.domain.rights import Action
from madoguchi.services import borrowing, deposit
from madoguchi.services.deposit import Free, GivenBack
from madoguchi.services.offers import Denied, Used
from madoguchi.services.posting import NoDeposit
from madoguchi.web import refusal
from madoguchi.web.filters import yen
from madoguchi.web.forms import Form, YenField
from madoguchi.web.guard import needs
from madoguchi.web.office import office
from madoguchi.web.papers import MOST_SEQ
from madoguchi.web.render import page, redirect
from madoguchi.web.repay import KEY, STALE
from madoguchi.web.step_up import needs_step_up_when

blueprint = Blueprint("deposit", __name__)


def _bounds() -> str:
    return f"1円から{yen(g.visitor.standing.deposit)}まで"


class BackForm(Form):
    """How much to give back; the key makes a form that is sent twice one return."""

    amount = YenField("返してもらう額", 1, bounds=_bounds)
    idempotency_key = HiddenField()

    def renew(self) -> None:
        """Begin anew: what was sent belongs to another return."""
        self.idempotency_key.data = secrets.token_urlsafe(18)
        self.form_errors.append(STALE)


def _first_use() -> bool:
    return borrowing.first_use(office(), g.visitor)


@blueprint.get("/repay/deposit")
@needs(Action.DOCUMENTS)
def show() -> Response:
    """How much can be given back, where to and when it arrives."""
    form = BackForm(formdata=None, data={"amount": g.visitor.standing.deposit})
    form.idempotency_key.data = secrets.token_urlsafe(18)
    return _form(form)


@blueprint.post("/repay/deposit")
@needs(Action.DOCUMENTS)
@needs_step_up_when(_first_use)
def give_back() -> Response:
    """Give it back, once for each key."""
    form = BackForm()
    if not form.validate():
        return _form(form)
    if not KEY.fullmatch(form.idempotency_key.data or ""):
        form.renew()
        return _form(form)
    outcome = deposit.give_back(office(), g.visitor, form.amount.data, form.idempotency_key.data)
    match outcome:
        case GivenBack(seq):
            return redirect(f"/repay/deposit/{seq}")
        case Used():
            form.renew()
        case Denied(denial):
            return refusal.page(denial)
        case NoDeposit(free):
            form.amount.errors = [*form.amount.errors, f"いまお返しできるのは{yen(free)}までです"]
    return _form(form)


@blueprint.get(f"/repay/deposit/<int(max={MOST_SEQ}):seq>")
@needs(Action.DOCUMENTS)
def receipt(seq: int) -> Response:
    """One return and what became of the money."""
    found = deposit.receipt(office(), g.visitor, seq) or abort(404)
    return page("deposit/receipt.html", found=found, payout=found.payout)


def _form(form: BackForm) -> Response:
    seen = deposit.look(office(), g.visitor)
    if not isinstance(seen, Free):
        return refusal.page(seen.refusal)
    return page("deposit/form.html", form=form, seen=seen, held=g.visitor.standing.deposit)
