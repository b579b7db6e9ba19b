"""Fields that the desk's forms share."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any, Final

from flask import request
from wtforms import Field
from wtforms.validators import StopValidation

from madoguchi.domain.long_text import tidied
from madoguchi.domain.widths import narrow
from madoguchi.ports import JAPAN
from madoguchi.web.forms import Typed
from madoguchi.web.long_text import LongField

_HOUR: Final = re.compile(r"([01]?[0-9]|2[0-3])(?:[:.]|時)([0-5]?[0-9])分?|([01]?[0-9]|2[0-3])時", re.ASCII)


class WordsField(Typed):
    """A reason or a remark in plain words, as typed, of at most `longest` characters."""

    def __init__(self, label: str, longest: int = 200, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.longest = longest

    def read(self, text: str) -> str:
        """The words without blanks around them; raises ValueError with the sentence."""
        words = text.strip()
        if len(words) > self.longest:
            raise ValueError(
                f"{self.label.text}は{self.longest}文字までで入れてください（いま{len(words)}文字）"
            )
        return words

    @property
    def words(self) -> str:
        """What was said, "" for nothing."""
        return self.data or ""


class TextField(LongField):
    """Text of several lines, of at most `most` letters."""

    def __init__(self, label: str, most: int, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self._most = most

    @property
    def longest(self) -> int:
        """The most letters."""
        return self._most

    def read(self, text: str) -> str:
        """The text, tidied, with blanks in place of tabs."""
        found: str = super().read(tidied(text).replace("\t", "　"))
        return found


class HourField(Typed):
    """A time of day such as 20:00 or 20時."""

    def read(self, text: str) -> time:
        """The time; raises ValueError with the sentence."""
        found = _HOUR.fullmatch(narrow(text).strip())
        if not found:
            raise ValueError(f"{self.label.text}は時刻で入れてください（例 20:00）")
        return time(int(found[1] or found[3]), int(found[2] or 0))

    def _shown(self) -> str:
        return f"{self.data:%H:%M}" if self.data else ""


def moment_of(day: date | None, hour: time | None) -> datetime | None:
    """A moment in Japan; None where one of its halves is missing."""
    return datetime.combine(day, hour, JAPAN) if day and hour else None


class UploadField(Field):
    """One file of the desk's own: `data` its bytes, `filename` what it was called there."""

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Files are not typed: nothing is read here."""
        self.data, self.filename, self.raw_data, self.process_errors = b"", "", None, []

    def pre_validate(self, form: Any) -> None:
        """Read it; nothing chosen and an empty file are told beside the field."""
        sent = request.files.get(self.name)
        if sent is None or not sent.filename:
            raise StopValidation(f"{self.label.text}を選んでください")
        self.data, self.filename = sent.read(), sent.filename
        if not self.data:
            raise StopValidation(f"{self.label.text}が空です")
