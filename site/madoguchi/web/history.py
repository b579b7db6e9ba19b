"""/history: the page, its further pages, the export, and one entry with everything about it."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint, Response, abort, g, request

from madoguchi.domain.channels import entry_label
from madoguchi.domain.history import COVERING, EVERYTHING, SIGNS
from madoguchi.domain.ledger import EntryKind
from madoguchi.domain.papers import KINDS as PAPERS
from madoguchi.services import history, misuse
from madoguchi.services.history import Detail, Row, WrongPlace
from madoguchi.web import history_filters as asked
from madoguchi.web.exports import csv_file
from madoguchi.web.history_chart import day_words, picture
from madoguchi.web.office import office
from madoguchi.web.paper_words import counted_anew
from madoguchi.web.papers import address as paper_address
from madoguchi.web.render import page
from madoguchi.web.squeeze import repeats_none_of

blueprint = Blueprint("history", __name__)

HEADER = (
    "番号", "取引日", "種類", "金額", "うち手数料", "うち遅延損害金", "うち利息", "うち元金",
    "うち預り金", "残高",
)  # fmt: skip
DOUBTFUL = (EntryKind.DRAWDOWN, EntryKind.DEPOSIT_RETURNED)  # by which money left
LOST = "続きの場所がわかりませんでした。はじめの取引から見直してください"
MOST_SEQ = 10**15


@blueprint.get("/history")
@repeats_none_of("after", "sum")  # a place is sealed, and what follows it carries its own
def show() -> Response:
    """One page of entries under the filters."""
    form, filters = asked.read(request.args)
    if filters is None:
        return page("history/history.html", form=form, look=None)
    after, all_summed = request.args.get("after", ""), request.args.get("sum") == asked.ALL
    pages = asked.pages_of(request.args) or 1
    look = history.look(office(), g.visitor.contract_id, filters, after, pages=pages, all_summed=all_summed)
    if isinstance(look, WrongPlace):
        form.form_errors.append(LOST)
        return page("history/history.html", form=form, look=None)
    query = asked.query_of(filters)
    return page(
        "history/history.html",
        form=form,
        look=look,
        further=bool(after),
        rows=_shown(look.rows, "?" + query if query else ""),
        picture=picture(look, filters.until, office().business_day()),
        query=query,
        following=asked.following(query, look.after, all_summed),
        grown=asked.grown(query, look.pages + 1, all_summed),
        words=asked.words(filters),
        period=asked.period_words(filters),
        filtered=filters != EVERYTHING,
    )


@blueprint.get("/history.csv")
def export() -> Response:
    """All entries of the filters as a file; it is whole, and takes no place to go on from."""
    form, filters = asked.read(request.args, places=())
    if filters is None:
        return page("history/history.html", form=form, look=None)
    found = history.export(office(), g.visitor.contract_id, filters)
    until = filters.until or office().business_day()
    since = f"{filters.since:%Y%m%d}" if filters.since else "all"
    return csv_file(f"history-{g.visitor.number}-{since}-{until:%Y%m%d}.csv", HEADER, map(_cells, found))


@blueprint.get(f"/history/<int(max={MOST_SEQ}):seq>")
def detail(seq: int) -> Response:
    """One entry of the member's own; another's number is as unknown as one that was never given."""
    found = history.detail(office(), g.visitor.contract_id, g.visitor.standing, seq)
    if found is None:
        abort(404)
    _, filters = asked.read(request.args)
    back = asked.query_of(filters) if filters else ""
    doubtful = EntryKind(found.row.kind) in DOUBTFUL
    told = misuse.papers_by_entry(office(), g.visitor.member_id, g.visitor.contract_id) if doubtful else {}
    return page(
        "history/entry.html",
        found=found,
        row=found.row,
        label=_label(found.row),
        sign=SIGNS.get(found.row.kind, ""),
        covering=found.row.kind in COVERING,
        back=f"/history?{back}" if back else "/history",
        tail=f"?{back}" if back else "",
        paper=_paper_of(found),
        why=counted_anew(found.recounted),
        doubtful=doubtful,
        reported=told.get(seq),
    )


def _paper_of(found: Detail) -> str | None:
    return paper_address(PAPERS[EntryKind(found.row.kind)], found.row.seq) if found.has_paper else None


def _shown(rows: tuple[Row, ...], tail: str) -> list[tuple[str, ...]]:
    """The link and the cells of each row as they stand on the page; a part of nothing is a dash."""
    shown: list[tuple[str, ...]] = []
    for row in rows:
        seq, kind, _, _, _, damages, interest, _, _, balance, cause = row
        iso, day = day_words(row.day)
        label, sign = _told(kind, cause.partition("|")[0])
        shown.append(
            (
                f"/history/{seq}{tail}", iso, day, label, f"{sign}{row.named:,}円",
                f"{interest:,}円" if interest else "—",
                f"{damages:,}円" if damages else "—",
                f"{balance:,}円",
            )
        )  # fmt: skip
    return shown


def _label(row: Row) -> str:
    return _told(row.kind, row.cause.partition("|")[0])[0]


@lru_cache(maxsize=256)
def _told(kind: int, channel: str) -> tuple[str, str]:
    """How an entry is called, and the sign of its amount."""
    return entry_label(EntryKind(kind), channel), SIGNS.get(EntryKind(kind), "")


def _cells(row: Row) -> tuple[str | int, ...]:
    amounts = (row.named, row.fees, row.damages, row.interest, row.principal, row.deposit, row.balance)
    return (row.seq, row.day.isoformat(), _label(row), *amounts)
