"""/autopay: the account that a member lets be debited, and what became of each debit."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, request

from madoguchi.domain.kana import wide_kana
from madoguchi.domain.rights import Action
from madoguchi.domain.widths import digits_only, is_digits
from madoguchi.ports.banks import Place
from madoguchi.services import account_check, autopay, mandates
from madoguchi.services.account_check import Checked, Fault, NoSuchBank, NoSuchBranch, Uncarried, Written
from madoguchi.services.mandates import NothingOpen
from madoguchi.web.forms import ChoiceField, Form, NarrowField, Typed
from madoguchi.web.guard import needs
from madoguchi.web.kept import shown_at, typed_before
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("autopay", __name__)

KINDS = {str(kind): words for kind, words in mandates.KINDS.items()}
NUMBER_DIGITS = 7


class AccountNumberField(Typed):
    """Up to seven digits; shorter numbers get zeros in front, as banks write them."""

    def read(self, text: str) -> str:
        """Seven digits; raises ValueError with the sentence."""
        digits = digits_only(text)
        if is_digits(digits) and not digits.strip("0"):
            raise ValueError(
                f"{self.label.text}は、通帳かカードのとおりに入れてください（0だけの番号はありません）"
            )
        if not is_digits(digits) or len(digits) > NUMBER_DIGITS:
            raise ValueError(f"{self.label.text}は、{NUMBER_DIGITS}桁までの数字で入れてください")
        return digits.zfill(NUMBER_DIGITS)


class AccountForm(Form):
    """An account as a member writes it down."""

    bank_code = NarrowField("銀行")
    branch_code = NarrowField("支店")
    kind = ChoiceField("口座の種類", list(KINDS.items()))
    number = AccountNumberField("口座番号")
    holder_kana = Typed("口座の名義（カタカナ）")


@blueprint.get("/autopay")
def show() -> Response:
    """The mandate, and the form for one."""
    holder = account_check.holder_of(office(), g.visitor.member_id)
    form = AccountForm(formdata=None, data={"kind": "1", "holder_kana": holder})
    return _page(form, done=request.args.get("done", ""))


@blueprint.post("/autopay/confirm")
@needs(Action.APPLY)
def check() -> Response:
    """Look at the form, and lead to the page that says what will be asked."""
    form = AccountForm()
    return _page(form) if _checked(form) is None else shown_at("/autopay/confirm")


@blueprint.get("/autopay/confirm")
def confirm() -> Response:
    """What will be asked of the bank, once more in words; where nothing was kept, the form comes first."""
    before = typed_before()
    form = AccountForm(formdata=before)
    found = None if before is None else _checked(form)
    if found is None:
        return redirect("/autopay")
    return page("autopay/confirm.html", form=form, found=found, kind=KINDS[form.kind.data],
                holder=wide_kana(found.account.holder_kana))  # fmt: skip


@blueprint.get("/autopay/mandates")
def begin_again() -> Response:
    """Where a reload or a new sign-in leads."""
    return redirect("/autopay")


@blueprint.post("/autopay/draft")
@needs(Action.APPLY)
def correct() -> Response:
    """Back to the form, with what was typed."""
    return shown_at("/autopay/draft")


@blueprint.get("/autopay/draft")
def draft() -> Response:
    """The form with what was typed; the empty form where nothing was kept."""
    before = typed_before()
    return redirect("/autopay") if before is None else _page(AccountForm(formdata=before))


@blueprint.post("/autopay/mandates")
@needs(Action.APPLY)
def ask() -> Response:
    """Ask the bank for the mandate."""
    form = AccountForm()
    found = _checked(form)
    if found is None:
        return _page(form)
    mandates.ask_for(office(), g.visitor.contract_id, found.account)
    return redirect("/autopay?done=asked")


@blueprint.post("/autopay/mandates/<int:number>/end")
def end(number: int) -> Response:
    """End a mandate, or the wish for one."""
    if isinstance(mandates.withdraw(office(), g.visitor.contract_id, number), NothingOpen):
        abort(404)
    return redirect("/autopay?done=ended")


def _page(form: AccountForm, done: str = "") -> Response:
    seen = autopay.look(office(), g.visitor.contract_id, g.visitor.standing)
    refusal = g.visitor.rights.refusal(Action.APPLY)
    return page("autopay/autopay.html", form=form, seen=seen, done=done, refusal=refusal, kinds=KINDS)


def _checked(form: AccountForm) -> Checked | None:
    """The account that was meant; None with the form's errors otherwise."""
    if not form.validate():
        return None
    written = Written(
        form.bank_code.data,
        form.branch_code.data,
        int(form.kind.data),
        form.number.data,
        form.holder_kana.data,
    )
    found = account_check.check(office(), g.visitor.member_id, written)
    if isinstance(found, Checked):
        return found
    field, sentence = told(found)
    form[field].errors = [*form[field].errors, sentence]
    return None


def told(fault: Fault) -> tuple[str, str]:
    """The field that is at fault, and the sentence beside it."""
    match fault:
        case NoSuchBank(candidates):
            return "bank_code", _choose("銀行", "名前か4桁のコード（例 みずほ、0001）", candidates)
        case NoSuchBranch(bank, candidates):
            return "branch_code", _choose(f"{bank.name}の支店", "名前か3桁のコード", candidates)
        case Uncarried(letter):
            return "holder_kana", (
                f"名義の「{letter}」は、銀行の手続きで使えない文字です。"
                "カタカナ、英字、数字、空白、（ ）- . / で入れてください"
            )
        case _:
            own = account_check.holder_of(office(), g.visitor.member_id)
            return "holder_kana", f"ご本人の名義の口座に限ります（お届けのお名前 {own}）"


def _choose(what: str, how: str, candidates: tuple[Place, ...]) -> str:
    if not candidates:
        return f"{what}が見つかりません。{how}で入れてください"
    named = "、".join(f"{place.name}（{place.code}）" for place in candidates)
    more = "など" if len(candidates) == account_check.CANDIDATES else ""
    return f"{what}が、ひとつに決まりません：{named}{more}。コードで入れてください"
