"""/applications/limit-up and -down: another credit limit, the one by decision, the other at once."""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from madoguchi.domain import limit_change
from madoguchi.domain.applications import Kind
from madoguchi.domain.rights import Action
from madoguchi.services import applications
from madoguchi.services.applications import Wish
from madoguchi.web.applications import refused, send
from madoguchi.web.bodies import takes_files
from madoguchi.web.filters import man, yen
from madoguchi.web.forms import Form
from madoguchi.web.guard import needs
from madoguchi.web.kept import shown_at, typed_before
from madoguchi.web.man_fields import ManField
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect
from madoguchi.web.uploads import FilesField, valid

blueprint = Blueprint("limit_applications", __name__)

HIGHEST_INCOME = 1_000_000_000
OF_LIMIT = "60万円、600,000"


class LimitField(ManField):
    """A limit in the lender's whole units, between two others."""

    def read(self, text: str) -> int:
        """Yen; raises ValueError with the sentence."""
        low, high = self.between()
        unit = office().rules.applications.limit_unit
        amount = super().read(text)
        if not low <= amount <= high or amount % unit:
            raise ValueError(
                f"{self.label.text}は{yen(low)}から{yen(high)}まで、{man(unit)}単位で入れてください"
            )
        return amount

    def between(self) -> tuple[int, int]:
        """The lowest and the highest that is offered now."""
        unit, terms = office().rules.applications.limit_unit, office().rules.lending_terms
        limit = g.visitor.limit
        if self.name == "higher":
            return limit // unit * unit + unit, terms.limit_highest
        return terms.limit_lowest, -(-limit // unit) * unit - unit


class RaiseForm(Form):
    """A higher limit, and what the law wants to be known first."""

    higher = LimitField("希望する利用限度額", example=OF_LIMIT)
    income = ManField("税込みの年収", 0, HIGHEST_INCOME)
    other_debts = ManField("ほかの貸金業者からのお借り入れの合計", 0, HIGHEST_INCOME, example=OF_LIMIT)


class ProvenForm(RaiseForm):
    """The same with papers."""

    documents = FilesField("収入証明書類")


class LowerForm(Form):
    """A lower limit."""

    lower = LimitField("新しい利用限度額", example=OF_LIMIT)


@blueprint.get("/applications/limit-up")
@needs(Action.APPLY)
def ask_raise() -> Response:
    """The form for a higher limit."""
    return refused(Kind.LIMIT_UP) or _raise(RaiseForm(formdata=None))


@blueprint.post("/applications/limit-up/draft")
@needs(Action.APPLY)
def correct_raise() -> Response:
    """Back to the form, with what was typed."""
    return shown_at("/applications/limit-up/draft")


@blueprint.get("/applications/limit-up/draft")
@needs(Action.APPLY)
def draft_of_raise() -> Response:
    """The form with what was typed; the empty form where nothing was kept."""
    before = typed_before()
    if before is None:
        return redirect("/applications/limit-up")
    return refused(Kind.LIMIT_UP) or _raise(RaiseForm(formdata=before))


@blueprint.post("/applications/limit-up/confirm")
@needs(Action.APPLY)
def check_raise() -> Response:
    """Look at the form, and lead to what the law says of the wish."""
    if denied := refused(Kind.LIMIT_UP):
        return denied
    form = RaiseForm()
    return shown_at("/applications/limit-up/confirm") if _fits(form) else _raise(form)


@blueprint.get("/applications/limit-up/confirm")
@needs(Action.APPLY)
def confirm_raise() -> Response:
    """What the law says of the wish, and whether papers are needed; without one the form comes first."""
    before = typed_before()
    form = ProvenForm(formdata=before)
    if before is None or not _fits(RaiseForm(formdata=before)):
        return redirect("/applications/limit-up")
    return refused(Kind.LIMIT_UP) or _confirm(form)


@blueprint.post("/applications/limit-up")
@needs(Action.APPLY)
@takes_files
def send_raise() -> Response:
    """Send it."""
    form = ProvenForm()
    if not _fits(form):
        return _raise(form)
    found = _third(form)
    form.documents.required = found.proof
    if not valid(form, "documents"):
        return _confirm(form)
    return send(_wish(form), form.documents.data)


@blueprint.get("/applications/limit-down")
@needs(Action.APPLY)
def ask_lower() -> Response:
    """The form for a lower limit."""
    form = LowerForm(request.args) if request.args.get("lower") else LowerForm(formdata=None)
    return refused(Kind.LIMIT_DOWN) or page("applications/lower.html", form=form, bounds=form.lower.between())


@blueprint.get("/applications/limit-down/confirm")
@needs(Action.APPLY)
def confirm_lower() -> Response:
    """What a lower limit changes."""
    form = LowerForm(request.args)
    if denied := refused(Kind.LIMIT_DOWN):
        return denied
    if not form.validate():
        return page("applications/lower.html", form=form, bounds=form.lower.between())
    return page("applications/lower_confirm.html", form=form, limit=form.lower.data)


@blueprint.post("/applications/limit-down")
@needs(Action.APPLY)
def send_lower() -> Response:
    """Lower it at once."""
    form = LowerForm()
    if form.validate():
        return send(Wish(Kind.LIMIT_DOWN, limit=form.lower.data))
    if (
        typed := _as_typed(form.lower.typed)
    ) is not None:  # the very same was sent a moment ago, or it is stale
        return send(Wish(Kind.LIMIT_DOWN, limit=typed))
    return page("applications/lower.html", form=form, bounds=form.lower.between())


def _as_typed(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _fits(form: RaiseForm) -> bool:
    """Whether the fields are good and the law allows the wish; else the errors stand in the form."""
    if not form.validate():
        return False
    found = _third(form)
    if not found.fits:
        if found.most < form.higher.between()[0]:  # no amount that is offered would do
            denial = limit_change.no_room(found, g.visitor.limit)
            sentence = f"{denial.rule}{denial.next_step}（理由コード {denial.code}）"
        else:
            sentence = f"年収の3分の1を超えるため、{yen(found.most)}までで入れてください（理由コード A-14）"
        form.higher.errors = [*form.higher.errors, sentence]
    return found.fits


def _third(form: RaiseForm) -> applications.Third:
    wish = (form.higher.data, form.income.data, form.other_debts.data)
    return applications.third_of(office(), g.visitor, *wish)


def _wish(form: RaiseForm) -> Wish:
    typed = {"limit": form.higher.data, "income": form.income.data, "other_debts": form.other_debts.data}
    return Wish(Kind.LIMIT_UP, **typed)


def _raise(form: RaiseForm) -> Response:
    asked = RaiseForm(formdata=None) if form.higher.raw_data is None else form
    return page("applications/raise.html", form=asked, bounds=asked.higher.between())


def _confirm(form: ProvenForm) -> Response:
    return page("applications/raise_confirm.html", form=form, found=_third(form))
