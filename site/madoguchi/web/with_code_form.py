"""The form for a mailed code and a secret together; which fields it has depends on the way in alone."""

from __future__ import annotations

from typing import Any

from wtforms.validators import StopValidation

from madoguchi.domain.codes import DIGITS, read
from madoguchi.domain.widths import digits_only
from madoguchi.services.tries import Route
from madoguchi.services.unlock import Aim, Begun
from madoguchi.web import code_forms
from madoguchi.web.forms import CheckField, Form, NarrowField
from madoguchi.web.login_forms import PasswordField, PinField

LONGEST = 64  # characters; more is no code in any grouping


class MailedCodeField(NarrowField):
    """Six digits in any width and grouping."""

    def pre_validate(self, form: Any) -> None:
        """What is no code by its form alone costs no try."""
        super().pre_validate(form)
        understood = read(self.typed[:LONGEST]) if self.typed else None
        if self.typed and (understood is None or not understood.digits):
            raise StopValidation(f"確認コードは{DIGITS}桁の数字です")


class FactorField(NarrowField):
    """A code of an app or a recovery code, or nothing."""

    def pre_validate(self, form: Any) -> None:
        """What is neither costs no try."""
        super().pre_validate(form)
        if self.typed.strip() and read(self.typed[:LONGEST]) is None:
            raise StopValidation("6桁のコードか、回復コードを入れてください")


class WithCodeForm(Form):
    """Code and PIN, or code and password; for a card that is on hold more can be given."""

    code = MailedCodeField("確認コード")
    pin = PinField("暗証番号")
    password = PasswordField("パスワード")
    factor = FactorField("もう1つのコード", required=False)
    remember = CheckField("この端末に番号・IDを記憶する")

    def __init__(self, begun: Begun, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.by_card = begun.route is Route.CARD
        self.more = self.by_card and begun.aim is Aim.UNLOCK
        self.code.required = not begun.proved
        self.pin.required = self.by_card and not self.more
        self.password.required = not self.by_card
        if self.more:
            self.password.label.text = "Web-IDのパスワード"

    def validate(self, extra_validators: Any = None) -> bool:
        """Where the PIN may stay empty something else is given; the mailed code alone leads on, too."""
        found = super().validate(extra_validators)
        if found and self.more and not (self.code.required or self._filled):
            self.pin.errors = ("暗証番号、パスワード、もう1つのコードのどれかを入れてください",)
            return False
        return bool(found)

    @property
    def pin_digits(self) -> str:
        """The PIN as four digits, "" when none was typed."""
        return digits_only(self.pin.typed)

    @property
    def _filled(self) -> list[Any]:
        """The fields of secrets in which something was typed."""
        return [field for field in (self.pin, self.password, self.factor) if field.typed]

    def mark_wrong_code(self) -> None:
        """Whether the code or the account was wrong nobody is told."""
        self.code.errors = ("確認コードをお確かめください",)

    def mark_missing_proof(self) -> None:
        """Code and PIN were right; say which other proof was wrong, or that one is missing."""
        wrong = [field for field in (self.password, self.factor) if field.typed]
        field = wrong[0] if wrong else self.password
        then = f"{field.label.text}をもう一度入れてください"
        if not wrong:
            either = f"{field.label.text}か「{self.factor.label.text}」"
            then = f"カードの再開には、{either}もいります。どちらか1つを入れてください"
        field.errors = (f"確認コードと暗証番号は確かめました。{then}",)

    def mark_used_code(self) -> None:
        """The app's code was right once: say so, and when the next one comes."""
        self.factor.errors = (code_forms.USED,)

    def mark_wrong_secret(self) -> None:
        """The code was right; say at the secret that it was not."""
        field = self._filled[0]
        field.errors = (f"確認コードは確かめました。{field.label.text}をもう一度入れてください",)
