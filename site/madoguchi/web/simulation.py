"""The public simulators: shape from the query, the answer from the domain, one template each, no database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, current_app, request
from werkzeug.datastructures import MultiDict
from wtforms import ValidationError

from madoguchi.domain.annuity import CONVENTIONS
from madoguchi.domain.chart import Chart, steps
from madoguchi.domain.rates import legal_cap
from madoguchi.domain.simulation import (
    LEAST_PRINCIPAL,
    LEAST_RATE,
    MOST_PAYMENTS,
    MOST_PRINCIPAL,
    MOST_RATE,
    Schedule,
    SimulationError,
    interest_between,
    simulate,
)
from madoguchi.services.office import Office
from madoguchi.web.filters import yen
from madoguchi.web.forms import ChoiceField, CountField, DayField, Form, RateField, YenField
from madoguchi.web.guard import public
from madoguchi.web.render import page

blueprint = Blueprint("simulation", __name__)

KIND_WORDS = (
    ("payment", "毎月いくら返すか"),
    ("months", "何回で返し終わるか"),
    ("principal", "いくらまで借りられるか"),
)
CONVENTION_WORDS = {
    "month": "月割り（年率÷12）",
    "30days": "30日ごと（年率×30÷365）",
    "35days": "35日ごと（年率×35÷365）",
    "exact": "実際の日数（毎月おなじ日に返す）",
}
EXAMPLE_YEN, EXAMPLE_MONTHS, EXAMPLE_PAYMENT, EXAMPLE_DAYS = 100_000, 12, 10_000, 30


class InterestForm(Form):
    """Interest between two days."""

    balance = YenField("残高", LEAST_PRINCIPAL, MOST_PRINCIPAL)
    rate = RateField("金利（年率）", LEAST_RATE, MOST_RATE)
    start = DayField("いつから", name="from")
    end = DayField("いつまで", name="to")

    def validate_end(self, field: DayField) -> None:
        """Backwards is no stretch of days; the same day costs nothing and is right."""
        if self.start.data and field.data and field.data < self.start.data:
            raise ValidationError("「いつまで」は「いつから」と同じ日か、あとの日にしてください")


class RepaymentForm(Form):
    """A repayment in three kinds; the field that a kind asks for is ignored."""

    kind = ChoiceField("知りたいこと", choices=list(KIND_WORDS))
    principal = YenField("借りる額", LEAST_PRINCIPAL, MOST_PRINCIPAL)
    rate = RateField("金利（年率）", LEAST_RATE, MOST_RATE)
    months = CountField("回数", 1, MOST_PAYMENTS, "回")
    payment = YenField("毎月返す額", 1, MOST_PRINCIPAL)
    convention = ChoiceField("利息の数え方", choices=[(c, CONVENTION_WORDS[c]) for c in CONVENTIONS])
    start = DayField("借りる日")

    def ignore(self, name: str) -> None:
        """Ask nothing of a field that the chosen kind does not use."""
        if field := self._fields.get(name):
            field.required, field.process_errors, field.data, field.narrowed = False, [], None, False


@dataclass(frozen=True, slots=True)
class Result:
    """A schedule with its picture, and the law's cap for its amount (hundredths of a percent)."""

    schedule: Schedule
    chart: Chart | None
    cap: int
    convention: str


@blueprint.get("/simulate/interest")
@public
def interest() -> Response:
    """Interest on a balance between two days."""
    office: Office = current_app.config["OFFICE"]
    if not request.args:
        today = office.business_day()
        form = InterestForm(
            formdata=None,
            data={"start": today, "end": today + timedelta(days=EXAMPLE_DAYS), **_examples(office)},
        )
        return page("simulate/interest.html", form=form, found=None, cap=None)
    form = InterestForm(request.args)
    found = cap = None
    if form.validate():
        found = interest_between(form.balance.data, form.rate.data, form.start.data, form.end.data)
        cap = legal_cap(form.balance.data)
    return page("simulate/interest.html", form=form, found=found, cap=cap)


@blueprint.get("/simulate/repayment")
@public
def repayment() -> Response:
    """A whole repayment schedule."""
    office: Office = current_app.config["OFFICE"]
    if not request.args:
        return page("simulate/repayment.html", form=_example_form(office), result=None)
    form = RepaymentForm(_with_defaults(request.args, office.business_day()))
    form.ignore(form.kind.data)
    if form.convention.data != "exact":
        form.ignore("start")
    result = _result(form, office.business_day()) if form.validate() else None
    return page("simulate/repayment.html", form=form, result=result)


def _examples(office: Office) -> dict[str, int]:
    return {"balance": EXAMPLE_YEN, "rate": office.rules.product.rate_bands[0][1]}


def _example_form(office: Office) -> RepaymentForm:
    facts: dict[str, Any] = {"kind": "payment", "principal": EXAMPLE_YEN, "months": EXAMPLE_MONTHS}
    facts |= {"payment": EXAMPLE_PAYMENT, "convention": "month", "start": office.business_day()}
    return RepaymentForm(formdata=None, data=_examples(office) | facts)


def _with_defaults(query: MultiDict[str, str], today: date) -> MultiDict[str, str]:
    """The query with what may be left out; a field that was sent empty counts as left out."""
    given = {name: text for name, text in query.items() if text.strip()}
    return MultiDict({"kind": "payment", "convention": "month", "start": today.isoformat()} | given)


def _result(form: RepaymentForm, today: date) -> Result | None:
    found = simulate(
        form.kind.data,
        form.principal.data,
        form.rate.data,
        form.months.data,
        form.payment.data,
        form.convention.data,
        form.start.data or today,
    )
    if isinstance(found, SimulationError):
        field = form[found.field]
        field.errors = [*field.errors, _sentence(found)]
        return None
    cap = legal_cap(found.principal)
    return Result(found, _chart(found), cap, CONVENTION_WORDS[found.convention])


def _sentence(fault: SimulationError) -> str:
    """What stands in the way, and what works instead."""
    if fault.reason == "never_repays" and fault.smallest:
        return f"この額では利息のほうが多く、残高が減りません。毎月{yen(fault.smallest)}以上で返し終わります"
    if fault.reason == "too_long" and fault.smallest:
        return f"この額では{MOST_PAYMENTS}回で返し終わりません。毎月{yen(fault.smallest)}以上にしてください"
    if fault.reason == "too_small" and fault.smallest:
        least = f"{yen(LEAST_PRINCIPAL)}からの計算です"
        return f"この条件では、毎月{yen(fault.smallest)}以上にしてください（{least}）"
    if fault.reason == "too_large" and fault.largest:
        return (
            f"この条件では、毎月{yen(fault.largest)}以下にしてください（{yen(MOST_PRINCIPAL)}までの計算です）"
        )
    return "この条件では計算できません。別の値を入れてください"


def _chart(schedule: Schedule) -> Chart | None:
    """The falling balance: level between payments, with the number of the payment underneath."""
    points = [(0, schedule.principal), *((row.number, row.balance) for row in schedule.rows)]
    drawn = steps(points, schedule.payments + 1)
    if drawn is None:
        return None
    last = f"{schedule.payments}回目"
    return replace(drawn, dates=(("0.0", "借りた日", "start"), ("100.0", last, "end")))
