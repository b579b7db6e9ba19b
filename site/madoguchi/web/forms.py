"""Forms and their fields: they check shape through the domain's parsers, and keep what was typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict
from wtforms import BooleanField, Field, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from madoguchi.domain.dates import FIRST_YEAR, LAST_YEAR, DayError, parse_day
from madoguchi.domain.money import MAX_YEN, MoneyError, parse_yen
from madoguchi.domain.rates import MAX_RATE, RateError, format_rate, parse_rate
from madoguchi.domain.widths import digits_only, is_digits, narrow, was_widened
from madoguchi.web.filters import full_day, rate, yen


class Form(FlaskForm):
    """The base of all forms; the CSRF token is checked for all routes at once in web/csrf.py."""

    class Meta:
        csrf = False

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Only what was typed: Flask-WTF would put an uploaded file where a field awaits text."""
            found = super().wrap_formdata(form, formdata)
            return request.form if isinstance(found, CombinedMultiDict) else found

    @property
    def narrowed(self) -> bool:
        """Whether some field was typed in full width, so that the page can say what it understood."""
        return any(getattr(field, "narrowed", False) for field in self)


class Typed(Field):
    """A field that is typed: `data` is what the parser understood or None, `typed` what a person wrote.

    Blank is an error unless `required` is false. `read` raises ValueError with the sentence for the page.
    """

    def __init__(self, label: str, required: bool = True, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.required, self.typed, self.narrowed = required, "", False

    def process_formdata(self, values: list[str]) -> None:
        """Understand what was typed; wtforms turns ValueError into the field's message."""
        self.typed = values[0] if values else ""
        self.data = None
        if self.typed.strip():
            self.data = self.read(self.typed)
            self.narrowed = was_widened(self.typed)

    def pre_validate(self, form: Any) -> None:
        """Blank is told once, here; a parse error was told already."""
        if self.required and not self.typed.strip() and not self.process_errors:
            raise StopValidation(f"{self.label.text}を入れてください")

    def read(self, text: str) -> Any:
        """What the text means."""
        return text

    def understood(self) -> str:
        """What was understood, in words."""
        return str(self.data)

    def _value(self) -> str:
        return _plain(self.typed) if self.raw_data is not None else self._shown()

    def _shown(self) -> str:
        return "" if self.data is None else str(self.data)


class NarrowField(Typed):
    """Text in half width; with `digits` also without spaces and dashes, as card and phone numbers are."""

    def __init__(self, label: str, digits: bool = False, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self._fold: Callable[[str], str] = digits_only if digits else _trimmed

    def read(self, text: str) -> str:
        """The folded text."""
        return self._fold(text)


def _plain(text: str) -> str:
    """Without control characters, which may stand in no page; a test of shape has refused them."""
    return "".join(c for c in text if c in "\t\r\n" or unicodedata.category(c) != "Cc")


def _trimmed(text: str) -> str:
    return narrow(text).strip()


class SecretField(Typed):
    """A secret: exactly as typed, never sent back to the page."""

    def process_formdata(self, values: list[str]) -> None:
        """Keep it as it is: trimming or folding is the sign-in's to decide."""
        self.typed = self.data = values[0] if values else ""

    def _value(self) -> str:
        return ""


class YenField(Typed):
    """Whole yen from `low` to `high`, both included; `bounds` words them where another rule knows better."""

    def __init__(
        self,
        label: str,
        low: int = 0,
        high: int = MAX_YEN,
        bounds: Callable[[], str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.low, self.high = low, high
        self._bounds = bounds or (lambda: f"{yen(low)}から{yen(high)}まで")

    def read(self, text: str) -> int:
        """Yen; raises ValueError with the sentence."""
        try:
            return parse_yen(text, self.low, self.high)
        except MoneyError as fault:
            raise ValueError(self._sentence(fault.reason)) from None

    def understood(self) -> str:
        """As 100,000円."""
        return yen(self.data)

    def to_show_again(self) -> str:
        """For an address: as it was typed where that was folded, so that the next page can say so too."""
        return quote(self.typed if self.narrowed else str(self.data), safe="")

    def _sentence(self, reason: str) -> str:
        label = self.label.text
        if reason in ("too_small", "too_large", "sign"):
            return f"{label}は{self._bounds()}で入れてください"
        if reason == "fraction":
            return f"{label}は1円単位で入れてください。小数は使えません"
        return f"{label}は数字で入れてください（例 100,000）"


class RateField(Typed):
    """A yearly rate in percent, as hundredths of a percent from `low` to `high`."""

    def __init__(self, label: str, low: int = 0, high: int = MAX_RATE, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.low, self.high = low, high

    def read(self, text: str) -> int:
        """Hundredths of a percent; raises ValueError with the sentence."""
        try:
            return parse_rate(text, self.low, self.high)
        except RateError as fault:
            raise ValueError(self._sentence(fault.reason)) from None

    def understood(self) -> str:
        """As 17.8%."""
        return rate(self.data)

    def _shown(self) -> str:
        return "" if self.data is None else format_rate(self.data)

    def _sentence(self, reason: str) -> str:
        label = self.label.text
        if reason in ("too_small", "too_large"):
            return f"{label}は{rate(self.low)}から{rate(self.high)}までで入れてください"
        if reason == "too_fine":
            return f"{label}は小数第2位までで入れてください（例 17.85）"
        return f"{label}は数字で入れてください（例 17.8）"


class CountField(Typed):
    """A small whole number from `low` to `high`, such as a number of payments."""

    def __init__(self, label: str, low: int, high: int, unit: str, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.low, self.high, self.unit = low, high, unit

    def read(self, text: str) -> int:
        """The number; raises ValueError with the sentence."""
        figure = _trimmed(text).removesuffix(self.unit).strip()
        if not is_digits(figure):
            raise ValueError(f"{self.label.text}は数字で入れてください（例 36）")
        number = int(figure) if len(figure) <= 9 else self.high + 1
        if not self.low <= number <= self.high:
            raise ValueError(
                f"{self.label.text}は{self.low}{self.unit}から{self.high}{self.unit}までで入れてください"
            )
        return number

    def understood(self) -> str:
        """As 36回."""
        return f"{self.data}{self.unit}"


class DayField(Typed):
    """A calendar day, from a date control or typed as 2026-11-25, 2026/11/25, 20261125 or 2026年11月25日."""

    SENTENCES = {  # noqa: RUF012 - read only
        "half": "{}は年・月・日をすべて入れてください（例 2026-11-25）",
        "impossible": "{}に、暦にない日付が入っています",
        "year": f"{{}}の年は{FIRST_YEAR}から{LAST_YEAR}までで入れてください",
    }

    def read(self, text: str) -> date:
        """The day; raises ValueError with the sentence."""
        try:
            return parse_day(text)
        except DayError as fault:
            sentence = self.SENTENCES.get(fault.reason, "{}は日付で入れてください（例 2026-11-25）")
            raise ValueError(sentence.format(self.label.text)) from None

    def understood(self) -> str:
        """As 2026年11月25日（水）."""
        return full_day(self.data)

    @property
    def control(self) -> str:
        """The input's type: a date control cannot show what is no date, and would lose what was typed."""
        return "text" if self.typed.strip() and self.data is None else "date"

    def _value(self) -> str:
        return self.data.isoformat() if self.data else self.typed.strip()


class ChoiceField(SelectField):
    """One of a few (value, words); anything else is a sentence of ours."""

    def __init__(self, label: str, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(label, choices=[SelectChoice(value, words) for value, words in choices], **kwargs)

    def pre_validate(self, form: Any) -> None:
        """Only what is offered."""
        if self.data not in {choice.value for choice in self.choices}:
            raise StopValidation(f"{self.label.text}は、一覧から選んでください")


class CheckField(BooleanField):
    """A box to tick."""
