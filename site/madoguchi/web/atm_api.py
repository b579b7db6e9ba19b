"""/api/atm: what the ATM network asks, each answer in JSON and each question harmless to repeat."""

from __future__ import annotations

from flask import Blueprint, Response

from madoguchi.domain.atm_message import read_authorise, read_transaction
from madoguchi.services import atm_authorise, atm_settle
from madoguchi.services.atm_answers import Answer, Busy, Conflict, Unknown
from madoguchi.web.guard import public
from madoguchi.web.office import office
from madoguchi.web.programs import fault, told
from madoguchi.web.signed import signed

blueprint = Blueprint("atm_api", __name__)


@blueprint.post("/api/atm/authorise")
@public
@signed
def authorise(body: bytes) -> Response:
    """May this withdrawal or deposit be done?"""
    return _answer(atm_authorise.authorise(office(), read_authorise(body)))


@blueprint.post("/api/atm/confirm")
@public
@signed
def confirm(body: bytes) -> Response:
    """The notes are about to move: does the authorisation stand?"""
    return _answer(atm_settle.confirm(office(), read_transaction(body)))


@blueprint.post("/api/atm/reverse")
@public
@signed
def reverse(body: bytes) -> Response:
    """No notes moved: undo it."""
    return _answer(atm_settle.reverse(office(), read_transaction(body)))


def _answer(outcome: Answer | Conflict | Busy | Unknown) -> Response:
    match outcome:
        case Answer(transaction, result, facts):
            return told({"transaction": transaction, "result": result.value, **facts})
        case Conflict():
            return fault("conflict", 409)
        case Busy():
            return fault("busy", 409, wait=1)
        case Unknown():
            return fault("unknown_transaction", 404)
