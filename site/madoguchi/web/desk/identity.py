"""The identity check that acts at the counter ask: which kind of paper, and where it was looked at."""

from __future__ import annotations

from typing import Any, Final

from wtforms.validators import StopValidation

from madoguchi.domain.kana import KanaError, member_kana
from madoguchi.web.desk.forms import WordsField
from madoguchi.web.forms import CheckField, ChoiceField, Form, NarrowField

# The kind alone is kept, never a paper's number or a copy of it.
DOCUMENTS: Final = (
    "運転免許証", "マイナンバーカード", "在留カード・特別永住者証明書", "パスポート", "運転経歴証明書",
)  # fmt: skip
CHOICES: Final = [("", "選んでください"), *((words, words) for words in DOCUMENTS)]


class ChosenField(ChoiceField):
    """One of a few, none of which is taken for granted."""

    def pre_validate(self, form: Any) -> None:
        """Something was chosen."""
        if not self.data:
            raise StopValidation(f"{self.label.text}を選んでください")
        super().pre_validate(form)


class IdentityForm(Form):
    """Which paper, where, and why the act is done."""

    document = ChosenField("本人確認の書類", CHOICES, default="")
    place = WordsField("確かめた場所", longest=60)
    reason = WordsField("手続きの理由")


class SureField(CheckField):
    """A box without which nothing is done; `missing` is the sentence."""

    def __init__(self, label: str, missing: str, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.missing = missing

    def pre_validate(self, form: Any) -> None:
        """Ticked."""
        if not self.data:
            raise StopValidation(self.missing)


class KanaNameField(NarrowField):
    """A name in full-width katakana, family and given name parted by a space, that bank files can carry."""

    def read(self, text: str) -> str:
        """The name; raises ValueError with the sentence."""
        try:
            return member_kana(text)
        except KanaError as fault:
            example = "（例 サトウ ハナコ）"
            if fault.letter:
                raise ValueError(
                    f"{self.label.text}の「{fault.letter}」は使えません。カタカナで入れてください{example}"
                ) from None
            raise ValueError(f"{self.label.text}は、姓と名のあいだに空白を入れてください{example}") from None
