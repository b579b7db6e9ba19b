"""What the forms of publishing share: one line of text, days that fit together, what was done just now."""

from __future__ import annotations

from typing import Any, Final

from flask import request

from madoguchi.web.forms import DayField, Form, Typed
from madoguchi.web.long_text import KeyField
from madoguchi.web.office import office

NOT_NOW: Final = "掲示できませんでした。表示できない文字が入っていないか、日付が正しいかを、お確かめください"
_DONE: Final = {"published": "掲示しました。1分以内に、会員の画面に出ます。", "withdrawn": "取り下げました。",
                "ended": "終わりを伝えました。", "told": "続報を出しました。"}  # fmt: skip


class LineField(Typed):
    """One line of at most `most` letters, as typed."""

    def __init__(self, label: str, most: int, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.most = most

    def read(self, text: str) -> str:
        """The line; raises ValueError with the sentence."""
        line = text.strip()
        if len(line) > self.most:
            raise ValueError(f"{self.label.text}は{self.most}文字までで入れてください（いま{len(line)}文字）")
        if any(not (c.isprintable() or c == "\u3000") for c in line):
            raise ValueError(f"{self.label.text}に、表示できない文字が入っています")
        return line


class BulletinForm(Form):
    """From which day to which; those who publish see it before it is published."""

    first = DayField("掲示を始める日")
    last = DayField("掲示を終える日")
    key = KeyField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Days in their order, and the last one still to come."""
        fits: bool = super().validate(extra_validators)
        first, last = self.first.data, self.last.data
        if first and last and last < first:
            self.last.errors = ("終える日は、始める日と同じか、あとの日にしてください",)
        elif last and last < office().business_day():
            self.last.errors = ("終える日が過ぎています。今日かあとの日にしてください",)
        return fits and not self.last.errors


def done_words() -> str:
    """What was done just now, in words."""
    return _DONE.get(request.args.get("done", ""), "")
