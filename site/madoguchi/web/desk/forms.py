"""Fields that the desk's forms share."""

from __future__ import annotations

from typing import Any

from madoguchi.web.forms import Typed


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
