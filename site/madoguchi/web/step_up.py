"""/step-up: the second step before a sensitive act, which then goes on with what was typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import quote

from flask import Blueprint, Response, g, request

from madoguchi.domain.letters import Channel
from madoguchi.domain.rights import Action
from madoguchi.services import kept, passkeys, step_up
from madoguchi.services.codes import Sent, TooSoon
from madoguchi.services.sessions import key_of
from madoguchi.services.step_up import Stepped
from madoguchi.web import code_forms, cookies, filters
from madoguchi.web.code_forms import AnswerForm, CodeForm
from madoguchi.web.guard import needs
from madoguchi.web.kept import gone, typed
from madoguchi.web.office import office
from madoguchi.web.render import is_own_path, page, redirect

blueprint = Blueprint("step_up", __name__)
View = TypeVar("View", bound=Callable[..., Any])


def needs_step_up(view: View) -> View:
    """Let a view run only when the second step was passed lately; put it directly above `def`.

    What a form sent is set aside on the server meanwhile, and comes back as if it were sent again: the view
    sees no difference.
    """

    @wraps(view)
    def asked(*args: Any, **kwargs: Any) -> Any:
        return second_step() or view(*args, **kwargs)

    return asked  # type: ignore[return-value]


def second_step() -> Response | None:
    """Where the second step is asked, None once it was passed lately; for views that look at the form first.

    Codes are few: none is spent on a form that could not be sent anyway.
    """
    return None if step_up.fresh(office(), g.visitor) else _ask()


def needs_step_up_when(needed: Callable[[], bool]) -> Callable[[View], View]:
    """The same, but only when `needed` says so; what was set aside meanwhile comes back in either case."""

    def mark(view: View) -> View:
        always = needs_step_up(view)

        @wraps(view)
        def asked(*args: Any, **kwargs: Any) -> Any:
            return (always if needed() or "kept" in request.form else view)(*args, **kwargs)

        return asked  # type: ignore[return-value]

    return mark


@blueprint.get("/step-up")
@needs(Action.PROTECT)
def show() -> Response:
    """Asks for the second step, or once it is passed leads back to the act."""
    if _act() is None:
        return gone(_wished())
    if step_up.fresh(office(), g.visitor):
        return _go_on()
    return _page(CodeForm(formdata=None))


@blueprint.post("/step-up")
@needs(Action.PROTECT)
def confirm() -> Response:
    """Pass it by a code, an app's code or a recovery code."""
    form = CodeForm()
    if not form.validate():
        return _page(form)
    outcome = step_up.confirm(office(), g.visitor, g.session_token, form.code.typed)
    if isinstance(outcome, Stepped):
        return _passed(outcome)
    form.refuse(outcome, office().now())
    return _page(form)


@blueprint.post("/step-up/mail")
@needs(Action.PROTECT)
def mail() -> Response:
    """Send a code by mail."""
    return _send(Channel.MAIL)


@blueprint.post("/step-up/text")
@needs(Action.PROTECT)
def text() -> Response:
    """Send a code by SMS."""
    return _send(Channel.TEXT)


@blueprint.post("/step-up/passkey")
@needs(Action.PROTECT)
def by_passkey() -> Response:
    """Pass it by one of the member's passkeys."""
    outcome = step_up.confirm_by_passkey(office(), g.visitor, g.session_token, AnswerForm().answer)
    if isinstance(outcome, Stepped):
        return _passed(outcome)
    return _page(CodeForm(formdata=None), status=422, passkey_failed=True)


@blueprint.post("/step-up/passkey-options")
@needs(Action.PROTECT)
def passkey_options() -> Response:
    """What the browser needs to use one of the member's passkeys."""
    return code_forms.json(passkeys.to_prove(office(), key_of(g.session_token), g.visitor.member_id))


def _ask() -> Response:
    """To the page that asks; a code is sent by the act itself, never by a link that was followed."""
    if request.method in ("GET", "HEAD"):
        return redirect("/step-up?for=" + quote(request.full_path.rstrip("?"), safe="/"))
    name = kept.keep(office(), g.visitor.member_id, request.path, typed())
    step_up.begin(office(), g.visitor, g.session_token)
    return redirect(f"/step-up?for={name}")


def _wished() -> str:
    return request.form.get("for") or request.args.get("for") or ""


def _act() -> str | None:
    """The path of the act that waits; None when nothing does."""
    wished = _wished()
    if is_own_path(wished):
        return wished
    return kept.path_of(office(), g.visitor.member_id, wished)


def _go_on() -> Response:
    wished = _wished()
    if is_own_path(wished):
        return redirect(wished)
    return page("second_step/go-on.html", path=_act(), kept=wished, again=False)


def _passed(outcome: Stepped) -> Response:
    response = redirect("/step-up?for=" + quote(_wished(), safe="/"))
    cookies.put(response, "session", outcome.session_token)
    return response


def _send(channel: Channel) -> Response:
    outcome = step_up.send_code(office(), g.visitor, g.session_token, channel)
    if isinstance(outcome, Sent):
        return redirect("/step-up?sent=1&for=" + quote(_wished(), safe="/"))
    at = filters.whole_minute(outcome.at) if isinstance(outcome, TooSoon) else None
    return _page(CodeForm(formdata=None), status=429, refused=True, next_at=at)


def _page(form: CodeForm, status: int = 200, **facts: Any) -> Response:
    told = {"refused": False, "next_at": None, "passkey_failed": False} | facts
    return page(
        "second_step/step-up.html",
        form=form,
        status=status,
        asked=step_up.look(office(), g.visitor, g.session_token),
        now=office().now(),
        wished=_wished(),
        sent=request.args.get("sent") == "1",
        recovery=request.args.get("by") == "recovery",
        **told,
        **code_forms.passkeys_here(office()),
    )
