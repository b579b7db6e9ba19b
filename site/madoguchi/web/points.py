"""/points: taking part, what can still be earned this month, what points buy, and every entry."""

from __future__ import annotations

import secrets
from typing import Final

from flask import Blueprint, Response, abort, g, request

from madoguchi.domain.points import AT_MONTH_END, Kind, Reward
from madoguchi.domain.rights import Action
from madoguchi.services import points, points_page, points_spend
from madoguchi.services.points import Left
from madoguchi.services.points_page import NEWEST
from madoguchi.services.points_spend import Spent
from madoguchi.services.posting import NotAllowed
from madoguchi.web import refusal
from madoguchi.web.guard import look_again, needs
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect
from madoguchi.web.repay import KEY

blueprint = Blueprint("points", __name__)

LARGEST: Final = 2**62
BACK: Final = ("/points", "ポイントを見る")  # from a refusal
LABELS: Final = {
    Kind.JOINED: "参加",
    Kind.SIGN_IN: "その月の最初のログイン",
    Kind.NOTICE: "お知らせを読む",
    Kind.INCOME_DOCUMENT: "収入証明書の提出（1年に1回）",
    Kind.REMINDER_MAIL: "ご返済日のお知らせメール",
    Kind.TRANSACTION_MAIL: "取引のお知らせメール",
    Kind.ELECTRONIC: "書面の電子交付",
    Kind.ATM_WAIVER: "ATM手数料の無料に交換",
    Kind.FREE_DAYS: "無利息の日に交換",
    Kind.LEFT: "退会",
}
# Where each thing is done: the first of these pages that exists, and the words of the link to it.
WAYS: Final = {
    Kind.NOTICE: (("/notices",), "お知らせを読む"),
    Kind.INCOME_DOCUMENT: (("/applications/limit-up",), "増額のお申し込みに添える"),
    Kind.REMINDER_MAIL: (("/settings/reminders", "/settings/mail", "/settings"), "受け取る設定にする"),
    Kind.TRANSACTION_MAIL: (("/settings/reminders", "/settings/mail", "/settings"), "受け取る設定にする"),
    Kind.ELECTRONIC: (("/settings/documents",), "電子交付を選ぶ"),
}
DONE: Final = {"joined": "ポイントサービスに参加しました", "left": "ポイントサービスを退会しました"}


@blueprint.get("/points")
def show() -> Response:
    """The points of who takes part; what the programme is for who does not."""
    seen = points_page.look(
        office(), g.visitor.member_id, g.visitor.contract_id, g.visitor.standing, g.visitor.rights, _before()
    )
    done = DONE.get(request.args.get("done", ""))
    if seen is None:
        denial = g.visitor.rights.refusal(Action.APPLY)
        facts = {"labels": LABELS, "at_month_end": AT_MONTH_END}
        first = points.is_new(office(), g.visitor.member_id)
        return page("points/join.html", done=done, refusal=denial, first=first, **facts)
    further = "before" in request.args
    return page("points/points.html", seen=seen, done=done, further=further, labels=LABELS, ways=WAYS)


@blueprint.post("/points/membership")
@needs(Action.APPLY)
def join() -> Response:
    """Take part; pressed twice it is done once."""
    outcome = points.join(office(), g.visitor.member_id, g.visitor.contract_id)
    if isinstance(outcome, NotAllowed):
        return refusal.page(outcome.refusal, BACK)
    return redirect("/points?done=joined")


@blueprint.get("/points/leave")
def ask_to_leave() -> Response:
    """What leaving loses, before it is done."""
    balance = points.balance(office(), g.visitor.member_id)
    return redirect("/points") if balance is None else page("points/leave.html", balance=balance)


@blueprint.post("/points/leave")
def leave() -> Response:
    """Take part no more."""
    left = points.leave(office(), g.visitor.member_id)
    return redirect("/points?done=left" if isinstance(left, Left) else "/points")


@blueprint.get("/points/rewards/<name>")
def wish(name: str) -> Response:
    """What a reward would do, before it is bought."""
    return _confirm(_reward(name))


@blueprint.post("/points/rewards/<name>")
def spend(name: str) -> Response:
    """Buy it, once for each key."""
    reward, key = _reward(name), request.form.get("idempotency_key", "")
    if not KEY.fullmatch(key):
        return _confirm(reward, status=422)
    outcome = points_spend.spend(office(), g.visitor.member_id, g.visitor.contract_id, reward, key)
    match outcome:
        case Spent(entry):
            return redirect(f"/points/spent/{entry.seq}")
        case NotAllowed(denial):
            look_again()
            return refusal.page(denial, BACK)


@blueprint.get(f"/points/spent/<int(max={LARGEST}):seq>")
def spent(seq: int) -> Response:
    """What one's own points bought."""
    found = points_spend.receipt(office(), g.visitor.member_id, seq) or abort(404)
    return page("points/spent.html", entry=found, today=office().business_day())


def _confirm(reward: Reward, status: int = 200) -> Response:
    """The page that says what it does; with 422, that the form was not ours and nothing was bought."""
    visitor = g.visitor
    found = points_spend.wish(
        office(), visitor.member_id, visitor.contract_id, visitor.standing, visitor.rights, reward
    )
    if isinstance(found, NotAllowed):
        return refusal.page(found.refusal, BACK)
    key = secrets.token_urlsafe(18)
    return page("points/confirm.html", status=status, wish=found, stale=status != 200, key=key)


def _reward(name: str) -> Reward:
    return office().rules.points.reward(name) or abort(404)


def _before() -> int:
    asked = request.args.get("before", "")
    if not asked:
        return NEWEST
    if not (asked.isascii() and asked.isdigit() and 0 < int(asked[:20]) <= LARGEST):
        abort(404)
    return int(asked)
