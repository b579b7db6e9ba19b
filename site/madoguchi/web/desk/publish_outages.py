"""/desk/publish/outages: what is shut now or will be, by function; told more about, ended, withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from flask import Blueprint, Response, abort

from madoguchi.domain.maintenance import SHUT_BY_CALENDAR, Function
from madoguchi.domain.staff import Right
from madoguchi.services import availability, outages
from madoguchi.services.availability import Closure
from madoguchi.services.outages import MOST_WORDS, Published, Refused, Why
from madoguchi.web.availability import WORDS, names, span
from madoguchi.web.desk.door import colleague, needs_right
from madoguchi.web.desk.forms import HourField, TextField, moment_of
from madoguchi.web.desk.publish import LARGEST
from madoguchi.web.desk.publish_forms import done_words
from madoguchi.web.forms import CheckField, ChoiceField, DayField, Form
from madoguchi.web.long_text import KeyField, new_key
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("desk_publish_outages", __name__)

BEGUN, PLANNED = "begun", "planned"
SENTENCES: Final = {
    Why.NO_FUNCTION: "止まっている機能を、1つは選んでください",
    Why.NO_WORDS: "会員に伝える言葉を入れてください",
    Why.TOO_LONG: f"会員に伝える言葉は{MOST_WORDS}文字までで入れてください",
    Why.BACKWARDS: "終わりの日時は、始まりと今よりあとにしてください",
    Why.AHEAD: "まだ来ていない日時です。これからのことは「予告する」を選んでください",
    Why.UNKNOWN: "この掲示は、もう終わっているか、取り下げてあります",
}


class OutageForm(Form):
    """What is shut, from when, until when; begun now where no begin is typed."""

    kind = ChoiceField(
        "どちらを出すか", [(BEGUN, "いま止まっている（障害）"), (PLANNED, "予告する（点検など）")]
    )
    words = TextField("会員に伝える言葉", MOST_WORDS)
    begin_day = DayField("始まりの日", required=False)
    begin_hour = HourField("始まりの時刻", required=False)
    end_day = DayField("終わりの日（見込み）", required=False)
    end_hour = HourField("終わりの時刻（見込み）", required=False)
    key = KeyField()

    def validate(self, extra_validators: Any = None) -> bool:
        """At least one function; days and hours together; a plan has both ends; the end is still to come."""
        fits: bool = super().validate(extra_validators)
        if not self.functions():
            self.form_errors = [*self.form_errors, SENTENCES[Why.NO_FUNCTION]]
        planned = self.kind.data == PLANNED
        for day, hour in ((self.begin_day, self.begin_hour), (self.end_day, self.end_hour)):
            if not (day.errors or hour.errors) and (planned or day.data or hour.data):
                for half in (day, hour):
                    if half.data is None:
                        half.errors = (f"{half.label.text}を入れてください",)
        begins, ends = self._span() if not self.errors else (None, None)
        if ends and ends <= max(begins or office().now(), office().now()):
            self.end_day.errors = (SENTENCES[Why.BACKWARDS],)
        return fits and not self.errors

    def functions(self) -> frozenset[Function]:
        """What is shut."""
        return frozenset(one for one in Function if self[f"shut_{one.value}"].data)

    def closure(self) -> Closure:
        """As members will see it."""
        begins, ends = self._span()
        planned = self.kind.data == PLANNED
        known = (ends, None) if planned else (None, ends)
        return Closure(self.functions(), begins or office().now(), *known, planned, self.words.data)

    def publish(self) -> Published | Refused:
        """Publish it."""
        begins, ends = self._span()
        told = self.functions(), self.words.data, colleague().name
        if self.kind.data == PLANNED and begins and ends:
            return outages.announce(office(), told[0], begins, ends, *told[1:], key=self.key.key)
        return outages.begin(office(), *told, at=begins, expected=ends, key=self.key.key)

    def _span(self) -> tuple[datetime | None, datetime | None]:
        return (
            moment_of(self.begin_day.data, self.begin_hour.data),
            moment_of(self.end_day.data, self.end_hour.data),
        )


for _function in Function:
    setattr(OutageForm, f"shut_{_function.value}", CheckField(WORDS[_function]))


class MoreForm(Form):
    """What is said further."""

    words = TextField("続報", MOST_WORDS)


@blueprint.get("/desk/publish/outages/new")
@needs_right(Right.PUBLISH)
def ask() -> Response:
    """An empty form."""
    return _page(OutageForm(formdata=None, kind=BEGUN))


@blueprint.post("/desk/publish/outages/preview")
@needs_right(Right.PUBLISH)
def preview() -> Response:
    """As members will see it, above the form in which it can be changed."""
    form = OutageForm()
    return _page(form, form.closure() if form.validate() else None)


@blueprint.post("/desk/publish/outages")
@needs_right(Right.PUBLISH)
def publish() -> Response:
    """Publish what was looked at."""
    form = OutageForm()
    if not form.validate():
        return _page(form)
    outcome = form.publish()
    if isinstance(outcome, Refused):
        form.form_errors = [*form.form_errors, SENTENCES[outcome.why]]
        return _page(form)
    return redirect("/desk/publish?done=published")


@blueprint.get(f"/desk/publish/outages/<int(max={LARGEST}):number>")
@needs_right(Right.PUBLISH)
def one(number: int) -> Response:
    """One with what can be done about it."""
    return _one(number, MoreForm(formdata=None))


@blueprint.post(f"/desk/publish/outages/<int(max={LARGEST}):number>/notes")
@needs_right(Right.PUBLISH)
def tell(number: int) -> Response:
    """Say more about it."""
    form = MoreForm()
    if not form.validate():
        return _one(number, form)
    return _answer(number, outages.tell(office(), number, form.words.data, colleague().name), "told")


@blueprint.post(f"/desk/publish/outages/<int(max={LARGEST}):number>/end")
@needs_right(Right.PUBLISH)
def end(number: int) -> Response:
    """Say that it is over since now."""
    return _answer(number, outages.end(office(), number, colleague().name), "ended")


@blueprint.post(f"/desk/publish/outages/<int(max={LARGEST}):number>/withdrawal")
@needs_right(Right.PUBLISH)
def withdraw(number: int) -> Response:
    """Take back what was published in error."""
    return _answer(number, outages.withdraw(office(), number, colleague().name), "withdrawn")


def _answer(number: int, outcome: Published | Refused, done: str) -> Response:
    if isinstance(outcome, Published):
        return redirect(f"/desk/publish?done={done}")
    form = MoreForm(formdata=None)
    form.form_errors = [*form.form_errors, SENTENCES[outcome.why]]
    return _one(number, form)


def _one(number: int, form: MoreForm) -> Response:
    seen = availability.status(office())
    known = (*seen.now, *seen.ahead, *seen.past)
    found = next((closure for closure in known if closure.number == number), None) or abort(404)
    facts = {"names": names, "span": span, "now": office().now(), "done": done_words()}
    return page("desk/publish-outage-one.html", form=form, one=found, **facts)


def _page(form: OutageForm, seen: Closure | None = None) -> Response:
    boxes = [form[f"shut_{one.value}"] for one in Function]
    facts = {"boxes": boxes, "names": names, "span": span, "key": new_key()}
    return page("desk/publish-outage.html", form=form, seen=seen, means=_means(seen), **facts)


def _means(seen: Closure | None) -> list[str]:
    """What comes of it for members, in sentences: some functions are shut, the others are told of alone."""
    shut = [WORDS[one] for one in Function if seen and one in seen.functions & SHUT_BY_CALENDAR]
    told = [WORDS[one] for one in Function if seen and one in seen.functions - SHUT_BY_CALENDAR]
    found = [f"{'、'.join(shut)}は、この間は使えなくなります。"] if shut else []
    return [*found, f"{'、'.join(told)}のことは、お知らせするだけです。"] if told else found
