"""What members can apply for, the stages of an application, and why one cannot be sent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from madoguchi.domain.money import Yen, format_yen
from madoguchi.domain.product import FixedDays, Product
from madoguchi.domain.rights import Refusal
from madoguchi.domain.state import Standing


class Kind(Enum):
    """What is applied for."""

    LIMIT_UP = "limit_up"
    LIMIT_DOWN = "limit_down"
    DUE_DAY = "due_day"
    REISSUE = "reissue"
    CLOSING = "closing"

    @property
    def words(self) -> str:
        """Its name for members."""
        return _WORDS[self]

    @property
    def at_once(self) -> bool:
        """Whether nobody at the lender has to decide: it takes effect in the moment it is sent."""
        return self in _AT_ONCE


_WORDS: Final = {
    Kind.LIMIT_UP: "利用限度額を上げる",
    Kind.LIMIT_DOWN: "利用限度額を下げる",
    Kind.DUE_DAY: "返済日の変更",
    Kind.REISSUE: "カードの再発行",
    Kind.CLOSING: "ご契約の終了（解約）",
}
_AT_ONCE: Final = frozenset({Kind.LIMIT_DOWN, Kind.DUE_DAY, Kind.CLOSING})


class Stage(Enum):
    """How far an application is; MAKING is a card that was agreed to and is not handed over yet."""

    SENT = "sent"
    TAKEN = "taken"
    ASKED = "asked"
    MAKING = "making"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

    @property
    def is_open(self) -> bool:
        """Whether something is still to come."""
        return self in OPEN

    @property
    def words(self) -> str:
        """Its name for members."""
        return _STAGES[self]


_STAGES: Final = {
    Stage.SENT: "受け付けました",
    Stage.TAKEN: "確認しています",
    Stage.ASKED: "お返事を待っています",
    Stage.MAKING: "カードをお作りしています",
    Stage.APPROVED: "承りました",
    Stage.REFUSED: "お受けできませんでした",
    Stage.WITHDRAWN: "取り消しました",
    Stage.EXPIRED: "期限が過ぎて終わりました",
}
LOST: Final = "lost"  # the reason for a new card that ends the old one at once
# Why a card is made anew, in a word that is kept and in words for members.
REISSUE_REASONS: Final = {
    "worn": "カードが割れた、曲がった、読み取れない",
    LOST: "カードをなくした、盗まれた",
    "name": "名前が変わった",
    "other": "そのほか",
}
OPEN: Final = frozenset({Stage.SENT, Stage.TAKEN, Stage.ASKED, Stage.MAKING})
UNDECIDED: Final = OPEN - {Stage.MAKING}  # what a member may withdraw and staff may decide


@dataclass(frozen=True, slots=True)
class ApplicationRules:
    """How applications go: limits come in whole `limit_unit` yen.

    An answer usually takes `answer_days` business days; who was asked for more has `reply_days` days.
    """

    limit_unit: Yen
    answer_days: int
    reply_days: int


def refused(
    kind: Kind, standing: Standing, sending: Yen, product: Product, bounds: tuple[Yen, Yen]
) -> Refusal | None:
    """Return why the contract as it stands rules out an application, or None; states are rights'.

    The standing is counted up to today; `sending` is yen on their way that the bank has not answered for,
    `bounds` are the lowest and the highest limit of the lender.
    """
    lowest, highest = bounds
    match kind:
        case Kind.LIMIT_UP if standing.limit >= highest:
            return _AT_HIGHEST
        case Kind.LIMIT_DOWN if standing.limit <= lowest:
            return _AT_LOWEST
        case Kind.DUE_DAY:
            return _due_day_refused(standing, product)
        case Kind.CLOSING:
            return _closing_refused(standing, sending)
    return None


def _due_day_refused(standing: Standing, product: Product) -> Refusal | None:
    """SPEC 6.4: refused while overdue, pending or frozen; a product in cycles has no due days."""
    if not isinstance(product.due, FixedDays) or len(product.due.days) < 2:
        return _NO_OTHER_DAY
    if standing.late_since is not None:
        return _LATE
    if standing.pending_due_day is not None:
        return _DAY_PENDING
    return _DEBIT_RUNS if debit_runs(standing) else None


def _closing_refused(standing: Standing, sending: Yen) -> Refusal | None:
    if sending or standing.coming:
        return _STILL_SENDING
    if debit_runs(standing):
        return _DEBIT_RUNS
    if standing.debt:
        return _still_owing(standing.debt)
    return _deposit_first(standing.deposit) if standing.deposit else None


def debit_runs(standing: Standing) -> bool:
    """Tell whether a debit is at the bank whose answer is not known."""
    return bool(standing.pending) or (standing.running is not None and standing.running.debited)


def still_open(kind: Kind) -> Refusal:
    """Return the refusal of a second application of a kind."""
    return Refusal(
        "A-04",
        f"「{kind.words}」は、すでにお申し込みをいただいています。",
        "結果が出るか、お取り消しいただくと、もう一度お申し込みいただけます。",
    )


_AT_HIGHEST: Final = Refusal(
    "A-05",
    "利用限度額は、すでに当社でいちばん高い額です。",
    "下げるお申し込みは、いつでもいただけます。",
)
_AT_LOWEST: Final = Refusal(
    "A-06",
    "利用限度額は、すでにいちばん低い額です。",
    "新しいお借り入れを止めるには、借入ストップをお使いください。",
)
_NO_OTHER_DAY: Final = Refusal(
    "A-07", "このご契約には、選べる返済日がほかにありません。", "ご返済のことは、お電話でご相談ください。"
)
_LATE: Final = Refusal(
    "A-08",
    "返済の遅れがあるあいだは、返済日を変えられません。",
    "遅れているご返済を確認できると、お申し込みいただけます。",
)
_DAY_PENDING: Final = Refusal(
    "A-09",
    "前の返済日の変更が、まだ始まっていません。",
    "新しい返済日になってから、もう一度お申し込みいただけます。まだ始まっていない変更は、取り消すこともできます。",
)
_DEBIT_RUNS: Final = Refusal(
    "A-10",
    "口座振替の手続きが銀行で進んでいるため、いまはお受けできません。",
    "引き落としの結果がわかると、お申し込みいただけます。",
)
_STILL_SENDING: Final = Refusal(
    "A-11",
    "送金の途中のお金があるため、まだ終了できません。",
    "銀行の手続きが終わり、全額をご返済いただくと、お申し込みいただけます。",
)


def _still_owing(debt: Yen) -> Refusal:
    return Refusal(
        "A-12",
        f"お借り入れが{format_yen(debt)}円残っています（今日までの利息などを含みます）。",
        "残りをすべてご返済いただくと、その日のうちに終了できます。",
    )


def _deposit_first(deposit: Yen) -> Refusal:
    return Refusal(
        "A-13",
        f"{format_yen(deposit)}円をお預かりしています。先にお返しします。",
        "「登録の口座に返してもらう」からお手続きいただくと、続けて終了できます。",
    )


NOT_OFFERED: Final = Refusal(
    "A-16",
    "その内容では、お申し込みいただけません。画面を開いたあとに、ご契約の内容が変わったことが考えられます。",
    "もう一度「各種お申し込み」から、いまの内容を確かめてお進みください。",
)

DIED: Final = Refusal(
    "A-18",
    "お亡くなりになった方のお申し込みのため、承ることができません。",
    "お申し込みをお断りとして終え、ご相続の手続きへ進んでください。",
)
