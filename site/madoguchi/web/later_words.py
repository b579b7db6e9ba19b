"""What became of a document since it was issued, in words for whoever checks it and for its member."""

from __future__ import annotations

from dataclasses import dataclass

from madoguchi.domain.documents import grouped_number
from madoguchi.services.superseded import How, Later

CORRECTED = "当社が発行し、あとで訂正された書面です"
# What the check page calls it, a heading and a sentence.
WORDS = {
    How.CORRECTED: (
        CORRECTED,
        "この書面は、あとで訂正されました",
        "内訳が変わり、いまは別の書面が代わりです。",
    ),
    How.UNDONE: (
        "当社が発行し、あとで取り消された書面です",
        "この取引は、あとで取り消されました",
        "この書面は効力がありません。",
    ),
    How.NEWER: (
        "当社が発行した書面です",
        "同じ日についての、新しい証明書があります",
        "あとから発行したほうをお使いください。",
    ),
    How.CHANGED: (
        CORRECTED,
        "この日の残高は、あとで変わりました",
        "あとから届いたお支払いなどで、この書面の額ではなくなりました。",
    ),
}
ISSUE_ANEW = "新しい書面は、ご本人が会員サイトで発行できます。"


@dataclass(frozen=True, slots=True)
class LaterWords:
    """What became of a document, and where its member finds the later one ("" for others, or without one)."""

    called: str
    heading: str
    sentence: str
    href: str


def later_words(later: Later | None, *, own: bool) -> LaterWords | None:
    """Put into words what became of a document; None where it still says what is so."""
    if later is None:
        return None
    called, heading, sentence = WORDS[later.how]
    if later.number:
        sentence += f"新しい書面の確認番号は {grouped_number(later.number)} です。"
    elif later.how is not How.UNDONE:
        sentence += ISSUE_ANEW
    href = f"/documents/{later.number}" if own and later.number else ""
    return LaterWords(called, heading, sentence, href)
