"""Words that several pages of the desk share."""

from __future__ import annotations

from typing import Final

from madoguchi.domain.rights import State
from madoguchi.domain.staff import Right

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
    "payment": "だれのものかわからない入金",
}
# What can be done about a member, in the order of the page: whoever holds the right sees the link.
ACTS_HERE: Final[tuple[tuple[Right, str, str], ...]] = (
    (Right.SEE_AS_MEMBER, "/desk/members/{number}/look", "会員と同じ画面を見る"),
)
