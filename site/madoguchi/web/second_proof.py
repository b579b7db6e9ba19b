"""/login/with-code/…: a code by SMS or a passkey beside the mailed code, to free a card that is on hold."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from madoguchi.services import passkeys, second_proof, unlock
from madoguchi.services.codes import Sent, TooSoon
from madoguchi.services.tries import Locked, Route, Waiting
from madoguchi.services.unlock_outcomes import Gone, Lifted
from madoguchi.web import code_forms, filters, shut, with_code
from madoguchi.web.code_forms import AnswerForm
from madoguchi.web.guard import public
from madoguchi.web.login import next_path, place, wait
from madoguchi.web.office import office
from madoguchi.web.render import redirect

blueprint = Blueprint("second_proof", __name__)


@blueprint.post("/login/with-code/text")
@public
def text() -> Response:
    """Send a code by SMS."""
    outcome = second_proof.send_text(office(), with_code.token())
    if isinstance(outcome, Sent):
        return redirect(with_code.path("sent=1", next_path("")))
    if isinstance(outcome, Gone):
        return with_code.gone()
    at = filters.whole_minute(outcome.at) if isinstance(outcome, TooSoon) else None
    return _page(429, refused=True, next_at=at, now=office().now())


@blueprint.post("/login/with-code/passkey-options")
@public
def passkey_options() -> Response:
    """What the browser needs to use one of the member's passkeys."""
    options = second_proof.passkey_options(office(), with_code.token())
    here = passkeys.offered_on(office(), request.host)
    return code_forms.json(options) if options and here else with_code.gone()


@blueprint.post("/login/with-code/passkey")
@public
def by_passkey() -> Response:
    """Free the card by a passkey; its PIN is still to come."""
    outcome = second_proof.by_passkey(office(), with_code.token(), AnswerForm().answer, place())
    match outcome:
        case Lifted(did):
            return _page(200, lifted="freed" if did else "right")
        case Locked():
            begun = unlock.current(office(), with_code.token())
            return shut.locked(Route.CARD, begun.identifier, outcome) if begun else with_code.gone()
        case Waiting(until):
            return wait(Route.CARD, until)
        case Gone():
            return with_code.gone()
    return _page(422, passkey_failed=True)


def _page(status: int, **facts: Any) -> Response:
    begun = unlock.current(office(), with_code.token())
    return with_code.form(begun, status=status, **facts) if begun else with_code.gone()
