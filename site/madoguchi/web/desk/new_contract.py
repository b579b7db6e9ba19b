"""/desk/contracts/new: a contract asked for at the counter, on three sheets and a page to look it over."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response

from madoguchi.domain.product import rate_for_limit
from madoguchi.domain.rates import legal_cap
from madoguchi.domain.screening import room_for
from madoguchi.domain.staff import Right
from madoguchi.services import account_check, new_contract
from madoguchi.services.new_contract import Asked
from madoguchi.web.desk.contract_forms import (
    ORDER,
    SHEETS,
    ContractForm,
    account_of,
    application_of,
    first_wrong,
    sound,
)
from madoguchi.web.desk.door import colleague, needs_right
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("desk_new_contract", __name__)

HOME: Final = "/desk/contracts/new"


@blueprint.get(HOME)
@needs_right(Right.OPEN_CONTRACTS)
def show() -> Response:
    """The first sheet, blank."""
    return _sheet("person", ContractForm(formdata=None))


@blueprint.get(HOME + "/person")
@blueprint.get(HOME + "/contact")
@blueprint.get(HOME + "/terms")
@blueprint.get(HOME + "/review")
@needs_right(Right.OPEN_CONTRACTS)
def begin_again() -> Response:
    """Where a reload or a new sign-in leads: nothing was kept, so the first sheet comes first."""
    return redirect(HOME)


@blueprint.post(HOME + "/person")
@needs_right(Right.OPEN_CONTRACTS)
def person() -> Response:
    """Back to the first sheet, with what was typed."""
    return _sheet("person", ContractForm())


@blueprint.post(HOME + "/contact")
@needs_right(Right.OPEN_CONTRACTS)
def contact() -> Response:
    """The second sheet, once the first is sound."""
    return _after("person", "contact")


@blueprint.post(HOME + "/terms")
@needs_right(Right.OPEN_CONTRACTS)
def terms() -> Response:
    """The third sheet, once the first two are sound."""
    return _after("contact", "terms")


@blueprint.post(HOME + "/review")
@needs_right(Right.OPEN_CONTRACTS)
def review() -> Response:
    """All of it to look over, with what the law and the product make of it."""
    form = ContractForm()
    if not sound(form, ORDER):
        return _sheet(first_wrong(form) or "terms", form)
    wish = application_of(form)
    same = new_contract.same_person(office(), wish.name_kana, wish.birth_date)
    return page("desk/contract-review.html", form=form, wish=wish, same=same, sheets=SHEETS, **_facts(form))


@blueprint.post(HOME)
@needs_right(Right.OPEN_CONTRACTS)
def ask() -> Response:
    """Ask a second person for it."""
    form = ContractForm()
    if not sound(form, ORDER):
        return _sheet(first_wrong(form) or "terms", form)
    outcome = new_contract.ask(office(), application_of(form), form.reason.words, colleague())
    assert isinstance(outcome, Asked), "the form was sound"
    return redirect(f"/desk/requests/{outcome.request}")


def _after(done: str, then: str) -> Response:
    """The next sheet, or the first of those before it that is not sound."""
    form, before = ContractForm(), ORDER[: ORDER.index(done) + 1]
    return _sheet(then, form) if sound(form, before) else _sheet(first_wrong(form) or done, form)


def _sheet(name: str, form: ContractForm) -> Response:
    """One sheet; what the other sheets hold travels with it."""
    at = ORDER.index(name)
    facts: dict[str, Any] = {"name": name, "at": at + 1, "before": ORDER[at - 1] if at else None}
    room = None
    if name == "terms" and form.annual_income.data is not None and form.other_debts.data is not None:
        room = room_for(form.annual_income.data, form.other_debts.data)
    bounds, then = new_contract.bounds(office()), (*ORDER, "review")[at + 1]
    return page("desk/contract-sheet.html", form=form, then=then, room=room, bounds=bounds,
                sheets=SHEETS, **facts)  # fmt: skip


def _facts(form: ContractForm) -> dict[str, Any]:
    """What follows from a sound form."""
    limit, account = form.limit.data, account_of(form)
    names = account_check.names_of(office(), account.bank_code, account.branch_code) if account else ("", "")
    return {
        "rate": rate_for_limit(office().rules.product, limit),
        "cap": legal_cap(limit),
        "room": room_for(form.annual_income.data, form.other_debts.data),
        "due": new_contract.due_words(int(form.due_day.data)),
        "account": account,
        "bank": names[0],
        "branch": names[1],
    }
