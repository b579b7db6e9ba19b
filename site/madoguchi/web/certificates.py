"""/documents/…: asking for certificates, the contract's terms, and numbered papers of entries."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g

from madoguchi.domain.documents import TITLES, DocumentKind
from madoguchi.domain.rights import Action
from madoguchi.services import documents
from madoguchi.services.document_facts import NoSuchPaper, NothingOwed, OutOfRange, StillOwed, Unfit
from madoguchi.services.documents import Issued, TooMany
from madoguchi.web.documents import keep_file
from madoguchi.web.filters import full_day, yen
from madoguchi.web.forms import DayField, Form
from madoguchi.web.guard import needs
from madoguchi.web.office import office
from madoguchi.web.papers import MOST_SEQ
from madoguchi.web.render import page, redirect

blueprint = Blueprint("certificates", __name__)

OWED, ENOUGH = 409, 429
HINTS = {
    DocumentKind.BALANCE: "今日か、過ぎた日を選べます",
    DocumentKind.PAYOFF: "今日から、2回先のご返済日までを選べます",
}


class DayForm(Form):
    """The day that a certificate tells of."""

    on = DayField("証明する日")


@blueprint.get("/documents/balance")
@needs(Action.DOCUMENTS)
def balance() -> Response:
    """Of which day the balance is to be certified."""
    return _ask(DocumentKind.BALANCE)


@blueprint.post("/documents/balance")
@needs(Action.DOCUMENTS)
def issue_balance() -> Response:
    """Certify a balance."""
    return _issue_of_day(DocumentKind.BALANCE)


@blueprint.get("/documents/payoff")
@needs(Action.DOCUMENTS)
def payoff() -> Response:
    """On which day all is to be paid."""
    standing = g.visitor.standing
    if standing.debt == 0 and not standing.coming:
        return _answer(NothingOwed(0))
    return _ask(DocumentKind.PAYOFF)


@blueprint.post("/documents/payoff")
@needs(Action.DOCUMENTS)
def issue_payoff() -> Response:
    """Certify what ends the debt on a day."""
    return _issue_of_day(DocumentKind.PAYOFF)


@blueprint.post("/documents/paid")
@needs(Action.DOCUMENTS)
def issue_paid() -> Response:
    """Certify that nothing is owed."""
    return _answer(documents.issue(office(), g.visitor.contract_id, DocumentKind.PAID))


@blueprint.post("/documents/contract")
@needs(Action.DOCUMENTS)
def issue_contract() -> Response:
    """Issue the terms of the contract as they are agreed now."""
    return _answer(documents.issue(office(), g.visitor.contract_id, DocumentKind.CONTRACT))


@blueprint.post(f"/documents/papers/<int(max={MOST_SEQ}):seq>")
@needs(Action.DOCUMENTS)
def issue_paper(seq: int) -> Response:
    """Issue the paper of one entry with a number and a code."""
    return _answer(documents.issue(office(), g.visitor.contract_id, DocumentKind.ENTRY, seq=seq))


def _ask(kind: DocumentKind, form: DayForm | None = None) -> Response:
    form = form or DayForm(formdata=None, data={"on": office().business_day()})
    return page("documents/ask.html", form=form, title=TITLES[kind], action=kind.value, hint=HINTS[kind])


def _issue_of_day(kind: DocumentKind) -> Response:
    form = DayForm()
    if not form.validate():
        return _ask(kind, form)
    made = documents.issue(office(), g.visitor.contract_id, kind, on=form.on.data)
    if isinstance(made, OutOfRange):
        form.on.errors = [
            f"証明する日は{full_day(made.first)}から{full_day(made.last)}までの日を入れてください"
        ]
        return _ask(kind, form)
    return _answer(made)


def _answer(made: Issued | Unfit | TooMany) -> Response:
    match made:
        case Issued(document):
            keep_file(document)
            return redirect(f"/documents/{document.number}")
        case StillOwed(debt, coming):
            way = f"お振込の途中の{yen(coming)}と、" if coming else ""
            return _refused(f"{way}まだ{yen(debt)}が残っているため、完済証明書を発行できません。", OWED)
        case NothingOwed(coming):
            return _nothing_owed(coming)
        case TooMany(most):
            return _refused(
                f"書類は24時間に{most}通まで発行できます。時間をおいて、もう一度お試しください。", ENOUGH
            )
        case NoSuchPaper() | OutOfRange():
            return abort(404)


def _nothing_owed(coming: int) -> Response:
    if coming:
        way = f"その日には、まだ返す額がありません。お振込の途中の{yen(coming)}が届く日から、発行できます。"
        return _refused(way, OWED)
    sentence = "お借り入れの残りが0円のため、一括返済額の証明書は発行できません。"
    return _refused(f"{sentence}完済のことを示すときは、完済証明書をお使いください。", OWED, paid=True)


def _refused(sentence: str, status: int, *, paid: bool = False) -> Response:
    return page("documents/refused.html", status=status, sentence=sentence, paid=paid)
