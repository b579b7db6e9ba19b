"""/repay/callback: where banks tell what became of payments, signed and as often as they like."""

from __future__ import annotations

from flask import Blueprint, Response, request

from madoguchi.services import bank_page
from madoguchi.services.bank_page import Taken, Wrong
from madoguchi.web.guard import public
from madoguchi.web.office import office

blueprint = Blueprint("bank_page", __name__)

STATUS = {Wrong.FORGED: 400, Wrong.UNKNOWN: 404, Wrong.OTHER_TIME: 422}
CONFLICT = 409


@blueprint.post("/repay/callback")
@public
def receive() -> Response:
    """Take a bank's answer; the same one again is answered the same. No browser comes here."""
    taken = bank_page.receive(office(), request.form)
    if isinstance(taken, Taken):
        return _said("repeated" if taken.repeated else "taken", 200)
    return _said(taken.why.value, STATUS.get(taken.why, CONFLICT))


def _malformed() -> Response:
    """What the whole site refuses before any view, such as a repeated field, in the words of this door."""
    return _said(Wrong.FORGED.value, STATUS[Wrong.FORGED])


def _said(words: str, status: int) -> Response:
    return Response(words + "\n", status, mimetype="text/plain")


receive.is_signed = True  # type: ignore[attr-defined] - the service asks for the bank's signature
receive.malformed = _malformed  # type: ignore[attr-defined] - a program comes here, and reads no page
