"""Strict reading of one table of a TOML file: every fault names its key, and no key is left unread."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from madoguchi.domain.rates import RateError, parse_rate


class RulesError(ValueError):
    """lender.toml cannot be used; the sentence names the key and what would be right."""


class Section:
    """One table of the file; remembers its path and which keys were asked for."""

    def __init__(self, path: str, tree: dict[str, Any]) -> None:
        self._path, self._left = path, dict(tree)

    def _take(self, key: str, kind: type) -> Any:
        if key not in self._left:
            raise RulesError(f"lender.toml: {self._path}{key} is missing")
        value = self._left.pop(key)
        if type(value) is not kind:
            raise self.fault(key, f"must be {_KIND_NAMES[kind]}, not {value!r}")
        return value

    def text(self, key: str) -> str:
        if not (value := self._take(key, str)).strip():
            raise self.fault(key, "must not be empty")
        return str(value)

    def flag(self, key: str) -> bool:
        return bool(self._take(key, bool))

    def number(self, key: str, low: int, high: int) -> int:
        value = self._take(key, int)
        if not low <= value <= high:
            raise self.fault(key, f"must lie between {low} and {high}, not {value}")
        return int(value)

    def numbers(self, key: str, low: int, high: int) -> tuple[int, ...]:
        values = self._take(key, list)
        if not values or any(type(v) is not int or not low <= v <= high for v in values):
            raise self.fault(key, f"must be a list of whole numbers between {low} and {high}")
        return tuple(values)

    def percent(self, key: str) -> int:
        text = self.text(key)
        try:
            return parse_rate(text)
        except RateError:
            raise self.fault(key, f'must be a percentage in quotes such as "17.8", not {text!r}') from None

    def choice(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self.text(key)
        if value not in allowed:
            raise self.fault(key, f"must be one of {', '.join(allowed)}, not {value!r}")
        return value

    def clock(self, key: str) -> time:
        found = re.fullmatch(r"(\d{1,2}):(\d{2})", self.text(key), re.ASCII)
        if not found or int(found[1]) > 23 or int(found[2]) > 59:
            raise self.fault(key, "must be a time such as 9:00")
        return time(int(found[1]), int(found[2]))

    def has(self, key: str) -> bool:
        return key in self._left

    def section(self, key: str) -> Section:
        return Section(f"{self._path}{key}.", self._take(key, dict))

    def sections(self, key: str) -> list[Section]:
        rows = self._take(key, list)
        if not rows or any(type(row) is not dict for row in rows):
            raise self.fault(key, "must be a list of tables")
        return [Section(f"{self._path}{key}[{n}].", row) for n, row in enumerate(rows)]

    def fault(self, key: str, sentence: str) -> RulesError:
        return RulesError(f"lender.toml: {self._path}{key} {sentence}")

    def done(self) -> None:
        if self._left:
            raise self.fault(sorted(self._left)[0], "is no key that is known here")


_KIND_NAMES = {
    str: "a text in quotes",
    bool: "true or false",
    int: "a whole number",
    list: "a list",
    dict: "a table",
}
