"""/desk/figures: totals of the books with their tables and files, and the books held against the bank's."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response

from madoguchi.domain.bar_chart import bars
from madoguchi.domain.figures import STAGE_ENDS, Totals
from madoguchi.domain.staff import Right
from madoguchi.services import figures, reconcile
from madoguchi.services.reconcile import What
from madoguchi.web.desk.door import needs_right
from madoguchi.web.desk.words import STATES
from madoguchi.web.exports import csv_file
from madoguchi.web.office import office
from madoguchi.web.render import page

blueprint = Blueprint("desk_figures", __name__)

ACTIVE: Final = "利用中"
_BEGINS: Final = (1, *(end + 1 for end in STAGE_ENDS))
STAGES: Final = (
    *(f"{first}〜{last}日" for first, last in zip(_BEGINS, STAGE_ENDS, strict=False)),
    f"{_BEGINS[-1]}日以上",
)
COLUMNS: Final = ("契約数", "元金", "利息", "遅延損害金", "手数料", "預り金")
SIDES: Final = {
    What.AMOUNT: "金額が違います",
    What.NOT_OURS: "銀行にだけあります。こちらでは依頼していません",
    What.NOT_AT_BANK: "こちらでは送金済みですが、銀行にありません",
    What.NOT_PAID: "こちらでは送金済みですが、銀行は支払っていません",
    What.PAID_AFTER_ALL: "こちらでは会員に戻しましたが、銀行は受け付けたままか、支払っています",
    What.OTHER_ANSWER: "銀行の整理番号か支払日が違います",
    What.NOT_HEARD: "銀行の返事が、まだこちらに届いていません（自動で問い合わせます）",
    What.UNSEEN: "銀行に渡した扱いですが、銀行に届いていません（自動で問い合わせます）",
}


@blueprint.get("/desk/figures")
@needs_right(Right.FIGURES)
def show() -> Response:
    """Everything as of now."""
    book, flows = figures.book(office()), figures.flows(office())
    return page(
        "desk/figures.html",
        book=book,
        states=STATES,
        active=ACTIVE,
        stages=STAGES,
        columns=COLUMNS,
        flows=flows,
        chart=bars([(flow.day, flow.drawn, flow.paid) for flow in flows]),
    )


@blueprint.get("/desk/figures/book.csv")
@needs_right(Right.FIGURES)
def book_file() -> Response:
    """The totals by state and by stage of lateness."""
    book = figures.book(office())
    by_state = [("状態", STATES[s] if s else ACTIVE, *_cells(part)) for s, part in book.by_state]
    by_stage = [("遅れ", STAGES[n - 1], *_cells(part)) for n, part in book.by_stage]
    rows = [*by_state, ("状態", "合計", *_cells(book.total)), *by_stage]
    return csv_file(f"book-{book.on:%Y%m%d}.csv", ("分け方", "区分", *COLUMNS), rows)


@blueprint.get("/desk/figures/flows.csv")
@needs_right(Right.FIGURES)
def flows_file() -> Response:
    """What moved on each of the last days."""
    rows = [
        (flow.day.isoformat(), flow.drawn, flow.paid, flow.earned, flow.returned)
        for flow in figures.flows(office())
    ]
    header = ("取引日", "お借り入れ", "ご返済", "うち利息と遅延損害金", "預り金のお返し")
    return csv_file(f"flows-{office().business_day():%Y%m%d}.csv", header, rows)


@blueprint.post("/desk/figures/reconciliation")
@needs_right(Right.FIGURES)
def compare() -> Response:
    """Hold every transfer against what the bank's side says; nothing is changed by it."""
    found = reconcile.compare(office())
    simulated = office().demo is not None and office().transfers is None
    return page("desk/reconciliation.html", found=found, sides=SIDES, simulated=simulated)


def _cells(part: Totals) -> tuple[int, ...]:
    return part.contracts, part.principal, part.interest, part.damages, part.fees, part.deposit
