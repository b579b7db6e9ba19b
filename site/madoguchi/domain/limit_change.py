"""What the law says about another credit limit: a third of the income, and when income has to be proved."""

from dataclasses import dataclass
from typing import Final

from madoguchi.domain.money import Yen, format_yen
from madoguchi.domain.rights import Refusal

# 貸金業法13条3項: a paper that proves the income is needed above either of the two.
PROOF_ABOVE_HERE: Final[Yen] = 500_000
PROOF_ABOVE_IN_ALL: Final[Yen] = 1_000_000


@dataclass(frozen=True, slots=True)
class Third:
    """The third of an income (貸金業法13条の2), what it leaves for this contract, and if it is to be proved.

    `most` is the highest limit of this contract in whole units, in yen; `wished` what was asked for.
    `doubted` when a lower income that the member stated forbids it and only a newer paper could allow it.
    """

    wished: Yen
    income: Yen
    third: Yen
    other_debts: Yen
    here: Yen
    most: Yen
    proof: bool
    doubted: bool = False

    @property
    def fits(self) -> bool:
        """Whether the wish stays within the law."""
        return self.wished <= self.most


def third(
    wished: Yen, income: Yen, other_debts: Yen, here: Yen, unit: Yen, stated: Yen | None = None
) -> Third:
    """Return what a yearly income leaves for a limit.

    `here` are the limits of other contracts with us, `stated` an income that the member put on file without a
    paper; all amounts are yen.
    """
    of_income = income // 3
    most = max(0, of_income - other_debts - here) // unit * unit
    doubted = stated is not None and stated < income and wished > max(0, stated // 3 - other_debts - here)
    law = wished + here > PROOF_ABOVE_HERE or wished + here + other_debts > PROOF_ABOVE_IN_ALL
    return Third(wished, income, of_income, other_debts, here, most, law or doubted, doubted)


_THIRD: Final = "法律により、お借り入れの合計は、ほかの会社の分も合わせて年収の3分の1までです。"


def over_third(found: Third) -> Refusal:
    """Return the refusal of a wish that no lender may grant."""
    rule = _THIRD + f"入れていただいた年収とお借り入れでは、利用限度額は{format_yen(found.most)}円までです。"
    return Refusal("A-14", rule, "ご希望の額を下げるか、年収とほかの会社のお借り入れをお確かめください。")


def no_room(found: Third, limit: Yen) -> Refusal:
    """Return the refusal where the law leaves no limit above the present one, in yen: no amount helps."""
    rule = (
        _THIRD + f"入れていただいた年収の3分の1は{format_yen(found.third)}円、ほかのお借り入れは"
        f"{format_yen(found.other_debts + found.here)}円のため、"
        f"いまの利用限度額（{format_yen(limit)}円）より上げることはできません。"
    )
    step = (
        "年収とお借り入れに入れ間違いがないか、お確かめください。ほかの会社のお借り入れが減ったときや、"
        "年収が増えたときに、もう一度お申し込みいただけます。いまの利用限度額は、そのままお使いいただけます。"
    )
    return Refusal("A-14", rule, step)


_PAPERS: Final = "源泉徴収票、直近2か月の給与明細、確定申告書などの写しを添えてください。"
PROOF_FIRST: Final = Refusal(
    "A-15",
    "収入証明書類がまだ届いていません。この額では、法律により書類を確かめる必要があります。",
    _PAPERS,
)
DOUBTED: Final = Refusal(
    "A-15",
    "ご本人がお届けの年収では、この利用限度額は年収の3分の1を超えます。"
    "それより高い年収は、お届けのあとに送られた収入証明書類で確かめます。",
    _PAPERS,
)


def refused(found: Third, proven: bool) -> Refusal | None:
    """Return the law against a wish, or None; `proven` is whether papers about the income came with it."""
    if not found.fits:
        return over_third(found)
    if found.doubted and not proven:
        return DOUBTED
    return PROOF_FIRST if found.proof and not proven else None


def not_a_raise(found: Third, limit: Yen) -> Refusal | None:
    """Return the refusal of a limit that does not lie above the present one, in yen, or None."""
    if found.wished > limit:
        return None
    rule = f"いまの利用限度額（{format_yen(limit)}円）より高い額ではありません。"
    return Refusal("A-17", rule, "高い額を選ぶか、お受けできない理由を添えて終えてください。")
