"""503 for what is shut, with when it is back; and the note on pages of what is shut or will be.

Sign-in and money alone are shut. Reading goes on for who is signed in; banks and ATMs may still finish what
they began, so that no money hangs between two sides.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from flask import Flask, Response, current_app, request
from markupsafe import Markup

from madoguchi.domain.faults import Unavailable
from madoguchi.domain.maintenance import SHUT_BY_CALENDAR, Function
from madoguchi.ports import JAPAN
from madoguchi.services import availability
from madoguchi.services.availability import Board, Closure, Shut
from madoguchi.services.office import Office
from madoguchi.web.filters import day, moment
from madoguchi.web.office import office
from madoguchi.web.programs import fault
from madoguchi.web.render import page

FRESH: Final = timedelta(seconds=15)  # what staff publish stands on every page within a minute
UNKNOWN: Final = 600  # seconds after which to ask again where nobody knows the end
# Addresses as they stand in the views, each with what it is; those that begin with /login are sign-in.
SHUT: Final = {
    "/borrow": Function.BORROWING,
    "/borrow/confirm": Function.BORROWING,
    "/repay": Function.REPAYING,
    "/repay/bank": Function.REPAYING,
    "/repay/deposit": Function.REPAYING,
    "/autopay/confirm": Function.REPAYING,
    "/autopay/mandates": Function.REPAYING,
    "/atm": Function.ATM,
    "/api/atm/authorise": Function.ATM,
}
WORDS: Final = {
    Function.SIGN_IN: "会員ログイン",
    Function.BORROWING: "振込でのお借り入れ",
    Function.REPAYING: "インターネット返済",
    Function.ATM: "スマホATM",
    Function.LETTERS: "メールとSMSのお知らせ",
    Function.TRANSFER: "銀行振込でのご返済",
}


def init_app(app: Flask) -> None:
    """Look at every request; after the guard, before what is typed is looked at."""
    app.config["WATCH"] = Watch(app.config["OFFICE"])
    app.before_request(_check)


class Watch:
    """What is shut, read again every few seconds; one for the app, asked at every request."""

    def __init__(self, office: Office) -> None:
        self._office = office
        never = datetime.min.replace(tzinfo=JAPAN)
        self._read, self._board = never, Board(())
        self._noted = (never, never, Markup(""))

    def board(self, now: datetime) -> Board:
        """What is shut from now on; while the books cannot be read, the calendar and what was known last."""
        if not self._read <= now < self._read + FRESH:
            try:
                self._board = availability.board(self._office)
            except Unavailable:
                self._board = self._board if self._board.closures else availability.calendar(self._office)
            self._read = now
        return self._board

    def note(self, now: datetime, rendered: Callable[..., Markup]) -> Markup:
        """The note of what is shut and will be soon, made anew when it may have changed."""
        since, until, words = self._noted
        if since <= now < until:
            return words
        board, notice = self.board(now), timedelta(hours=self._office.rules.maintenance.notice_hours)
        told = [*board.now(now), *board.ahead(now, notice)]
        words = (
            rendered("availability/note.html", told=told, now=now, names=names, span=span)
            if told
            else Markup("")
        )
        self._noted = (now, min(board.changes(now, notice), self._read + FRESH), words)
        return words


def names(one: Closure) -> str:
    """What is shut, in words: of the calendar, which shuts them all, as one."""
    if one.functions == SHUT_BY_CALENDAR:
        return "会員ログインとお取引"
    return "、".join(WORDS[function] for function in Function if function in one.functions)


def span(one: Closure) -> str:
    """From when to when, in Japan's time, such as 11月23日（月）0:00〜7:00; what is not known is told so.

    An expectation that has passed is none any more.
    """
    begins = one.begins.astimezone(JAPAN)
    text = f"{day(begins.date())}{begins:%-H:%M}〜"
    if one.ends is None:
        hoped = one.expected and one.expected > office().now()
        return f"{text}（{moment(one.expected)}ごろまでの見込み）" if hoped else f"{text}（終わりは未定）"
    ends = one.ends.astimezone(JAPAN)
    return text + ("" if ends.date() == begins.date() else day(ends.date())) + f"{ends:%-H:%M}"


def function_of(rule: str) -> Function | None:
    """What an address is as far as it can be shut; None for what stays."""
    if rule == "/login" or rule.startswith("/login/"):
        return Function.SIGN_IN
    return SHUT.get(rule)


def _check() -> Response | None:
    rule = request.url_rule
    function = function_of(rule.rule) if rule else None
    if function is None:
        return None
    office: Office = current_app.config["OFFICE"]
    now = office.now()
    shut = current_app.config["WATCH"].board(now).shut(function, now)
    return _shut(function, shut, now) if shut else None


def _shut(function: Function, shut: Shut, now: datetime) -> Response:
    wait = max(1, ceil((shut.back - now).total_seconds())) if shut.back else UNKNOWN
    if request.path.startswith("/api/"):
        facts = {"until": shut.back.astimezone(JAPAN).isoformat(timespec="seconds")} if shut.back else {}
        return fault("maintenance", 503, wait, **facts)
    response = page(
        "availability/shut.html", status=503, shut=shut, what=WORDS[function], which=function.value
    )
    response.headers["Retry-After"] = str(wait)
    return response
