"""The two sign-in forms: they check shape only, so that a slip of the finger costs no try."""

from __future__ import annotations

import re
from typing import Any

from wtforms.validators import StopValidation

from madoguchi.domain.secrets import LONGEST
from madoguchi.domain.widths import digits_only, is_digits
from madoguchi.web.forms import CheckField, Form, NarrowField, SecretField

MEMBER_NUMBER_DIGITS = 9
WEB_ID = re.compile(r"[A-Za-z0-9]{8,32}", re.ASCII)


class PinField(SecretField):
    """Four digits in any width."""

    def pre_validate(self, form: Any) -> None:
        """Anything else was never a PIN."""
        super().pre_validate(form)
        if not self.typed and not self.required:
            return
        digits = digits_only(self.typed)
        if not (is_digits(digits) and len(digits) == 4):
            raise StopValidation("暗証番号は4桁の数字です")


class PasswordField(SecretField):
    """Anything at all, but not without end: hashing must stay cheap."""

    def pre_validate(self, form: Any) -> None:
        """The rules for new passwords are not asked here; older ones may differ."""
        super().pre_validate(form)
        if len(self.typed) > LONGEST:
            raise StopValidation(f"パスワードは{LONGEST}文字までです")


class CardNumberField(NarrowField):
    """Digits in any width and grouping, as many as this lender's cards have."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, digits=True, **kwargs)
        self.allowed: tuple[int, ...] = ()

    def pre_validate(self, form: Any) -> None:
        """A member number is told by its form alone."""
        super().pre_validate(form)
        if not self.data:
            return
        lengths = "・".join(f"{n}桁" for n in self.allowed)
        if len(self.data) == MEMBER_NUMBER_DIGITS and MEMBER_NUMBER_DIGITS not in self.allowed:
            raise StopValidation(
                f"9桁の番号は会員番号のようです。カードの表の番号（{lengths}）か、Web-IDをお使いください"
            )
        if not is_digits(self.data) or len(self.data) not in self.allowed:
            raise StopValidation(f"カード番号は{lengths}の数字です")


class WebIdField(NarrowField):
    """A Web-ID in any width; its case counts."""

    def pre_validate(self, form: Any) -> None:
        """Eight to thirty-two letters and digits."""
        super().pre_validate(form)
        if self.data and not WEB_ID.fullmatch(self.data):
            raise StopValidation("Web-IDは8〜32文字の英数字です")


class CodeFirst:
    """A form that leaves its secret for later while a mailed code comes first."""

    SECRET = ""
    _code_first = False

    @property
    def code_first(self) -> bool:
        """Whether only the card number or Web-ID is asked."""
        return self._code_first

    @code_first.setter
    def code_first(self, wished: bool) -> None:
        self._code_first = wished
        self[self.SECRET].required = not wished  # type: ignore[index]


class CardForm(CodeFirst, Form):
    """Card number and PIN; with `kept` the browser remembers the number and only the PIN is asked."""

    SECRET = "pin"  # noqa: S105 - the field's name

    card_number = CardNumberField("カード番号")
    pin = PinField("暗証番号")
    remember = CheckField("この端末にカード番号を記憶する")

    def __init__(self, allowed: tuple[int, ...], kept: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kept = kept
        self.remember.data = self.remember.data or bool(kept and not self.is_submitted())
        self.card_number.allowed = allowed
        self.card_number.required = not kept

    @property
    def identifier(self) -> str:
        """The digits of the card number."""
        return self.kept or self.card_number.data

    @property
    def secret(self) -> str:
        """The PIN as four digits."""
        return digits_only(self.pin.typed)

    @property
    def shown(self) -> str:
        """What is shown of a remembered number."""
        return f"末尾 {self.kept[-4:]} のカード"

    def mark_wrong(self) -> None:
        """Say at both fields what to do; which of them was wrong nobody is told."""
        if not self.kept:
            self.card_number.errors = ("カード番号をお確かめください",)
        self.pin.errors = ("暗証番号をもう一度入れてください",)


class WebIdForm(CodeFirst, Form):
    """Web-ID and password; with `kept` the browser remembers the ID and only the password is asked."""

    SECRET = "password"  # noqa: S105 - the field's name

    web_id = WebIdField("Web-ID")
    password = PasswordField("パスワード")
    remember = CheckField("この端末にWeb-IDを記憶する")

    def __init__(self, kept: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kept = kept
        self.remember.data = self.remember.data or bool(kept and not self.is_submitted())
        self.web_id.required = not kept

    @property
    def identifier(self) -> str:
        """The Web-ID in half width."""
        return self.kept or self.web_id.data

    @property
    def secret(self) -> str:
        """The password exactly as typed."""
        return self.password.typed

    @property
    def shown(self) -> str:
        """What is shown of a remembered ID."""
        return f"{self.kept[:2]}…{self.kept[-2:]}"

    def mark_wrong(self) -> None:
        """Say at both fields what to do; which of them was wrong nobody is told."""
        if not self.kept:
            self.web_id.errors = ("Web-IDをお確かめください",)
        self.password.errors = ("パスワードをもう一度入れてください",)
