"""/documents: what was issued, as list, page and file; and the papers of all drawdowns and payments."""

from __future__ import annotations

import re
from datetime import date

from flask import Blueprint, Response, abort, current_app, g, request

from madoguchi.domain.dates import DayError, parse_day
from madoguchi.domain.documents import TITLES, DocumentKind, grouped_number, id_of
from madoguchi.domain.rights import Action
from madoguchi.services import delivery, documents, papers, superseded
from madoguchi.services.documents import Document
from madoguchi.web.document_words import Told, name_of, sheet_of, title_of_paper, told
from madoguchi.web.guard import needs
from madoguchi.web.later_words import later_words
from madoguchi.web.office import office
from madoguchi.web.papers import MOST_SEQ, address
from madoguchi.web.render import page

blueprint = Blueprint("documents", __name__)

KINDS = {kind.value: words for kind, words in TITLES.items()}
FEW = 5  # papers of entries on the first page
MANY = 30
PLACE = re.compile(r"([0-9]{8})-([0-9]{1,15})", re.ASCII)


@blueprint.get("/documents")
@needs(Action.DOCUMENTS)
def show() -> Response:
    """The documents of a kind or of all, the newest first."""
    wanted, before = request.args.get("kind", ""), request.args.get("before", "")
    if wanted and wanted not in KINDS:
        abort(404)
    kind = DocumentKind(wanted) if wanted else None
    found = documents.listed(office(), g.visitor.contract_id, kind, before) or abort(404)
    gone = superseded.among(
        office(), g.visitor.contract_id, [id_of(one.number) or 0 for one in found.documents]
    )
    first = not (wanted or before)
    return page(
        "documents/documents.html",
        rows=[
            (one, name_of(one.kind, one.on), grouped_number(one.number), id_of(one.number) in gone)
            for one in found.documents
        ],
        following=_following(wanted, found.before),
        kinds=KINDS,
        wanted=wanted,
        first=first,
        papers=_papers(None, FEW) if first else (),
        paid=_nothing_owed(),
        held=delivery.held(office(), g.visitor.member_id),
    )


@blueprint.get("/documents/papers")
@needs(Action.DOCUMENTS)
def entry_papers() -> Response:
    """The receipts and loan papers of all entries, the newest first."""
    before = request.args.get("before", "")
    found = _papers(_place(before) if before else None, MANY + 1)
    last = found[MANY - 1][0] if len(found) > MANY else None
    following = f"/documents/papers?before={last.day:%Y%m%d}-{last.seq}" if last else None
    return page("documents/papers.html", papers=found[:MANY], following=following, further=bool(before))


@blueprint.get(f"/documents/<int(fixed_digits=11, max={10**11 - 1}):number>")
@needs(Action.DOCUMENTS)
def document(number: int) -> Response:
    """One document of the member's own."""
    found = _found(number)
    shown = _told(found)
    later = superseded.of(office(), found.contract_id, found.id, found.issued_at, found.kind, found.facts)
    return page(
        "documents/document.html",
        found=found,
        told=shown,
        words=shown.words,
        sheet=sheet_of(found, shown),
        heading=shown.words.title,
        later=later_words(later, own=True),
    )


@blueprint.get(f"/documents/<int(fixed_digits=11, max={10**11 - 1}):number>.pdf")
@needs(Action.DOCUMENTS)
def file(number: int) -> Response:
    """Its file: the same bytes at each look."""
    found = _found(number)
    content = documents.file_of(office(), found, sheet_of(found, _told(found)))
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="document-{found.number}.pdf"'
    return response


def keep_file(made: Document) -> None:
    """Print a document that was issued a moment ago, so that its bytes are kept from now on."""
    documents.file_of(office(), made, sheet_of(made, _told(made)))


def _found(number: int) -> Document:
    """The document; another's number is as unknown as one that was never given."""
    return documents.look(office(), g.visitor.contract_id, f"{number:011}") or abort(404)


def _told(found: Document) -> Told:
    paper = papers.find(office(), found.contract_id, found.facts.seq) if found.facts.seq else None
    return told(found, paper, current_app.config["FACE"].public_address)


def _papers(place: tuple[date, int] | None, most: int) -> list[tuple[papers.Named, str, str]]:
    found = papers.before(office(), g.visitor.contract_id, place, most)
    return [(one, title_of_paper(one.kind), address(one.kind, one.seq)) for one in found]


def _place(text: str) -> tuple[date, int]:
    found = PLACE.fullmatch(text) or abort(404)
    try:
        return parse_day(found[1]), min(int(found[2]), MOST_SEQ)
    except DayError:
        abort(404)


def _following(kind: str, before: str | None) -> str | None:
    if before is None:
        return None
    return f"/documents?kind={kind}&before={before}" if kind else f"/documents?before={before}"


def _nothing_owed() -> bool:
    standing = g.visitor.standing
    return standing.debt == 0 and not standing.coming
