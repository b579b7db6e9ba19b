"""What forms need to take a message: a field of many lines, a key against double clicks, and the promise."""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from typing import Any, Final

from markupsafe import Markup
from wtforms import HiddenField

from madoguchi.domain.long_text import tidied
from madoguchi.domain.topics import Topic
from madoguchi.ports import JAPAN
from madoguchi.services import messages
from madoguchi.web.filters import clock
from madoguchi.web.forms import ChoiceField, Typed
from madoguchi.web.office import office
from madoguchi.web.phone import span
from madoguchi.web.words import day

TOPICS: Final = [(topic.value, topic.words) for topic in Topic]
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{10,60}", re.ASCII)


class LongField(Typed):
    """Text of many lines, up to the lender's longest; counted as people count, a line end as one."""

    @property
    def longest(self) -> int:
        """The most letters."""
        return office().rules.messages.longest

    @property
    def left(self) -> int:
        """How many letters may still be written; below 0 for too many."""
        return self.longest - len(tidied(self.typed))

    def read(self, text: str) -> str:
        """The text, tidied; raises ValueError with the sentence."""
        found = tidied(text)
        if not found:
            raise ValueError(f"{self.label.text}を入れてください")
        if len(found) > self.longest:
            raise ValueError(
                f"{self.label.text}は{self.longest:,}文字までで入れてください（いま{len(found):,}文字）"
            )
        return found

    def process_formdata(self, values: list[str]) -> None:
        """As typed; full-width letters are no slip here."""
        super().process_formdata(values)
        self.narrowed = False


class TopicField(ChoiceField):
    """What it is about."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, TOPICS, **kwargs)

    @property
    def topic(self) -> Topic:
        """The topic that was chosen."""
        return Topic(self.data)


class KeyField(HiddenField):
    """The key of a form, by which a double click is one act; whoever sends none gets a new one."""

    @property
    def key(self) -> str:
        """The key that came, or a new one."""
        return self.data if _KEY.fullmatch(self.data or "") else new_key()


def new_key() -> str:
    """A key for a form."""
    return secrets.token_urlsafe(18)


def promise() -> Markup:
    """From when a person reads what is sent now, as a sentence; 20:59 and 21:00 differ."""
    now, hours = office().now(), span(office().rules.web_questions)
    moment = messages.promised(office(), now)
    if moment != now:
        return _from(moment)
    return Markup("いまは、担当者が読んでいる時間です（平日{}）。届いた順に読みます。").format(hours)


def reads(moment: datetime, sent: datetime) -> Markup:
    """From when a person reads what was sent at a moment."""
    return Markup("担当者に届いています。届いた順に読みます。") if moment == sent else _from(moment)


def _from(moment: datetime) -> Markup:
    when = day(moment.astimezone(JAPAN).date())
    return Markup("{} {}から、担当者が届いた順に読みます。").format(when, clock(moment))
