"""Words that several pages of the desk share."""

from __future__ import annotations

from typing import Final

from madoguchi.domain.rights import State
from madoguchi.domain.staff import Right
from madoguchi.services.desk_acts import DEEDS

STATES: Final = {
    State.CLOSED: "解約",
    State.SUSPENDED: "利用停止",
    State.LOST: "カード紛失",
    State.HELD: "カード停止",
    State.OVERDUE: "返済の遅れ",
    State.STOPPED: "借入ストップ",
}
CASES: Final = {
    "lost_card": "カードの紛失",
    "misuse": "覚えのない取引",
    "contact": "お問い合わせ",
    "application": "お申し込み",
    "message": "メッセージ",
    "document": "書類",
    "transfer": "送金",
    "heirs": "相続",
    "debit": "口座振替の結果",
    "payment": "だれのものかわからない入金",
}
# What can be done about a member, in the order of the page: whoever holds the right sees the link.
ACTS_HERE: Final[tuple[tuple[Right, str, str], ...]] = (
    (Right.SEE_AS_MEMBER, "/desk/members/{number}/look", "会員と同じ画面を見る"),
    (Right.CHECK_IDENTITY, "/desk/members/{number}/counter", "店頭の画面（暗証番号）"),
    (Right.REQUEST, "/desk/members/{number}/name", "お名前の変更"),
    (Right.REQUEST, "/desk/members/{number}/contacts", "連絡先を両方なくしたとき"),
    (Right.CHECK_IDENTITY, "/desk/members/{number}/mail", "メールアドレスの訂正"),
    (Right.REQUEST, "/desk/members/{number}/call-in", "期限の利益の喪失"),
    (Right.REQUEST, "/desk/members/{number}/death", "亡くなられた会員の手続き"),
    (Right.CHECK_IDENTITY, "/desk/members/{number}/disclosure", "個人情報の開示"),
    *((d.rung.right, "/desk/members/{number}/" + d.act.value, d.name) for d in DEEDS.values()),
)
