"""The telephone as every page shows it: number, hours, and whether someone answers right now."""

from __future__ import annotations

from datetime import datetime, timedelta

from markupsafe import Markup

from madoguchi.domain.hours import Hours, Open, phone_state
from madoguchi.ports import JAPAN
from madoguchi.rules import Phone

WEEKDAYS = "月火水木金土日"
BLOCK = Markup(
    '<aside class="help" aria-labelledby="help">\n  <h2 id="help">困ったときは</h2>\n'
    '  <p><a href="tel:{dial}">{number}</a></p>\n  <p>{hours}。{now}</p>\n'
    '  <p>{always}は24時間つながります。<a href="/contact">お問い合わせの窓口</a></p>\n</aside>'
)


class Sign:
    """Says the hours; remembers its words until they stop being true, since every page asks."""

    def __init__(self, rules: Phone) -> None:
        self._rules = rules
        self._words = ("", Markup(""))
        self._from = self._until = datetime.min.replace(tzinfo=JAPAN)

    @property
    def hours(self) -> str:
        """平日9:00〜18:00・通話無料."""
        return f"平日{span(self._rules.hours)}・{self._rules.note}"

    def sentence(self, now: datetime) -> str:
        """いま受付中です（本日18:00まで）。 or when it opens next."""
        self._refresh(now)
        return self._words[0]

    def block(self, now: datetime) -> Markup:
        """The help block that stands in the same place on every page."""
        self._refresh(now)
        return self._words[1]

    def _refresh(self, now: datetime) -> None:
        if self._from <= now < self._until:
            return
        here = now.astimezone(JAPAN)
        state = phone_state(self._rules.hours, now)
        turn = state.until if isinstance(state, Open) else state.next_open
        midnight = here.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        sentence = _sentence(state, here)
        block = BLOCK.format(
            dial="".join(filter(str.isdigit, self._rules.number)),
            number=self._rules.number,
            hours=self.hours,
            now=sentence,
            always=self._rules.always,
        )
        self._words, self._from, self._until = (sentence, block), now, min(turn or midnight, midnight)


def span(hours: Hours) -> str:
    """Opening hours as 9:00〜18:00."""
    return f"{hours.opens:%-H:%M}〜{hours.closes:%-H:%M}"


def _sentence(state: object, here: datetime) -> str:
    if isinstance(state, Open):
        return f"いま受付中です（本日{state.until:%-H:%M}まで）。"
    opens: datetime = state.next_open  # type: ignore[attr-defined]
    if opens.date() == here.date():
        return f"いまは受付時間外です。本日{opens:%-H:%M}に開きます。"
    day = f"{opens.month}月{opens.day}日（{WEEKDAYS[opens.weekday()]}）"
    return f"いまは受付時間外です。次は{day}{opens:%-H:%M}に開きます。"
