"""The way from a card number or Web-ID to the page that asks for a mailed code and the secret together."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from flask import Response, request

from madoguchi.services import attack, unlock
from madoguchi.services.tries import Place, Route
from madoguchi.services.unlock import Aim
from madoguchi.web import cookies
from madoguchi.web.office import office
from madoguchi.web.render import redirect

PATH: Final = "/login/with-code"
COOKIE: Final = "entry"


def begin(aim: Aim, route: Route, identifier: str, place: Place, wished: str) -> Response:
    """Send a code if there is somebody to send it to; the answer is the same for everybody."""
    token = request.cookies.get(cookies.name(COOKIE), "")
    if not unlock.just_asked(office(), token, (aim, route, identifier)):
        token = unlock.ask(office(), aim, route, identifier, place)
    response = redirect(PATH + (f"?next={quote(wished, safe='/')}" if wished else ""))
    cookies.put(response, COOKIE, token)
    return response


def comes_first(secret: str) -> bool:
    """Whether a form was sent without its secret, as it is shown to strangers while codes come first."""
    return secret not in request.form and attack.code_first(office(), office().now())
