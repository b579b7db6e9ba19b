"""Signing in by card or by Web-ID, and signing out."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Blueprint, Response, current_app, g, request

from madoguchi.domain.agents import label
from madoguchi.domain.rights import Action
from madoguchi.services import attack, devices, login, sessions
from madoguchi.services.office import Office
from madoguchi.services.tries import (
    CodeFirst,
    CodeNeeded,
    Locked,
    Outcome,
    Place,
    Route,
    SignedIn,
    Waiting,
    WrongPair,
)
from madoguchi.services.unlock import Aim
from madoguchi.web import code_forms, cookies, filters, limits, shut, with_code
from madoguchi.web.guard import needs, public
from madoguchi.web.login_forms import CardForm, WebIdForm
from madoguchi.web.news import News
from madoguchi.web.render import answers_get, is_own_path, page, redirect

blueprint = Blueprint("login", __name__)
STAFF_ONLY_SECONDS = 86_400  # what a program is told when no time alone opens this way in again


@blueprint.get("/login")
@public
def show() -> Response:
    """The two ways in, the one used last on this browser first."""
    if g.visitor:
        return redirect(next_path())
    return _forms()


@blueprint.post("/login/card")
@public
def by_card() -> Response:
    """Sign in by card number and PIN."""
    form = CardForm(_office().rules.sign_in.card_digits, _remembered(Route.CARD))
    form.code_first = with_code.comes_first("pin")
    if not form.validate():
        return _forms(card=form, form=form)
    if form.code_first:
        return mail_code(Aim.CODE_FIRST, Route.CARD, form.identifier)
    outcome = login.by_card(_office(), form.identifier, form.secret, place(bool(form.remember.data)))
    return _answer(outcome, Route.CARD, form)


@blueprint.post("/login/web-id")
@public
def by_web_id() -> Response:
    """Sign in by Web-ID and password."""
    form = WebIdForm(_remembered(Route.WEB_ID))
    form.code_first = with_code.comes_first("password")
    if not form.validate():
        return _forms(web=form, form=form)
    if form.code_first:
        return mail_code(Aim.CODE_FIRST, Route.WEB_ID, form.identifier)
    outcome = login.by_web_id(_office(), form.identifier, form.secret, place(bool(form.remember.data)))
    return _answer(outcome, Route.WEB_ID, form)


@blueprint.get("/logout")
@public
def signed_out() -> Response:
    """Says that one is signed out, or offers the button to be."""
    return page("login/signed-out.html")


@blueprint.post("/logout")
@needs(Action.SIGN_IN)
def sign_out() -> Response:
    """End the session; dropping the cookie also empties the browser's back/forward cache of our pages."""
    sessions.end(_office(), g.session_token)
    return cookies.leave(redirect("/logout"))


def _office() -> Office:
    return current_app.config["OFFICE"]  # type: ignore[no-any-return]


def _answer(outcome: Outcome, route: Route, form: Any) -> Response:
    match outcome:
        case SignedIn():
            return welcome(outcome)
        case CodeNeeded(token):
            return _second_step(token)
        case CodeFirst():
            return with_code.begin(Aim.CODE_FIRST, route, form.identifier, place(), next_path(""))
        case Waiting(until):
            return wait(route, until)
        case Locked():
            return shut.locked(route, form.identifier, outcome)
        case WrongPair():
            form.mark_wrong()
            way = {"card" if route is Route.CARD else "web": form}
            return _forms(form=form, failure=outcome, **way)


def _second_step(token: str) -> Response:
    """To the page that asks for the code; the cookie opens nothing else."""
    wished = next_path("")
    response = redirect("/login/code" + (f"?next={quote(wished, safe='/')}" if wished else ""))
    cookies.put(response, "pending", token)
    return response


