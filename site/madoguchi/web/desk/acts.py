"""/desk/members/<number>/<act>: each act on a page of its own, with what the ladder asks and what it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from flask import Blueprint, Response, abort, request

from madoguchi.domain.ladder import Check, DeskAct
from madoguchi.domain.staff import Right
from madoguchi.services import counter, deeds, four_eyes, letters
from madoguchi.services.deed import Deed, Order, Seen, Subject, find
from madoguchi.services.deeds import Asked
from madoguchi.services.desk_acts import DEEDS
from madoguchi.services.four_eyes import Cannot
from madoguchi.services.identity import CHECKS
from madoguchi.web.desk.act_forms import ActForm, form_of
from madoguchi.web.desk.door import colleague, needs_right
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("desk_acts", __name__)

LOOK: Final = "look"  # the button that shows what an act would do, and does nothing
WITH_EFFECT: Final = (DeskAct.WAIVE, DeskAct.ADJUST)
AT_COUNTER: Final = (DeskAct.REISSUE, DeskAct.PIN_RESET)
FIELDS: Final = {
    DeskAct.REISSUE: ("card_number",),
    DeskAct.WAIVE: ("fees", "damages", "interest"),
    DeskAct.ADJUST: ("entry", "amount", "day"),
    DeskAct.SUSPEND: ("why",),
    DeskAct.ARRANGE: ("day",),
}


def _views(deed: Deed) -> tuple[Callable[[str], Response], Callable[[str], Response]]:
    """The page of an act and the act itself; both name the right that the ladder gives it."""

    @needs_right(deed.rung.right)
    def show(number: str) -> Response:
        subject = _found(number)
        asked = {"case": request.args.get("case", "")}
        return _page(deed, subject, form_of(deed, subject, formdata=None, data=asked))

    @needs_right(deed.rung.right)
    def act(number: str) -> Response:
        subject = _found(number)
        form = form_of(deed, subject)
        if not form.validate():
            return _page(deed, subject, form)
        if deed.act in WITH_EFFECT and request.form.get("step") == LOOK:
            return _effect(deed, subject, form)
        return _answer(deed, subject, form)

    return show, act


for _deed in DEEDS.values():
    _word = _deed.act.value
    _show, _act = _views(_deed)
    blueprint.add_url_rule(f"/desk/members/<number>/{_word}", f"show_{_word}", _show, methods=["GET"])
    blueprint.add_url_rule(f"/desk/members/<number>/{_word}", f"act_{_word}", _act, methods=["POST"])


@blueprint.get("/desk/members/<number>/done/<word>")
@needs_right(Right.SEE_MEMBERS)
def done(number: str, word: str) -> Response:
    """What was done last by one act, as the log has it."""
    subject = _found(number)
    deed = next((deed for deed in DEEDS.values() if deed.act.value == word), None) or abort(404)
    line = deeds.last(office(), subject.who.id, deed.act) or abort(404)
    ticket = _ticket(deed, subject)
    told = letters.can_reach(office(), subject.who.id)
    facts: dict[str, Any] = {"line": line, "ticket": ticket, "check": _check(line), "told": told}
    return page("desk/act-done.html", deed=deed, subject=subject, **facts)


def _check(line: Any) -> str:
    return CHECKS[Check(line.facts["check"])]


def _found(number: str) -> Subject:
    return find(office(), number) or abort(404)


def _ticket(deed: Deed, subject: Subject) -> int | None:
    """The counter's screen that waits for a member."""
    return counter.open_of(office(), subject.contract.id) if deed.act in AT_COUNTER else None


def _effect(deed: Deed, subject: Subject, form: ActForm) -> Response:
    seen = deed.seen(office(), subject, form.facts())
    if seen.why:
        form.form_errors = [*form.form_errors, seen.why]
        return _page(deed, subject, form)
    return _page(deed, subject, form, seen)


def _answer(deed: Deed, subject: Subject, form: ActForm) -> Response:
    order = Order(colleague(), form.reason.words, form.identity(), form.case_id, form.facts())
    outcome = deeds.begin(office(), deed, subject.who.number, order)
    if isinstance(outcome, Cannot):
        form.form_errors = [*form.form_errors, outcome.why]
        return _page(deed, subject, form)
    if isinstance(outcome, Asked):
        return redirect(f"/desk/requests/{outcome.request_id}")
    return redirect(f"/desk/members/{subject.who.number}/done/{deed.act.value}")


def _page(deed: Deed, subject: Subject, form: ActForm, effect: Seen | None = None) -> Response:
    facts: dict[str, Any] = {
        "deed": deed,
        "subject": subject,
        "seen": deed.seen(office(), subject, {}),
        "effect": effect,
        "fields": FIELDS.get(deed.act, ()),
        "looks_first": deed.act in WITH_EFFECT,
        "ticket": _ticket(deed, subject),
        "checks": Check,
        "hours": four_eyes.LIFE // timedelta(hours=1),
    }
    return page("desk/act.html", form=form, **facts)
