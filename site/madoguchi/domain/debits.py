"""What each result of a direct debit means for a member, and whether debiting goes on."""

from dataclasses import dataclass
from typing import Final

from madoguchi.domain.debit_file import Result


@dataclass(frozen=True, slots=True)
class Effect:
    """What a member is told of a result; `ends_mandate` when no further debit can be asked for."""

    words: str
    told: str
    then: str
    ends_mandate: bool = False


_PAY: Final = "その期日の分がまだのときは、インターネット返済か銀行振込で、お早めにお支払いください。"
_NEXT: Final = "次のご返済日には、また引き落とします。"
_AGAIN: Final = (
    "これからは引き落としません。続けるには、遅れている分のお支払いがすべて済んでから、会員サイトの"
    "「口座振替」で、もう一度お申し込みください（遅れがあるあいだは、お申し込みをお受けできません）。"
)

EFFECTS: Final[dict[Result, Effect]] = {
    Result.PAID: Effect("引き落とし済み", "引き落としができました。", ""),
    Result.NO_FUNDS: Effect("残高不足", "口座の残高が足りませんでした。", _PAY + _NEXT),
    Result.NO_ACCOUNT: Effect(
        "口座なし",
        "銀行で、この口座が見つかりませんでした（解約か、番号の違いが考えられます）。",
        _PAY + _AGAIN,
        ends_mandate=True,
    ),
    Result.STOPPED_BY_DEPOSITOR: Effect(
        "お申し出による停止",
        "口座の名義の方のお申し出により、銀行で引き落としが止められていました。",
        _PAY + _AGAIN,
        ends_mandate=True,
    ),
    Result.NO_MANDATE: Effect(
        "登録なし",
        "銀行に、口座振替の登録がありませんでした。",
        _PAY + _AGAIN,
        ends_mandate=True,
    ),
    Result.STOPPED_BY_LENDER: Effect(
        "当社による停止", "当社の都合により、引き落としを止めました。", _PAY + _NEXT
    ),
    Result.OTHER: Effect("その他", "銀行での手続きができませんでした。", _PAY + _NEXT),
}
