"""The forms beside a case: each page has several, so no two fields have one name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from flask import request
from wtforms.fields.choices import SelectChoice

from madoguchi.domain.long_text import tidied
from madoguchi.domain.widths import is_digits
from madoguchi.services import casework
from madoguchi.services.applications import LONGEST as LONGEST_WORDS
from madoguchi.services.casework import Glance
from madoguchi.web.desk.door import colleague
from madoguchi.web.desk.forms import WordsField
from madoguchi.web.forms import ChoiceField, Form, YenField
from madoguchi.web.long_text import KeyField, LongField, new_key
from madoguchi.web.office import office

LONGEST: Final = 15  # digits of a note's number


class LinesField(WordsField):
    """Words of several lines."""

    @property
    def left(self) -> int:
        """How many letters may still be written; below 0 for too many."""
        return self.longest - len(tidied(self.typed))

    def read(self, text: str) -> str:
        """The words; raises ValueError with the sentence."""
        return super().read(tidied(text))


class PressForm(Form):
    """A button alone; the note that was seen last comes with every form."""


class NoteForm(Form):
    """What was said or done."""

    note = LinesField("書きとめること", longest=1000)


class HandForm(Form):
    """To whom, and what they should know."""

    to = ChoiceField("引き継ぐ人", [])
    hand_words = WordsField("引き継ぐ人に伝えること", longest=400)

    def __init__(self, names: Sequence[str] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        found = casework.colleagues(office()) if names is None else names
        self.to.choices = [SelectChoice(name, name) for name in found if name != colleague().name]


class CloseForm(Form):
    """How it ended."""

    outcome = ChoiceField("どう終わったか", list(casework.OUTCOMES.items()))
    close_words = WordsField("したこと", longest=400, required=False)

    def validate(self, extra_validators: Any = None) -> bool:
        """Where nothing was done, words say why."""
        fits: bool = super().validate(extra_validators)
        if fits and self.outcome.data in casework.NEEDS_WORDS and not self.close_words.words:
            self.close_words.errors = ("手当てをしないで終わりにするわけを書いてください",)
        return not self.errors


class LimitForm(Form):
    """The limit that is agreed to, where there is one."""

    limit = YenField("承る利用限度額", required=False)


class AskForm(Form):
    """What the member reads: a question, or why not and what can be done."""

    words = LinesField("会員に伝えること", longest=LONGEST_WORDS)


class AnswerForm(Form):
    """A message to the member."""

    message = LongField("会員へのメッセージ")
    idempotency_key = KeyField()

    @classmethod
    def empty(cls) -> AnswerForm:
        """A form with a key of its own."""
        return cls(formdata=None, data={"idempotency_key": new_key()})


def glance(case_id: int) -> Glance:
    """The case as it stood on the screen that sent this form."""
    typed = request.form.get("seen", "")
    seen = int(typed) if is_digits(typed) and len(typed) <= LONGEST else -1
    return Glance(case_id, seen, colleague())
