"""/repay/<id> and /borrow/<id>/paper: a payment's receipt and a drawdown's paper, as page and PDF."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g

from madoguchi.domain.papers import PaperKind
from madoguchi.domain.rights import Action
from madoguchi.services import papers
from madoguchi.services.papers import Paper
from madoguchi.web.guard import needs
from madoguchi.web.office import office
from madoguchi.web.paper_words import counted_anew, sender_of, sheet_of, words_of
from madoguchi.web.render import page

blueprint = Blueprint("papers", __name__)

MOST_SEQ = 10**15
ADDRESSES = {PaperKind.RECEIPT: "/repay/{}", PaperKind.LOAN: "/borrow/{}/paper"}


def address(kind: PaperKind, seq: int) -> str:
    """Where the paper of an entry is looked at; with .pdf behind it, the file."""
    return ADDRESSES[kind].format(seq)


@blueprint.get(f"/repay/<int(max={MOST_SEQ}):seq>")
@needs(Action.DOCUMENTS)
def receipt(seq: int) -> Response:
    """The receipt of one payment of the member's own."""
    return _page(_found(seq, PaperKind.RECEIPT))


@blueprint.get(f"/repay/<int(max={MOST_SEQ}):seq>.pdf")
@needs(Action.DOCUMENTS)
def receipt_file(seq: int) -> Response:
    """The same as a file."""
    return _file(_found(seq, PaperKind.RECEIPT), "receipt")


@blueprint.get(f"/borrow/<int(max={MOST_SEQ}):seq>/paper")
@needs(Action.DOCUMENTS)
def loan(seq: int) -> Response:
    """The paper of one drawdown of the member's own."""
    return _page(_found(seq, PaperKind.LOAN))


@blueprint.get(f"/borrow/<int(max={MOST_SEQ}):seq>/paper.pdf")
@needs(Action.DOCUMENTS)
def loan_file(seq: int) -> Response:
    """The same as a file."""
    return _file(_found(seq, PaperKind.LOAN), "loan")


def _found(seq: int, kind: PaperKind) -> Paper:
    """The paper; another's number is as unknown as one that was never given."""
    found = papers.look(office(), g.visitor.contract_id, seq, kind)
    return found or abort(404)


def _page(found: Paper) -> Response:
    return page(
        "papers/paper.html",
        paper=found,
        words=words_of(found),
        sender=sender_of(found.lender),
        file=address(found.kind, found.seq) + ".pdf",
        why=counted_anew(found.why_replaced),
        newer=address(found.kind, found.replaced_by or found.seq),
        see=Action.SEE,
    )


def _file(found: Paper, name: str) -> Response:
    response = Response(papers.printed(office(), sheet_of(found)), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{found.number}.pdf"'
    return response
