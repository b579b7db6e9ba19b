"""What stands around every page of the desk: who one is, until when, and the pages one may open."""

from __future__ import annotations

from typing import Any, Final

from flask import Request
from markupsafe import Markup

from madoguchi.domain.staff import Right, Role
from madoguchi.services.staff import Colleague

FIRST: Final = 3  # of the menu, that have room on a phone beside the way to all
MENU: Final = (
    ("/desk", "受付箱", Right.WORK_CASES),
    ("/desk/members", "会員をさがす", Right.SEE_MEMBERS),
    ("/desk/requests", "承認", Right.REQUEST),
    ("/desk/contracts/new", "契約を始める", Right.OPEN_CONTRACTS),
    ("/desk/bounced", "戻ったメール", Right.CHECK_IDENTITY),
    ("/desk/publish", "お知らせの掲示", Right.PUBLISH),
    ("/desk/retention", "保存期間", Right.SEE_MEMBERS),
    ("/desk/rails", "銀行のファイル", Right.RAILS),
    ("/desk/figures", "帳簿の数字", Right.FIGURES),
    ("/desk/audit", "記録", Right.AUDIT),
    ("/desk/staff", "ログイン中の人", Right.APPROVE),
)
ROLES: Final = {Role.OPERATOR: "担当者", Role.APPROVER: "承認者", Role.AUDITOR: "監査"}


def around(part: str, request: Request, who: Colleague | None, env: Any) -> str:
    """The whole page: a part with its title in the head and its main in the middle."""
    title, _, main = part.partition("</title>\n")
    lent = bool(who and who.counter)  # a member looks at the screen: nothing of the desk is on it
    who = None if lent else who
    facts = {
        "title": Markup(title + "</title>\n"),  # noqa: S704 - rendered by our own template
        "main": Markup(main),  # noqa: S704
        "who": who,
        "role": ROLES[who.role] if who else "",
        "menu": menu_of(who, env) if who else [],
        "first": FIRST,
        "here": request.path,
        "lent": lent,
    }
    return str(env.get_template("layouts/desk.html").render(facts))


def menu_of(who: Colleague, env: Any) -> list[tuple[str, str]]:
    """The pages that exist and that somebody may open."""
    frame = env.globals["frame"]
    return [(path, words) for path, words, right in MENU if who.may(right) and frame.has_page(path)]
