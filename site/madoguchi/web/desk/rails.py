"""/desk/rails: the files between the lender and its bank, and the transfers among them."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, abort, request

from madoguchi.domain.staff import Right
from madoguchi.domain.widths import is_digits, narrow
from madoguchi.services import incoming_views, rails
from madoguchi.web.desk.door import colleague, needs_right
from madoguchi.web.desk.forms import TextField
from madoguchi.web.forms import DayField, Form
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("desk_rails", __name__)

LARGEST: Final = 2**31  # more files than a lender makes
MOST_RETURNED: Final = 4000
DONE: Final = {
    "nothing": "その日までに送るものは、ありませんでした。ファイルは作っていません。",
    "handed": "銀行に渡したことを記録しました。",
    "dropped": "入金ファイルを取り消しました。",
}


class MakeForm(Form):
    """Of which day."""

    on = DayField("振込日")


class ReturnedForm(Form):
    """What came back, a line each."""

    returned = TextField("銀行から戻った送金", MOST_RETURNED, required=False)

    def validate(self, extra_validators: Any = None) -> bool:
        """Each line is a reference and why, as the member is told."""
        fits: bool = super().validate(extra_validators)
        for number, why in self._lines():
            if not (is_digits(number) and len(number) <= 10 and why):
                said = f"{number} {why}".strip()[:20]
                self.returned.errors = (f"「{said}」は、番号と理由を空白で分けて書いてください",)
        return fits and not self.returned.errors

    def references(self) -> dict[int, str]:
        """Why each reference came back."""
        return {int(number): why for number, why in self._lines()}

    def _lines(self) -> list[tuple[str, str]]:
        typed = (self.returned.data or "").replace("　", " ").splitlines()
        told = (line.strip().partition(" ") for line in typed)
        return [(narrow(number), why.strip()) for number, _, why in told if number]


@blueprint.get("/desk/rails")
@needs_right(Right.RAILS)
def show() -> Response:
    """Everything that goes to the bank and comes from it."""
    return _overview(MakeForm(formdata=None, on=office().business_day()))


@blueprint.post("/desk/rails/transfers")
@needs_right(Right.RAILS)
def make() -> Response:
    """Make a file of the transfers that wait for a day or an earlier one."""
    form = MakeForm()
    if not form.validate():
        return _overview(form)
    made = rails.make_transfers(office(), form.on.data, colleague().name)
    return redirect(f"/desk/rails/transfers/{made.number}" if made else "/desk/rails?done=nothing")


@blueprint.get(f"/desk/rails/transfers/<int(max={LARGEST}):number>")
@needs_right(Right.RAILS)
def one(number: int) -> Response:
    """A file with its transfers."""
    return _one(number, ReturnedForm(formdata=None))


@blueprint.get(f"/desk/rails/transfers/<int(max={LARGEST}):number>.txt")
@needs_right(Right.RAILS)
def fetch(number: int) -> Response:
    """The file as the bank takes it."""
    found = rails.transfer_bytes(office(), number, colleague().name) or abort(404)
    return bank_file(found.data, f"transfers-{found.number}.txt")


@blueprint.post(f"/desk/rails/transfers/<int(max={LARGEST}):number>/completion")
@needs_right(Right.RAILS)
def done(number: int) -> Response:
    """Say that the bank carried it out, but for what came back."""
    form = ReturnedForm()
    if not form.validate():
        return _one(number, form)
    try:
        settled = rails.transfers_done(office(), number, form.references(), colleague().name)
    except ValueError:
        form.returned.errors = ("このファイルにない番号が入っています。下の表の番号を書いてください",)
        return _one(number, form)
    return redirect(f"/desk/rails/transfers/{number}") if settled is not None else abort(404)


def bank_file(data: bytes, name: str) -> Response:
    """A file of the bank's to be kept, never to be shown."""
    response = Response(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _overview(form: MakeForm) -> Response:
    files, kept = incoming_views.overview(office())
    return page(
        "desk/rails.html",
        form=form,
        transfers=rails.transfers(office()),
        debits=rails.newest_debits(office()),
        files=files,
        kept=kept,
        simulated=office().demo is not None and office().transfers is None,
        done=DONE.get(request.args.get("done", ""), ""),
    )


def _one(number: int, form: ReturnedForm) -> Response:
    made, lines = rails.transfer_file(office(), number) or abort(404)
    return page("desk/rails-transfer.html", form=form, made=made, lines=lines)
