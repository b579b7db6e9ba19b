"""What a case tells, in words for the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from madoguchi.domain.applications import REISSUE_REASONS, Stage
from madoguchi.domain.topics import Topic
from madoguchi.services import casework
from madoguchi.services.desk_queue import Case
from madoguchi.web.filters import full_day

MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
FROM: Final = {"form": "サイトの届け出（ログインなし）", "member": "会員サイト", "desk": "窓口や電話"}
WHAT: Final = {"returned": "銀行が送金できなかった", "unknown": "銀行から返事がない"}
BY: Final = {"member": "会員", "system": "システム"}
OUTCOMES: Final = {
    **{stage.value: stage.words for stage in Stage},
    "closed": "やり取りを終えた",
    "lost": "紛失と決まり、新しいカードを作る案件にした",
    "reissued": "新しいカードを渡した",
    "settled": "銀行が送金した",
    "found": "会員がわかり、記帳した",
    "returned": "振込人に送り返した",
    **casework.OUTCOMES,
}
REASONS: Final = REISSUE_REASONS


def span(time: timedelta) -> str:
    """A span of the desk's time, as 2時間10分."""
    hours, rest = divmod(max(time, timedelta(0)), HOUR)
    minutes = rest // MINUTE
    return f"{hours}時間{minutes}分" if hours else f"{minutes}分"


def told(case: Case) -> list[tuple[str, str]]:
    """What a case's own facts say, as (name, value); what is a link or a list has a place of its own."""
    found = [(words, say(case.facts.get(name))) for name, (words, say) in _FACTS.items()]
    return [(words, value) for words, value in found if value]


def _plain(value: Any) -> str:
    return str(value or "")


def _day(value: Any) -> str:
    return full_day(date.fromisoformat(value)) if value else ""


def _found(value: Any) -> str:
    return "" if value is None else "あり（すぐに止めました）" if value else "なし（会員をさがしてください）"


def _count(value: Any) -> str:
    return "" if value is None else f"{value}件"


def _of(words: Mapping[str, str]) -> Callable[[Any], str]:
    return lambda value: words.get(value, "")


_FACTS: Final[dict[str, tuple[str, Callable[[Any], str]]]] = {
    "what": ("起きたこと", _of(WHAT)),
    "from": ("届いたところ", _of(FROM)),
    "by": ("始めた人", _plain),
    "found": ("当てはまる会員", _found),
    "name_kana": ("お名前（カナ）", _plain),
    "birth_date": ("生年月日", _day),
    "number": ("届け出の番号", _plain),
    "phone": ("電話番号", _plain),
    "email": ("メール", _plain),
    "topic": ("ご用件", _of({topic.value: topic.words for topic in Topic})),
    "message": ("内容", _plain),
    "paid": ("引き落とせた", _count),
    "failed": ("引き落とせなかった", _count),
}
