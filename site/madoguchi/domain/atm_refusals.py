"""Why the smartphone ATM says no, beyond the states of a contract: codes, rules, next steps."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from madoguchi.domain.money import Yen
from madoguchi.domain.rights import Refusal


class Ask(StrEnum):
    """What the machine does after a refusal: ask for the secret or the amount again, or end."""

    PIN = "pin"
    COMPANY = "company"
    AMOUNT = "amount"
    END = "end"


_LINK_AGAIN: Final = "会員サイトの「スマホATM」で、画面の番号をもう一度読み取ってください。"

WRONG_COMPANY: Final = Refusal(
    "T-13", "企業番号が違います。", "会員サイトに出ている4桁の番号を入れてください。"
)
NOT_LINKED: Final = Refusal("T-14", "この画面は、会員サイトとつながっていません。", _LINK_AGAIN)
NO_DEBT: Final = Refusal(
    "T-18", "お返しいただくお借り入れはありません。", "会員サイトのホームで残高をご確認ください。"
)
REVERSED: Final = Refusal("T-20", "この取引は取り消されました。", _LINK_AGAIN)


def wrong_pin(left: int) -> Refusal:
    """A PIN that is wrong, with `left` more tries until the card is held."""
    return Refusal(
        "T-11",
        "暗証番号が違います。",
        f"もう一度、入れ直してください。あと{left}回違うと、カードの利用を止めます。",
    )


def now_held(tries: int) -> Refusal:
    """The wrong PIN that held the card, or one after it."""
    return Refusal(
        "T-12",
        f"暗証番号の間違いが{tries}回続いたため、カードの利用を止めました。",
        "再開のしかたは、登録のメールアドレスにお知らせします。",
    )


def over_available(available: Yen) -> Refusal:
    """More than may still be drawn."""
    return Refusal(
        "T-15", f"お引き出しできるのは、あと{available:,}円までです。", "金額を入れ直してください。"
    )


def over_daily(daily: Yen, left: Yen) -> Refusal:
    """More than may be withdrawn in a day."""
    return Refusal(
        "T-16",
        f"ATMでのお引き出しは、1日{daily:,}円までです。今日は、あと{left:,}円です。",
        "金額を入れ直すか、明日お使いください。",
    )


def wrong_unit(unit: Yen) -> Refusal:
    """No whole notes."""
    return Refusal("T-17", f"金額は{unit:,}円単位です。", "金額を入れ直してください。")


def too_many_notes(most: Yen) -> Refusal:
    """More than one deposit may hold."""
    return Refusal("T-19", f"1回にお預かりできるのは、{most:,}円までです。", "何回かに分けて入れてください。")
