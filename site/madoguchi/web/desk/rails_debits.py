"""/desk/rails/debits: direct debits' files go out, their results come in."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, abort

from madoguchi.domain.days import next_business_day
from madoguchi.domain.staff import Right
from madoguchi.services import debit_files, rails
from madoguchi.services.debit_files import Unfit, Why
from madoguchi.services.debit_results import Refused, Taken, TakenBefore
from madoguchi.web.bodies import takes_files
from madoguchi.web.desk.door import colleague, needs_right
from madoguchi.web.desk.forms import UploadField
from madoguchi.web.desk.rails import LARGEST, bank_file
from madoguchi.web.filters import full_day
from madoguchi.web.forms import DayField, Form
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("desk_rails_debits", __name__)

SENTENCES: Final = {
    Why.PASSED: "過ぎた日のファイルは作れません",
    Why.TOO_FAR: f"{debit_files.FURTHEST.days}日より先の日のファイルは、まだ作れません",
    Why.DAYS_OPEN: "昨日までの締めが終わっていません。夜間の処理（daily）が終わってから作ってください",
}


class DueForm(Form):
    """Of which due date."""

    on = DayField("引き落とし日")


class ResultForm(Form):
    """What the bank sent back."""

    file = UploadField("結果のファイル")


@blueprint.get("/desk/rails/debits/new")
@needs_right(Right.RAILS)
def ask() -> Response:
    """Which due date's file is to be made, or whose result has come."""
    return _page(DueForm(formdata=None))


@blueprint.post("/desk/rails/debits")
@needs_right(Right.RAILS)
def make() -> Response:
    """Make the file of a due date, which freezes its amounts; the day's file again where it is made."""
    form = DueForm()
    if not form.validate():
        return _page(form)
    made = rails.make_debits(office(), form.on.data, colleague().name)
    if isinstance(made, Unfit):
        form.on.errors = (_sentence(made, form),)
        return _page(form)
    return redirect(f"/desk/rails/debits/{made.id}")


@blueprint.get(f"/desk/rails/debits/<int(max={LARGEST}):number>")
@needs_right(Right.RAILS)
def one(number: int) -> Response:
    """A file with what became of it."""
    file, outcome = rails.debit_file(office(), number) or abort(404)
    due = debit_files.known_by(office(), file.due_on)
    return page("desk/rails-debit.html", file=file, outcome=outcome, due=due, name=debit_files.name_of(file))


@blueprint.get(f"/desk/rails/debits/<int(max={LARGEST}):number>.txt")
@needs_right(Right.RAILS)
def fetch(number: int) -> Response:
    """The file as the bank takes it."""
    file, data = rails.debit_bytes(office(), number, colleague().name) or abort(404)
    return bank_file(data, debit_files.name_of(file))


@blueprint.post(f"/desk/rails/debits/<int(max={LARGEST}):number>/handing")
@needs_right(Right.RAILS)
def hand(number: int) -> Response:
    """Note that the bank has it."""
    if not rails.debits_handed(office(), number, colleague().name):
        abort(404)
    return redirect(f"/desk/rails/debits/{number}")


@blueprint.post("/desk/rails/debits/results")
@needs_right(Right.RAILS)
@takes_files
def take() -> Response:
    """Take a result file, whole or not at all."""
    form = ResultForm()
    if not form.validate():
        return _page(DueForm(formdata=None), form)
    outcome = rails.take_results(office(), form.file.data, colleague().name)
    if isinstance(outcome, Refused):
        form.file.errors = (
            f"{outcome.line}行目の{outcome.column}文字目が正しくないため、取り込みませんでした",
        )
    return _page(DueForm(formdata=None), form, outcome)


def _page(
    form: DueForm, results: ResultForm | None = None, outcome: Taken | TakenBefore | Refused | None = None
) -> Response:
    results = results or ResultForm(formdata=None)
    facts = {"refused": isinstance(outcome, Refused), "again": isinstance(outcome, TakenBefore)}
    bad = results if results.errors else form
    return page("desk/rails-debits.html", bad, due=form, results=results, outcome=outcome, **facts)


def _sentence(made: Unfit, form: DueForm) -> str:
    if made.why is Why.BANKS_REST:
        return f"銀行が休みの日です。引き落としは{full_day(next_business_day(form.on.data))}になります"
    return SENTENCES[made.why]
