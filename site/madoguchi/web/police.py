"""The field for the number that the police gave, as on the card's page and on the paper about misuse."""

from __future__ import annotations

from madoguchi.services.police import MOST
from madoguchi.web.forms import Form, Typed


class NumberField(Typed):
    """A number as the police write it, letters and all."""

    def read(self, text: str) -> str:
        """The number; raises ValueError with the sentence, since half a number would lead nowhere."""
        number = " ".join(text.split())
        if len(number) > MOST:
            raise ValueError(f"{self.label.text}は{MOST}文字までで入れてください（いま{len(number)}文字）")
        return number


class PoliceForm(Form):
    """The number that the police gave."""

    police_number = NumberField("警察の受理番号")
