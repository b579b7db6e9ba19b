"""What letters say of payments that were split anew because something valued before them came late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from madoguchi.domain.money import format_yen
from madoguchi.store.entries import Entry


def in_words(corrected: Iterable[Entry]) -> str:
    """The payments by day and yen; "" where there are none."""
    return "、".join(f"{day(entry.value_date)}の{format_yen(entry.amount)}円" for entry in corrected)


def day(on: date) -> str:
    """A day of the last weeks, which needs no year."""
    return f"{on.month}月{on.day}日"
