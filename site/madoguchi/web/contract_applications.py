"""/applications/due-day, /reissue and /closing: another due day, another card, the end of the contract."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, g, request
from wtforms.fields.choices import SelectChoice

from madoguchi.domain import due_change
from madoguchi.domain.applications import REISSUE_REASONS, Kind
from madoguchi.domain.product import FixedDays
from madoguchi.domain.rights import Action
from madoguchi.domain.widths import is_digits
from madoguchi.services import card
from madoguchi.services.application_effects import day_in_words
from madoguchi.services.applications import Wish
from madoguchi.services.sessions import key_of
from madoguchi.web.applications import answered, refused, send
from madoguchi.web.forms import ChoiceField, Form
from madoguchi.web.guard import needs
from madoguchi.web.not_me import SureField
from madoguchi.web.office import office
from madoguchi.web.render import page

blueprint = Blueprint("contract_applications", __name__)

DIGITS: Final = 2  # of a day


class DayForm(Form):
    """One of the product's due days."""

    due_day = ChoiceField("新しい返済日", [])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule, now = office().rules.product.due, g.visitor.standing.due_day
        days = rule.days if isinstance(rule, FixedDays) else ()
        offered = [(str(day), f"毎月{day_in_words(day)}") for day in days if day != now]
        self.due_day.choices = [SelectChoice(*one) for one in offered]


class ReissueForm(Form):
    """Why a new card is needed."""

    reason = ChoiceField("再発行の理由", list(REISSUE_REASONS.items()))


class EndField(SureField):
    """The same before what cannot be undone."""

    sentence = "終了してよいときは、ここに印を付けてください"


class ClosingForm(Form):
    """That the member is sure."""

    sure = EndField("契約を終了します。元に戻せないことを確かめました")


@blueprint.get("/applications/due-day")
@needs(Action.APPLY)
def ask_due_day() -> Response:
    """The days to choose from; for a chosen one in the address it says what would change."""
    if denied := refused(Kind.DUE_DAY):
        return denied
    chosen = "due_day" in request.args
    form = DayForm(request.args) if chosen else DayForm(formdata=None)
    if chosen and not form.validate():
        return _due_day(form)
    return _due_day(form, int(form.due_day.data) if chosen else None)


@blueprint.post("/applications/due-day")
@needs(Action.APPLY)
def send_due_day() -> Response:
    """Change it; what is offered now is for the act to say, which knows a press that is repeated."""
    typed = request.form.get("due_day", "")
    if not is_digits(typed) or len(typed) > DIGITS:
        return ask_due_day()
    return send(Wish(Kind.DUE_DAY, due_day=int(typed)))


@blueprint.get("/applications/reissue")
@needs(Action.APPLY)
def ask_reissue() -> Response:
    """The form for a new card."""
    return refused(Kind.REISSUE) or page("applications/reissue.html", form=ReissueForm(formdata=None))


@blueprint.post("/applications/reissue")
@needs(Action.APPLY)
def send_reissue() -> Response:
    """Ask for it."""
    form = ReissueForm()
    if not form.validate():
        return page("applications/reissue.html", form=form)
    return answered(card.replace(office(), g.visitor, form.reason.data))


@blueprint.get("/applications/closing")
@needs(Action.APPLY)
def ask_closing() -> Response:
    """What ends with the contract, and the button."""
    return refused(Kind.CLOSING) or page("applications/closing.html", form=ClosingForm(formdata=None))


@blueprint.post("/applications/closing")
@needs(Action.DOCUMENTS)
def send_closing() -> Response:
    """Close it; who pressed twice sees the first closing, so the act itself tells what is forbidden."""
    form = ClosingForm()
    if not form.validate():
        return refused(Kind.CLOSING) or page("applications/closing.html", form=form)
    return send(Wish(Kind.CLOSING, session_key=key_of(g.session_token)))


def _due_day(form: DayForm, day: int | None = None) -> Response:
    standing, product = g.visitor.standing, office().rules.product
    turns = due_change.effect(standing, office().business_day(), day, product) if day is not None else ()
    told = {"chosen": day, "words": day_in_words(day) if day is not None else "", "turns": turns}
    return page("applications/due_day.html", form=form, now_words=day_in_words(standing.due_day), **told)
