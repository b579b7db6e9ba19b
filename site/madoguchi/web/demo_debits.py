"""/demo/debits: the bank that debits members' accounts, for testers to play."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, abort, request

from madoguchi.domain.debit_file import Result
from madoguchi.domain.debits import EFFECTS
from madoguchi.ports.debit import Mood, Word
from madoguchi.services import play_debits
from madoguchi.services.debit_files import FURTHEST, Unfit, Why
from madoguchi.web.forms import ChoiceField, CountField, DayField, Form
from madoguchi.web.guard import public
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("demo_debits", __name__)

SHOWN: Final = 6
MOST_DAYS: Final = 5
CODES: Final = [(str(r.value), f"{r.value} {EFFECTS[r].words}") for r in Result]
WORDS: Final = [
    (Word.AGREED.value, "承諾する"),
    (Word.DECLINED.value, "断る"),
    (Word.WAITING.value, "まだ答えない"),
]
UNFIT: Final = {
    Why.PASSED: "もう過ぎています",
    Why.TOO_FAR: f"{FURTHEST.days}日より先です",
    Why.BANKS_REST: "銀行の休みの日で、期日にはなりません",
    Why.DAYS_OPEN: "前の日までの締めが、まだ終わっていません",
}


class MoodForm(Form):
    """How the bank behaves from now on."""

    word = ChoiceField("口座振替のお申し込みに", WORDS)
    days = CountField("結果が返るまでの営業日", 0, MOST_DAYS, "日")
    code = ChoiceField("引き落としの結果", CODES)


class DayForm(Form):
    """The due day whose file is made at once."""

    on = DayField("引き落とす期日")


class CodeForm(Form):
    """The result of one debit."""

    code = ChoiceField("結果", CODES)


@blueprint.get("/demo/debits")
@public
def show() -> Response:
    """Show the files at the bank, and how it behaves."""
    return _page(done=request.args.get("done", ""))


@blueprint.post("/demo/debits/mood")
@public
def put_into() -> Response:
    """Change how the bank behaves."""
    form = MoodForm()
    if not form.validate():
        return _page(mood=form)
    wished = Mood(Word(form.word.data), form.days.data, int(form.code.data))
    play_debits.put_into(office(), wished)
    return redirect("/demo/debits?done=mood")


@blueprint.post("/demo/debits/files")
@public
def make() -> Response:
    """Make the file of a due day now."""
    form = DayForm()
    if form.validate():
        made = play_debits.make(office(), form.on.data)
        if not isinstance(made, Unfit):
            return redirect(f"/demo/debits?done={'again' if made.again else 'made'}")
        form.on.errors = [*form.on.errors, f"この日のファイルは作れません（{UNFIT[made.why]}）"]
    return _page(day=form)


@blueprint.post("/demo/debits/files/<name>/debits/<int:customer>")
@public
def decide(name: str, customer: int) -> Response:
    """Choose the result of one debit."""
    form = CodeForm()
    if not form.validate() or not play_debits.decide(office(), name, customer, int(form.code.data)):
        abort(404)
    return redirect("/demo/debits?done=decided")


@blueprint.post("/demo/debits/files/<name>/answer")
@public
def answer(name: str) -> Response:
    """Let the bank send the result now."""
    if play_debits.answer_now(office(), name) is None:
        abort(404)
    return redirect("/demo/debits?done=answered")


def _page(mood: Form | None = None, day: Form | None = None, done: str = "") -> Response:
    now = play_debits.mood(office())
    usual = MoodForm(formdata=None, data={"word": now.word.value, "days": now.days, "code": str(now.code)})
    facts: dict[str, Any] = {
        "mood": mood or usual,
        "day_form": day or DayForm(formdata=None),
        "files": play_debits.files(office(), SHOWN),
        "codes": CODES,
        "today": office().business_day(),
        "done": done,
    }
    return page("demo/debits.html", form=mood or day, **facts)
