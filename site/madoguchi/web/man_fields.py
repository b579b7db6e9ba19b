"""Amounts that people tell in 万: incomes, debts and limits."""

from __future__ import annotations

from typing import Any

from madoguchi.domain.money import man_as_yen
from madoguchi.web.forms import YenField


class ManField(YenField):
    """Whole yen, also told as 420万円; `example` is one that fits the field."""

    def __init__(self, label: str, *bounds: int, example: str = "420万円、4,200,000", **kwargs: Any) -> None:
        super().__init__(label, *bounds, **kwargs)
        self._example = example

    def read(self, text: str) -> int:
        """Yen; raises ValueError with the sentence."""
        return super().read(man_as_yen(text))

    def _sentence(self, reason: str) -> str:
        if reason in ("empty", "format"):
            return f"{self.label.text}は、円か万円の数字で入れてください（例 {self._example}）"
        return super()._sentence(reason)
