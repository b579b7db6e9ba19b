"""/settings/bank-account: the account that money is sent to, and another in its place."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, request

from madoguchi.domain.kana import wide_kana
from madoguchi.domain.rights import Action
from madoguchi.services import account_check, bank_account, details
from madoguchi.services.account_check import Checked, Written
from madoguchi.services.bank_account import Places
from madoguchi.services.details import Detail
from madoguchi.web.autopay import KINDS, AccountForm, told
from madoguchi.web.forms import Typed
from madoguchi.web.guard import needs
from madoguchi.web.kept import shown_at, typed_before
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect, wants_part
from madoguchi.web.settings_forms import barred, done, past
from madoguchi.web.step_up import second_step

blueprint = Blueprint("settings_account", __name__)

HOME = "/settings/bank-account"
NO_WORDS = "探す銀行の名前かコードを入れてください（例 みずほ、0001）"


class ReceivingForm(AccountForm):
    """The same as for debits; bank and branch may also be picked among those that were found."""

    bank_pick = Typed("銀行の候補", required=False)
    branch_pick = Typed("支店の候補", required=False)

    def places(self) -> Places:
        """What was found for the words and the picks."""
        words = (self.bank_code.data or "", self.branch_code.data or "")
        return bank_account.search(office(), *words, (self.bank_pick.data or "", self.branch_pick.data or ""))


@blueprint.get(HOME)
@needs(Action.PROTECT)
def show() -> Response:
    """The account on file, and the form for another."""
    holder = account_check.holder_of(office(), g.visitor.member_id)
    return _page(ReceivingForm(formdata=None, data={"kind": "1", "holder_kana": holder}))


@blueprint.get(HOME + "/search")
@needs(Action.PROTECT)
def found() -> Response:
    """The form with what a search found; the empty form where nothing was kept."""
    before = typed_before()
    return redirect(HOME) if before is None else _found(ReceivingForm(formdata=before))


@blueprint.post(HOME + "/search")
@needs(Action.PROTECT)
def search() -> Response:
    """The form again with the banks and branches that its words mean; nothing is changed."""
    return _found(ReceivingForm()) if wants_part() else shown_at(HOME + "/search")


@blueprint.get(HOME + "/draft")
@needs(Action.PROTECT)
def draft() -> Response:
    """The form with what was typed; the empty form where nothing was kept."""
    before = typed_before()
    return redirect(HOME) if before is None else _page(ReceivingForm(formdata=before))


@blueprint.post(HOME + "/draft")
@needs(Action.PROTECT)
def correct() -> Response:
    """Back to the form, with what was typed."""
    return shown_at(HOME + "/draft")


@blueprint.post(HOME + "/confirm")
@needs(Action.PROTECT)
def check() -> Response:
    """Look at the form, ask for the second step, and lead to the page that says what will stand."""
    form = ReceivingForm()
    if _checked(form) is None:
        return _page(form, form.places())
    return second_step() or shown_at(HOME + "/confirm")


@blueprint.get(HOME + "/confirm")
@needs(Action.PROTECT)
def confirm() -> Response:
    """What will stand, once more in words, and what that means for money and debits."""
    before = typed_before()
    form = ReceivingForm(formdata=before)
    checked = None if before is None else _checked(form)
    if checked is None:
        return redirect(HOME)
    seen = bank_account.look(office(), g.visitor)
    return page("settings/account_confirm.html", form=form, found=checked, kind=KINDS[form.kind.data],
                seen=seen, holder=wide_kana(checked.account.holder_kana), hours=_hours())  # fmt: skip


@blueprint.post(HOME)
@needs(Action.PROTECT)
def change() -> Response:
    """Put the account in the place of the present one, once the second step was passed."""
    form = ReceivingForm()
    checked = _checked(form)
    if checked is None:
        return _page(form, form.places())
    if first := second_step():
        return first
    return redirect(HOME + done(bank_account.change(office(), g.visitor.member_id, checked.account)))


def _found(form: ReceivingForm) -> Response:
    if not (form.bank_code.data or wants_part()):
        form.bank_code.errors = (NO_WORDS,)
    return _page(form, form.places())


def _page(form: ReceivingForm, places: Places | None = None) -> Response:
    lines = past(Detail.ACCOUNT, lambda told: bank_account.in_words(office(), dict(told)))
    came = request.args.get("done", "")
    facts: dict[str, Any] = {"lines": lines, "done": came, "barred": barred(), "most": bank_account.MOST}
    seen = bank_account.look(office(), g.visitor)
    told_too = came == "changed" and bool(details.on_file(office(), g.visitor.member_id).email)
    return page("settings/account.html", form=form, seen=seen, places=places, hours=_hours(),
                told=told_too, **facts)  # fmt: skip


def _hours() -> int:
    return office().rules.payouts.changed_account_hours


def _checked(form: ReceivingForm) -> Checked | None:
    """The account that was meant; None with the form's errors otherwise."""
    if not form.validate():
        return None
    places = form.places()
    bank = places.bank.code if places.bank else form.bank_code.data
    branch = places.branch.code if places.branch else form.branch_code.data
    written = Written(bank, branch, int(form.kind.data), form.number.data, form.holder_kana.data)
    found = account_check.check(office(), g.visitor.member_id, written)
    if isinstance(found, Checked):
        return found
    field, sentence = told(found)
    form[field].errors = [*form[field].errors, sentence]
    return None
