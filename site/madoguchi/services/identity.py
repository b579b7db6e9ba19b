"""An identity check in words for the desk, and as plain values for requests and the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from madoguchi.domain.ladder import Check, Document, Fact, Identity

CHECKS: Final = {Check.NOTHING: "なし", Check.PHONE: "電話", Check.DOCUMENTS: "書類"}
FACTS: Final = {
    Fact.NAME: "お名前", Fact.BIRTH_DATE: "生年月日", Fact.ADDRESS: "ご住所", Fact.PHONE: "電話番号",
}  # fmt: skip
DOCUMENTS: Final = {
    Document.LICENCE: "運転免許証",
    Document.MY_NUMBER: "マイナンバーカード（顔写真の面）",
    Document.PASSPORT: "パスポート",
    Document.RESIDENCE: "在留カード・特別永住者証明書",
    Document.OTHER: "顔写真のない書類2点",
}


def in_words(identity: Identity) -> str:
    """What was checked, as the desk reads it."""
    if identity.check is Check.DOCUMENTS and identity.document:
        return f"{DOCUMENTS[identity.document]}（{identity.place}）"
    if identity.check is Check.PHONE:
        return "電話で" + "・".join(words for fact, words in FACTS.items() if fact in identity.facts)
    return CHECKS[identity.check]


def plain(identity: Identity) -> dict[str, Any]:
    """The check as a request and the log keep it."""
    document = identity.document.value if identity.document else ""
    facts = sorted(fact.value for fact in identity.facts)
    return {"check": identity.check.value, "facts": facts, "document": document, "place": identity.place}


def read(kept: Mapping[str, Any]) -> Identity:
    """The check that was kept so."""
    document = Document(kept["document"]) if kept["document"] else None
    return Identity(Check(kept["check"]), frozenset(map(Fact, kept["facts"])), document, kept["place"])
