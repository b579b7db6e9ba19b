"""/desk/rails/payments: payments that came in are read from a file, looked at, and posted."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, abort, request

from madoguchi.domain.incoming import HEAD, MOST_LINES
from madoguchi.domain.matching import How
from madoguchi.domain.staff import Right
from madoguchi.services import incoming, incoming_views, payers
from madoguchi.services.incoming import Refused
from madoguchi.services.incoming_views import Seen
from madoguchi.web.bodies import takes_files
from madoguchi.web.desk.door import colleague, needs_right
from madoguchi.web.desk.forms import UploadField, WordsField
from madoguchi.web.desk.rails import LARGEST
from madoguchi.web.forms import Form, NarrowField
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("desk_rails_payments", __name__)

FILE: Final = "/desk/rails/payments"
ONE: Final = f"/desk/rails/payment/<int(max={LARGEST}):number>"
FIELDS: Final = ("1（日付）", "2（金額）", "3（振込人）", "4（摘要）", "5（余分な項目）")
HOW: Final = {
    How.NUMBER: "会員番号",
    How.NUMBER_OTHER_NAME: "会員番号はありますが、名義が別の人です",
    How.NAME: "名義",
    How.NAME_AMOUNT: "名義と金額",
    How.HAND: "担当者が選んだ",
    How.SEVERAL: "候補が複数あります",
    How.MORE_THAN_OWED: "名義の会員の借り入れより多い額です",
    How.NOBODY: "だれのものか、わかりません",
    How.TOO_EARLY: "契約の始まりより前の入金です",
    How.UNDONE: "記帳を取り消しました。正しい会員を選んでください",
}
WORDS: Final = {how.value: words for how, words in HOW.items()}
STATES: Final = {"open": "選んでください", "ready": "記帳できます", "posted": "記帳済み", "kept": "預かり中",
                 "returned": "送り返した"}  # fmt: skip
UNKNOWN: Final = incoming.UNKNOWN


class FileForm(Form):
    """What the bank's portal gave, in our form."""

    file = UploadField("入金のファイル（CSV）")


class WhoseForm(Form):
    """Whose a payment is."""

    number = NarrowField("会員番号", digits=True)


class BackForm(Form):
    """Why a payment went back."""

    reason = WordsField("送り返した理由")


@blueprint.get(FILE)
@needs_right(Right.RAILS)
def ask() -> Response:
    """The form for a file."""
    return _ask(FileForm(formdata=None))


@blueprint.post(FILE)
@needs_right(Right.RAILS)
@takes_files
def take() -> Response:
    """Read a file; nothing is posted yet."""
    form = FileForm()
    if not form.validate():
        return _ask(form)
    outcome = incoming.take(office(), form.file.filename, form.file.data, colleague().name)
    if isinstance(outcome, Refused):
        place = FIELDS[min(outcome.column, len(FIELDS)) - 1]
        form.file.errors = (f"{outcome.line}行目、項目{place}：{outcome.sentence}。何も取り込んでいません",)
        return _ask(form)
    return redirect(f"{FILE}/{outcome.file_id}" + ("?done=again" if outcome.again else ""))


@blueprint.get(f"{FILE}/<int(max={LARGEST}):number>")
@needs_right(Right.RAILS)
def sheet(number: int) -> Response:
    """A file with what each of its payments will do, or did."""
    found = incoming_views.sheet(office(), number) or abort(404)
    return page(
        "desk/rails-sheet.html",
        sheet=found,
        how=WORDS,
        states=STATES,
        unknown=UNKNOWN,
        done=request.args.get("done", ""),
    )


@blueprint.post(f"{FILE}/<int(max={LARGEST}):number>/posting")
@needs_right(Right.RAILS)
def post(number: int) -> Response:
    """Post what has a member, keep what is nobody's; pressed twice, each is posted once."""
    if incoming_views.sheet(office(), number) is None:
        abort(404)
    incoming.post_all(office(), number, colleague().name)
    return redirect(f"{FILE}/{number}?done=posted")


@blueprint.post(f"{FILE}/<int(max={LARGEST}):number>/removal")
@needs_right(Right.RAILS)
def drop(number: int) -> Response:
    """Forget a file of which nothing has been done."""
    if incoming.drop(office(), number, colleague().name):
        return redirect("/desk/rails?done=dropped")
    return redirect(f"{FILE}/{number}") if incoming_views.sheet(office(), number) else abort(404)


@blueprint.get(ONE)
@needs_right(Right.RAILS)
def one(number: int) -> Response:
    """One payment, and whose it may be."""
    return _one(_found(number), WhoseForm(formdata=None))


@blueprint.post(f"{ONE}/member")
@needs_right(Right.RAILS)
def choose(number: int) -> Response:
    """Say whose it is."""
    found, form = _found(number), WhoseForm()
    if not form.validate():
        return _one(found, form)
    payer = payers.of_number(office(), form.number.data)
    if payer is None:
        form.number.errors = ("この番号の会員はいません",)
        return _one(found, form)
    incoming.choose(office(), number, payer.row.id, colleague().name)
    return redirect(_after(found))


@blueprint.post(f"{ONE}/nobody")
@needs_right(Right.RAILS)
def nobody(number: int) -> Response:
    """Say that nobody knows whose it is."""
    found = _found(number)
    incoming.choose(office(), number, None, colleague().name)
    return redirect(_after(found))


@blueprint.post(f"{ONE}/posting")
@needs_right(Right.RAILS)
def assign(number: int) -> Response:
    """Post one payment to the member it was seen with."""
    incoming.post(office(), _found(number).payment, colleague().name)
    return redirect(f"/desk/rails/payment/{number}")


@blueprint.post(f"{ONE}/return")
@needs_right(Right.RAILS)
def send_back(number: int) -> Response:
    """Note that the bank sent it back to its payer."""
    found, form = _found(number), BackForm()
    if not form.validate():
        return _one(found, WhoseForm(formdata=None), form)
    incoming.send_back(office(), number, form.reason.words, colleague().name)
    return redirect(f"/desk/rails/payment/{number}")


def _found(number: int) -> Seen:
    return incoming_views.one(office(), number) or abort(404)


def _after(found: Seen) -> str:
    """Back to the file while it is not posted; a kept payment has a page of its own."""
    payment = found.payment
    kept = payment.state == "kept"
    return f"/desk/rails/payment/{payment.id}" if kept else f"{FILE}/{payment.file_id}"


def _ask(form: FileForm) -> Response:
    return page("desk/rails-payments.html", form=form, head=",".join(HEAD), most=MOST_LINES)


def _one(found: Seen, form: WhoseForm, back: BackForm | None = None) -> Response:
    waits = found.payment.state in ("open", "ready", "kept")
    near = incoming_views.candidates(office(), found.payment) if waits else ()
    back = back or BackForm(formdata=None)
    facts = {"seen": found, "near": near, "how": WORDS, "states": STATES, "waits": waits}
    return page("desk/rails-payment.html", back if back.errors else form, whose=form, back=back, **facts)
