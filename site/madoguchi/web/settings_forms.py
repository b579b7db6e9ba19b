"""Fields and pieces that the pages of details on file share."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import g
from wtforms.validators import StopValidation

from madoguchi.domain import contacts
from madoguchi.domain.contacts import ContactError
from madoguchi.services import details, factors, step_up
from madoguchi.services.cases import MEMBER
from madoguchi.services.details import Detail, Unchanged
from madoguchi.web.forms import NarrowField, Typed
from madoguchi.web.office import office


class PostcodeField(Typed):
    """A postcode in any width and grouping, kept as 160-0022."""

    def read(self, text: str) -> str:
        """The postcode; raises ValueError with the sentence."""
        try:
            return contacts.postcode(text)
        except ContactError:
            raise ValueError(f"{self.label.text}は、7桁の数字で入れてください（例 160-0022）") from None


class PhoneField(Typed):
    """A telephone number in any width and grouping, kept as 090-0000-0019."""

    def read(self, text: str) -> str:
        """The number; raises ValueError with the sentence."""
        try:
            return contacts.phone(text)
        except ContactError:
            raise ValueError(
                f"{self.label.text}は、0から始まる10桁か11桁の数字で入れてください（例 090-0000-0019）"
            ) from None


class LineField(NarrowField):
    """One line of free text, at most so long."""

    def __init__(self, label: str, most: int = 100, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.most = most

    def pre_validate(self, form: Any) -> None:
        """Short enough, and nothing in it that no page can show."""
        super().pre_validate(form)
        text = self.data or ""
        if len(text) > self.most:
            raise StopValidation(f"{self.label.text}は、{self.most}文字までで入れてください")
        if any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in text):
            raise StopValidation(f"{self.label.text}に、使えない文字が入っています")


@dataclass(frozen=True, slots=True)
class PastLine:
    """One change as a page tells it."""

    at: datetime
    was: str
    became: str
    by: str


def past(detail: Detail, words: Callable[[Mapping[str, Any]], str]) -> list[PastLine]:
    """What was changed before, the newest first; `words` says what stood there."""
    return [
        PastLine(one.at, words(one.was) or "なし", words(one.became), _who(one.by_whom, one.way))
        for one in details.past(office(), g.visitor.member_id, detail)
    ]


def past_wishes() -> list[PastLine]:
    """Mail addresses that were asked for and never confirmed, the newest first."""
    found = details.past(office(), g.visitor.member_id, Detail.MAIL_WISH)
    return [
        PastLine(one.at, str(one.was["email"]) or "なし", f"変更なし（{one.became['email']} は確認前）",
                 _how_ended(one.by_whom, one.way))
        for one in found
    ]  # fmt: skip


def _how_ended(by_whom: str, way: str) -> str:
    if by_whom != MEMBER:
        return "窓口の係員が取りやめ"
    ends = {details.LAPSED: "リンクの期限切れ", details.REPLACED: "ご本人が別のアドレスに"}
    return ends.get(way, "ご本人が取りやめ")


def done(outcome: object) -> str:
    """The query that tells on the page what came of a change."""
    return "?done=same" if isinstance(outcome, Unchanged) else "?done=changed"


def barred() -> bool:
    """Whether nothing could pass the second step that a change asks for: then the phone is the way."""
    fresh = step_up.fresh(office(), g.visitor)
    return not fresh and not factors.ways(office(), g.visitor.member_id).any


def _who(by_whom: str, way: str) -> str:
    if by_whom != MEMBER:
        return "窓口の係員"
    return "ご本人（メールのリンク）" if way == details.BY_LINK else "ご本人（このサイト）"
