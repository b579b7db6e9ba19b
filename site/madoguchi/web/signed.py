"""Addresses for the ATM network: no session and no form token, but a signature over every request."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final

from flask import Response, request

from madoguchi.domain.atm_message import LONGEST, Malformed, Signed
from madoguchi.ports import JAPAN
from madoguchi.services import atm_gate
from madoguchi.services.atm_gate import Turned
from madoguchi.web.office import office
from madoguchi.web.programs import fault

SECONDS: Final = "Atm-Timestamp"
NONCE: Final = "Atm-Nonce"
SIGNATURE: Final = "Atm-Signature"

View = Callable[[bytes], Response]
_STATUS: Final = {Turned.SHAPE: 400}  # of what is no request of a network at all; the others are 401


def signed(view: View) -> Callable[[], Response]:
    """Let only signed requests through to a view, which gets their body; exempt it from the form token."""

    @wraps(view)
    def checked() -> Response:
        body = request.get_data()
        if len(body) > LONGEST:
            return fault("too_large", 413)
        if request.mimetype != "application/json" or request.query_string:
            return fault(Turned.SHAPE.value, 400)
        if why := atm_gate.turned(office(), _request(body)):
            return fault(why.value, _STATUS.get(why, 401), **_clock(why))
        try:
            return view(body)
        except Malformed as wrong:
            return fault("malformed", 400, field=wrong.field, problem=wrong.problem)

    checked.is_signed = True  # type: ignore[attr-defined]
    return checked


def _request(body: bytes) -> Signed:
    seconds, nonce, signature = (request.headers.get(name, "") for name in (SECONDS, NONCE, SIGNATURE))
    return Signed(request.environ["REQUEST_METHOD"], request.path, seconds, nonce, body, signature)


def _clock(why: Turned) -> dict[str, str]:
    """Our time, for a network whose clock is off."""
    return {"now": office().now().astimezone(JAPAN).isoformat()} if why is Turned.CLOCK else {}
