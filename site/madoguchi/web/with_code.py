"""The way from a card number or Web-ID to the page that asks for a mailed code and the secret together."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from flask import Response, request

from madoguchi.domain.letters import Channel
from madoguchi.services import attack, codes, second_proof, unlock
from madoguchi.services.tries import Place, Route
from madoguchi.services.unlock import Aim, Begun
from madoguchi.web import code_forms, cookies
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect
from madoguchi.web.with_code_form import WithCodeForm

PATH: Final = "/login/with-code"
COOKIE: Final = "entry"
GONE: Final = 410


def token() -> str:
    """The token of this browser's sign-in; "" without one."""
    return request.cookies.get(cookies.name(COOKIE), "")


def path(query: str, wished: str) -> str:
    """The address of the form, with what it shall say and where it leads in the end."""
    following = f"next={quote(wished, safe='/')}" if wished else ""
    return "?".join(filter(None, (PATH, "&".join(filter(None, (query, following))))))


def form(begun: Begun, filled: WithCodeForm | None = None, status: int = 200, **facts: Any) -> Response:
    """The form for code and secret; once the code was right also the proofs that are not typed."""
    told = {"lifted": "", "refused": False, "next_at": None, "passkey_failed": False} | facts
    return page(
        "login/code_first.html",
        form=filled or WithCodeForm(begun, formdata=None),
        status=status,
        begun=begun,
        next=request.values.get("next", ""),
        proofs=second_proof.look(office(), token()),
        texts=codes.carried(office(), Channel.TEXT),
        sent=request.args.get("sent") == "1",
        **told,
        **code_forms.passkeys_here(office()),
    )


def gone() -> Response:
    """There is no such sign-in any more."""
    return page("login/code_gone.html", status=GONE)


def begin(aim: Aim, route: Route, identifier: str, place: Place, wished: str) -> Response:
    """Send a code if there is somebody to send it to; the answer is the same for everybody."""
    found = token()
    if not unlock.just_asked(office(), found, (aim, route, identifier)):
        found = unlock.ask(office(), aim, route, identifier, place)
    response = redirect(path("", wished))
    cookies.put(response, COOKIE, found)
    return response


def comes_first(secret: str) -> bool:
    """Whether a form was sent without its secret, as it is shown to strangers while codes come first."""
    return secret not in request.form and attack.code_first(office(), office().now())
