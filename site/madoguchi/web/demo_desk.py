"""/demo/desk: what the people at the lender do, for testers to play until they work at desks of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, Response, request

from madoguchi.domain.applications import REISSUE_REASONS
from madoguchi.domain.pins import PinFault
from madoguchi.domain.widths import is_digits
from madoguchi.services import application_review, application_views, reissue
from madoguchi.services.application_review import Forbidden
from madoguchi.services.application_views import Waiting
from madoguchi.services.applications import NothingOpen
from madoguchi.services.reissue import WrongNumber
from madoguchi.web import demo_messages
from madoguchi.web.applications import WordsField
from madoguchi.web.forms import Form, NarrowField, YenField
from madoguchi.web.guard import public
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("demo_desk", __name__)

BY_WHOM: Final = "desk1"
HOME: Final = "/demo/desk"
LONGEST: Final = 16  # digits of a number
_ONE: Final = f"{HOME}/applications/<number>"


class WordsForm(Form):
    """What the member reads."""

    words = WordsField("会員に伝えること")


class LimitForm(Form):
    """The limit that is agreed to."""

    limit = YenField("承る利用限度額")


class CardForm(Form):
    """A card and the PIN that its member chose."""

    card_number = NarrowField("新しいカードの番号", digits=True)
    pin = NarrowField("会員が決めた暗証番号", digits=True)


def _applications() -> dict[str, Any]:
    return {"queue": application_views.queue(office())}


# A template for each section of the page, and what it shows; others join by a line of their own.
SECTIONS: Final[tuple[tuple[str, Callable[[], dict[str, Any]]], ...]] = (
    ("demo/desk_applications.html", _applications),
    ("demo/messages_list.html", demo_messages.section),
)


@blueprint.get(HOME)
@public
def show() -> Response:
    """Everything that waits for somebody."""
    shown = [template for template, _ in SECTIONS]
    facts = {name: value for _, asked in SECTIONS for name, value in asked().items()}
    return page("demo/desk.html", sections=shown, done=request.args.get("done", ""), **facts)


@blueprint.get(_ONE)
@public
def application(number: str) -> Response:
    """One application and what can be done about it."""
    return _page(number)


@blueprint.post(_ONE + "/taking-up")
@public
def take_up(number: str) -> Response:
    """Begin to look at it."""
    return _led(number, application_review.take_up(office(), _id(number), BY_WHOM))


@blueprint.post(_ONE + "/questions")
@public
def ask_more(number: str) -> Response:
    """Ask for more."""
    form = WordsForm()
    if not form.validate():
        return _page(number, words=form)
    return _led(number, application_review.ask_more(office(), _id(number), BY_WHOM, form.words.data))


@blueprint.post(_ONE + "/refusal")
@public
def refuse(number: str) -> Response:
    """Refuse it."""
    form = WordsForm()
    if not form.validate():
        return _page(number, words=form)
    return _led(number, application_review.refuse(office(), _id(number), BY_WHOM, form.words.data))


@blueprint.post(_ONE + "/approval")
@public
def approve(number: str) -> Response:
    """Agree to it."""
    form = LimitForm()
    asked = "limit" in request.form
    if asked and not form.validate():
        return _page(number, limit=form)
    limit = form.limit.data if asked else None
    outcome = application_review.approve(office(), _id(number), BY_WHOM, limit)
    if isinstance(outcome, Forbidden):
        form.form_errors.append(f"{outcome.refusal.rule}（理由コード {outcome.refusal.code}）")
        return _page(number, limit=form)
    return _led(number, outcome)


@blueprint.post(_ONE + "/hand-over")
@public
def hand_over(number: str) -> Response:
    """Hand the new card over."""
    form = CardForm()
    if not form.validate():
        return _page(number, card=form)
    outcome = reissue.hand_over(office(), _id(number), BY_WHOM, form.card_number.data, form.pin.data)
    if isinstance(outcome, WrongNumber):
        form.card_number.errors = ["ほかのカードにある番号か、桁の数が違います"]
        return _page(number, card=form)
    if isinstance(outcome, PinFault):
        form.pin.errors = ["数字4つで、同じ数字や続いた数字、誕生日、電話番号にないものにしてください"]
        return _page(number, card=form)
    return _led(number, outcome)


def _led(number: str, outcome: object) -> Response:
    """To what can be done next; to the list once nothing is left."""
    if isinstance(outcome, NothingOpen):
        return redirect(f"{HOME}?done=over")
    still = _waiting(number) is not None
    return redirect(f"{HOME}/applications/{number}" if still else f"{HOME}?done=done")


def _id(number: str) -> int:
    """The number in the address; 0 for what is none, which no application has."""
    return int(number) if is_digits(number) and len(number) < LONGEST else 0


def _waiting(number: str) -> Waiting | None:
    found = application_views.queue(office())
    return next((one for one in found if one.one.id == _id(number)), None)


def _page(
    number: str, words: Form | None = None, limit: Form | None = None, card: Form | None = None
) -> Response:
    waiting = _waiting(number)
    if waiting is None:
        return page("demo/desk_gone.html", status=410)
    one = waiting.one
    proposed = f"99901190{one.id:08}"
    facts: dict[str, Any] = {
        "waiting": waiting,
        "one": one,
        "seen": waiting,
        "reasons": REISSUE_REASONS,
        "words_form": words or WordsForm(formdata=None),
        "limit_form": limit or LimitForm(formdata=None, data={"limit": one.facts.get("limit")}),
        "card_form": card or CardForm(formdata=None, data={"card_number": proposed}),
    }
    return page("demo/desk_application.html", form=words or limit or card, **facts)
