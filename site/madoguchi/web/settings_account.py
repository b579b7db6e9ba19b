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
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect
from madoguchi.web.settings_forms import barred, done, past
from madoguchi.web.step_up import needs_step_up

blueprint = Blueprint("settings_account", __name__)

HOME = "/settings/bank-account"


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
@blueprint.get(HOME + "/confirm")
@blueprint.get(HOME + "/draft")
@needs(Action.PROTECT)
def begin_again() -> Response:
    """Where a reload or a new sign-in leads: nothing was kept, so the form comes first."""
    return redirect(HOME)


@blueprint.post(HOME + "/search")
@needs(Action.PROTECT)
def search() -> Response:
    """The form again with the banks and branches that its words mean; nothing is changed."""
    return _page(form := ReceivingForm(), form.places())


@blueprint.post(HOME + "/draft")
@needs(Action.PROTECT)
def correct() -> Response:
    """The form again, with what was typed."""
    return _page(ReceivingForm())


@blueprint.post(HOME + "/confirm")
@needs(Action.PROTECT)
@needs_step_up
def confirm() -> Response:
    """What will stand, once more in words, and what that means for money and debits."""
    form = ReceivingForm()
    found = _checked(form)
    if found is None:
        return _page(form, form.places())
    seen = bank_account.look(office(), g.visitor)
    return page("settings/account_confirm.html", form=form, found=found, kind=KINDS[form.kind.data],
                seen=seen, holder=wide_kana(found.account.holder_kana), hours=_hours())  # fmt: skip


@blueprint.post(HOME)
@needs(Action.PROTECT)
@needs_step_up
def change() -> Response:
    """Put the account in the place of the present one."""
    form = ReceivingForm()
    found = _checked(form)
    if found is None:
        return _page(form, form.places())
    return redirect(HOME + done(bank_account.change(office(), g.visitor.member_id, found.account)))


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