def welcome(outcome: SignedIn) -> Response:
    """Give the browser its new cookies and send it where it was going."""
    response = redirect(next_path())
    cookies.put(response, "session", outcome.session_token)
    days = _office().rules.sign_in.device_days
    cookies.put(response, "dev", outcome.device_token, seconds=days * 86_400)
    for waited in ("pending", with_code.COOKIE):
        if cookies.name(waited) in request.cookies:
            cookies.drop(response, waited)
    cookies.drop(response, "visit")  # with it every token of the forms before signing in is dead
    return response


def mail_code(aim: Aim, route: Route, identifier: str) -> Response:
    """Ask for a mailed code, which costs a slot of the address as each request for mail does."""
    here = place()
    if seconds := here.gate.take():
        return wait(route, _office().now() + timedelta(seconds=seconds))
    return with_code.begin(aim, route, identifier, here, next_path(""))


def wait(route: Route, until: datetime | None) -> Response:
    """The one page for everybody who has to wait, whatever the cause."""
    now = _office().now()
    seconds = ceil((until - now).total_seconds()) if until else STAFF_ONLY_SECONDS
    response = page(
        "login/wait.html", status=429, route=route, now=now, until=until and filters.whole_minute(until)
    )
    response.headers["Retry-After"] = str(max(1, seconds))
    return response


def _forms(
    card: CardForm | None = None,
    web: WebIdForm | None = None,
    form: Any = None,
    failure: WrongPair | None = None,
) -> Response:
    """The page with both forms; `form` is the one that was sent, `failure` what came of it."""
    last = devices.last_used(_office(), _cookie("dev"))
    other = request.args.get("other") == "1"
    kept = last.identifier if last and not other else ""
    card_kept = kept if last and last.route == "card" else ""
    web_kept = kept if last and last.route == "web_id" else ""
    card = card or CardForm(_office().rules.sign_in.card_digits, card_kept, formdata=None)
    web = web or WebIdForm(web_kept, formdata=None)
    if last is None and not failure and attack.code_first(_office(), _office().now()):
        card.code_first = web.code_first = True
    facts: dict[str, Any] = {
        "card": card,
        "web": web,
        "web_first": bool(last and last.route == "web_id"),
        "failure": failure,
        "now": _office().now(),
        "opens_at": failure and failure.opens_at and filters.whole_minute(failure.opens_at),
        "next": next_path(""),
        "notices": _news().newest(),
        "gone": _gone() if form is None else None,
        **code_forms.passkeys_here(_office()),
    }
    return page("login/login.html", form=form, **facts)


def _gone() -> sessions.Gone | None:
    """How the session ended that this browser still shows, if it did."""
    token = cookies.read("session")
    return sessions.gone(_office(), token) if token and not g.visitor else None


def place(remember: bool = False) -> Place:
    """Where this request comes from."""
    return Place(
        device_token=_cookie("dev"),
        session_token=_cookie("session"),
        label=label(request.user_agent.string),
        block=limits.block_of(limits.address_of(request.remote_addr)),
        gate=limits.gate(),
        remember=remember,
        pending_token=_cookie("pending"),
    )


def _remembered(route: Route) -> str:
    """The identifier this browser keeps for a way in, if the form says that it was not typed."""
    if "remembered" not in request.form:
        return ""
    last = devices.last_used(_office(), _cookie("dev"))
    return last.identifier if last and last.route == route.value else ""


def _cookie(plain: str) -> str:
    return request.cookies.get(cookies.name(plain), "")


def next_path(otherwise: str = "/home") -> str:
    """Where the member was going: an own page, never one of signing in or out, nor what only takes forms."""
    wished = request.form.get("next") or request.args.get("next") or ""
    path = urlsplit(wished).path if is_own_path(wished) else "/login"
    if path.startswith(("/login", "/logout", "/session")) or not answers_get(path):
        return otherwise
    return wished


def _news() -> News:
    """What stands below the forms; remembered with the app, since everybody who signs in sees it."""
    kept: News = current_app.config.setdefault("NEWS", None) or News(_office())
    current_app.config["NEWS"] = kept
    return kept
