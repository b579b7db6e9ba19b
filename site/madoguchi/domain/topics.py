"""What members and others write to the lender about."""

from __future__ import annotations

from enum import Enum


class Topic(Enum):
    """A topic, as its value is kept and sent by forms."""

    REPAY = "repay"
    BORROW = "borrow"
    DETAILS = "details"
    CARD = "card"
    SITE = "site"
    OTHER = "other"

    @property
    def words(self) -> str:
        """As pages name it."""
        return _WORDS[self]

    @property
    def phone_first(self) -> bool:
        """Whether the telephone is shown before the form: a due date does not wait for an answer."""
        return self is Topic.REPAY


_WORDS = {
    Topic.REPAY: "ご返済・お支払い",
    Topic.BORROW: "お借り入れ",
    Topic.DETAILS: "登録内容の変更",
    Topic.CARD: "カード・暗証番号",
    Topic.SITE: "ログイン・サイトの使い方",
    Topic.OTHER: "そのほか",
}
