"""The facts of a line of the audit log, in words; a word that nobody named here stands for itself."""

from __future__ import annotations

from typing import Any, Final

from madoguchi.domain.applications import Stage
from madoguchi.domain.finding import By
from madoguchi.domain.maintenance import Function
from madoguchi.domain.staff import Role
from madoguchi.services import identity
from madoguchi.services.audit import Line, Noted
from madoguchi.services.counter import Purpose
from madoguchi.services.desk_acts import ACTS, DEEDS
from madoguchi.web.availability import WORDS as FUNCTIONS
from madoguchi.web.desk.case_words import OUTCOMES
from madoguchi.web.desk.rails_payments import WORDS as HOW
from madoguchi.web.desk.row_words import REASONS

NAMES: Final = {
    "act": "手続き",
    "address": "アドレス",
    "amount": "金額",
    "app": "認証アプリ",
    "application": "お申し込み",
    "asked": "たずねたこと",
    "at": "時刻",
    "before": "前に持っていた人",
    "by": "探し方",
    "check": "本人確認",
    "count": "件数",
    "coupon": "クーポン",
    "debt": "残り全額",
    "detail": "くわしく",
    "disclosure": "開示",
    "document": "書類",
    "failed": "できなかった件数",
    "file": "ファイル",
    "how": "会員の決め方",
    "name": "名前",
    "notice": "お知らせ",
    "outage": "障害・点検",
    "outcome": "結果",
    "paid": "引き落とせた件数",
    "path": "画面",
    "payment": "入金",
    "place": "場所",
    "purpose": "目的",
    "reason": "理由",
    "request": "依頼",
    "returned": "戻った件数",
    "role": "役割",
    "settled": "済んだ件数",
    "stage": "段階",
    "thread": "やり取り",
    "ticket": "店頭の画面",
    "title": "見出し",
    "to": "渡した人",
    "told": "確かめたこと",
    "total": "合計",
    "what": "内容",
    "words": "ひとこと",
}
_ROLES: Final = {Role.OPERATOR: "担当者", Role.APPROVER: "承認者", Role.AUDITOR: "監査"}
_BY: Final = {
    By.NUMBER: "会員番号",
    By.LAST_FOUR: "カード番号の下4桁",
    By.PHONE: "電話番号",
    By.BIRTH_DATE: "生年月日",
    By.KANA: "お名前のカナ",
}
_PURPOSES: Final = {Purpose.NEW.value: "はじめての暗証番号", Purpose.RESET.value: "暗証番号の決め直し"}
_TOLD: Final = {one.value: words for one, words in (*identity.FACTS.items(), *identity.DOCUMENTS.items())}
_VALUES: Final[dict[str, dict[str, str]]] = {
    "act": {
        **{deed.act.value: deed.name for deed in DEEDS.values()},
        **{word: act.name for word, act in ACTS.items()},
    },
    "by": {one.value: words for one, words in _BY.items()},
    "check": {check.value: words for check, words in identity.CHECKS.items()},
    "detail": REASONS,
    "document": _TOLD,
    "how": HOW,
    "outcome": {"set": "決まりました", "stopped": "取りやめました", **OUTCOMES},
    "purpose": _PURPOSES,
    "role": {one.value: words for one, words in _ROLES.items()},
    "stage": {stage.value: stage.words for stage in Stage},
    "told": _TOLD,
    "what": {"transfers": "送金", "debits": "口座振替", **{one.value: FUNCTIONS[one] for one in Function}},
}


def told(line: Line) -> list[tuple[str, str]]:
    """What a line tells, as (name, value); of a mail address that it was changed, never the address."""
    found = [("変えたもの", "メールアドレス")] if line.kind == Noted.MAIL_SET_RIGHT.word else []
    return found + [(NAMES.get(name, name), _say(name, value)) for name, value in line.facts.items() if value]


def _say(name: str, value: Any) -> str:
    words = _VALUES.get(name, {})
    if isinstance(value, bool):
        return "はい"
    if isinstance(value, list):
        return "・".join(words.get(str(one), str(one)) for one in value)
    parts = str(value).split("・") if name == "detail" else [str(value)]
    return "・".join(words.get(one, one) for one in parts)
