"""/settings/security: where one is signed in, which browsers are known, how sign-ins went; ending them."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, abort, g, request

from madoguchi.domain.agents import label
from madoguchi.domain.rights import Action
from madoguchi.services import looks, security
from madoguchi.services.security import Ended
from madoguchi.web import cookies
from madoguchi.web.guard import needs
from madoguchi.web.office import office
from madoguchi.web.render import page, redirect

blueprint = Blueprint("security", __name__)

HOME: Final = "/settings/security"
LARGEST: Final = 2**63 - 1  # what a number in the books can be
DONE: Final = {
    "session": "その端末をログアウトしました",
    "others": "ほかの端末をすべてログアウトしました",
    "browser": "その端末の記憶を消しました",
    "gone": "もう終わっていました",
}
WAYS: Final = {"card": "カード番号", "web_id": "Web-ID", "passkey": "パスキー"}
# What came of a sign-in: the sentence, and whether it deserves a second look.
OUTCOMES: Final = {
    "signed_in": ("ログインしました", False),
    "second_step_asked": ("2段階認証の確認をお願いしました", False),
    "passkey_wrong": ("パスキーを確認できず、ログインできませんでした", True),
    "second_step_wrong": ("確認コードが違い、ログインできませんでした", True),
    "wrong": ("入力が違い、ログインできませんでした", True),
    "refused": ("ご利用を止めているため、ログインできませんでした", True),
    "atm_wrong": ("ATMで、暗証番号が違いました", True),
    "atm_held": ("ATMで間違いが続き、カードを止めました", True),
    "card_held": ("間違いが続き、カードを止めました", True),
    "password_locked": ("間違いが続き、パスワードを止めました", True),
    "password_reset": ("パスワードを決め直しました", False),
    "web_id_registered": ("Web-IDを登録しました", False),
    "not_me": ("「身に覚えがない」のお届けで、すべて止めました", True),
    "lost_report": ("カードをなくしたとの届け出で、カードを止めました", True),
    "misuse": ("覚えのない取引の届け出で、すべて止めました", True),
}
OTHER: Final = ("そのほかの記録", False)
# What came by none of the two ways of signing in.
OTHERWISE: Final = dict.fromkeys(("password_reset", "web_id_registered", "not_me"), "メールのリンク")
OTHERWISE |= dict.fromkeys(("atm_wrong", "atm_held"), "スマホATM")
OTHERWISE |= dict.fromkeys(("lost_report", "misuse"), "届け出のページ")


@blueprint.get(HOME)
@needs(Action.PROTECT)
def show() -> Response:
    """All of it; `before` turns the pages of the history."""
    before = request.args.get("before", "")
    if before and not (before.isascii() and before.isdigit() and int(before) <= LARGEST):
        abort(404)
    seen = security.look(office(), g.visitor.member_id, g.session_token, int(before) if before else None)
    told = [
        (line, OTHERWISE.get(line.outcome) or WAYS.get(line.route, "そのほか"),
         *OUTCOMES.get(line.outcome, OTHER))
        for line in seen.history
    ]  # fmt: skip
    done = DONE.get(request.args.get("done", ""))
    looked = looks.at_member(office(), g.visitor.member_id)
    return page(
        "security/security.html", looked=looked, seen=seen, history=told, done=done, further=bool(before)
    )


@blueprint.post(HOME + "/sessions/<name>/end")
@needs(Action.PROTECT)
def end_session(name: str) -> Response:
    """Sign one session out; one's own as by the button above."""
    return _answer(security.end_session(office(), g.visitor.member_id, name, g.session_token), "session")


@blueprint.post(HOME + "/sessions/end-others")
@needs(Action.PROTECT)
def end_others() -> Response:
    """Sign out everywhere but here."""
    ended = security.end_others(
        office(), g.visitor.member_id, g.session_token, label(request.user_agent.string)
    )
    return redirect(f"{HOME}?done={'others' if ended else 'gone'}")


@blueprint.post(HOME + "/browsers/<int:number>/forget")
@needs(Action.PROTECT)
def forget(number: int) -> Response:
    """Make one browser a stranger and sign it out."""
    if number > LARGEST:
        abort(404)
    found = security.forget_browser(office(), g.visitor.member_id, number, g.session_token)
    answer = _answer(found, "browser")
    if found is Ended.HERE:
        cookies.drop(answer, "dev")
    return answer


def _answer(ended: Ended, what: str) -> Response:
    if ended is Ended.HERE:
        return cookies.leave(redirect("/logout"))
    return redirect(f"{HOME}?done={'gone' if ended is Ended.GONE else what}")
