"""Points: what earns them, what they buy and when that is refused; the lender's numbers, and no books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from madoguchi.domain.days import in_month
from madoguchi.domain.money import Yen
from madoguchi.domain.rights import Action, Refusal, Rights
from madoguchi.domain.state import Standing


class Kind(Enum):
    """What an entry of the ledger of points is for."""

    JOINED = "joined"
    SIGN_IN = "sign_in"
    NOTICE = "notice"
    INCOME_DOCUMENT = "income_document"
    REMINDER_MAIL = "reminder_mail"
    TRANSACTION_MAIL = "transaction_mail"
    ELECTRONIC = "electronic"
    ATM_WAIVER = "atm_waiver"
    FREE_DAYS = "free_days"
    LEFT = "left"


AT_MONTH_END: Final = (Kind.REMINDER_MAIL, Kind.TRANSACTION_MAIL, Kind.ELECTRONIC)
SPENT: Final = frozenset({Kind.ATM_WAIVER, Kind.FREE_DAYS})


@dataclass(frozen=True, slots=True)
class PointRules:
    """What each thing earns or costs, in points; a notice earns what its publisher says, within bounds.

    `free_days` are interest-free periods on offer: (days, points), the shortest first.
    """

    joined: int
    sign_in: int
    notice_least: int
    notice_most: int
    income_document: int
    reminder_mail: int
    transaction_mail: int
    electronic: int
    atm_waiver: int
    free_days: tuple[tuple[int, int], ...]

    def earned_by(self, kind: Kind) -> int:
        """The points of a kind whose number is fixed; AttributeError for one whose number is not."""
        return int(getattr(self, kind.value))

    @property
    def rewards(self) -> tuple[Reward, ...]:
        """Everything on offer, the cheapest kind first."""
        waiver = Reward("atm", self.atm_waiver)
        return (waiver, *(Reward(f"free-{days}", points, days) for days, points in self.free_days))

    def reward(self, name: str) -> Reward | None:
        """The reward of a name, if it is on offer."""
        return next((one for one in self.rewards if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Reward:
    """What points buy: so many interest-free days, or with 0 days no fees at ATMs."""

    name: str
    points: int
    days: int = 0

    @property
    def kind(self) -> Kind:
        """The kind of its entry."""
        return Kind.FREE_DAYS if self.days else Kind.ATM_WAIVER


NOT_IN: Final = Refusal(
    "P-01",
    "ポイントサービスに参加していないため、ポイントをお使いいただけません。",
    "ポイントのページから参加できます。",
)
PENDING: Final = Refusal(
    "P-05",
    "口座振替の結果がわかるまで、無利息の日をお申し込みいただけません。",
    "結果は、ふつうご返済日から3営業日までにわかります。そのあとにお申し込みください。",
)


def monthly(kind: Kind, day: date) -> str:
    """The cause of what is earned once a month."""
    return f"{kind.value}:{day:%Y-%m}"


def yearly(kind: Kind, year: int) -> str:
    """The cause of what is earned once a year."""
    return f"{kind.value}:{year:04}"


def by_notice(notice_id: int) -> str:
    """The cause of what reading a notice earns."""
    return f"{Kind.NOTICE.value}:{notice_id}"


def waived_until(today: date) -> date:
    """The last day without fees at ATMs for who buys that today: the end of next month."""
    return in_month(today.year, today.month + 1, 31)


def refusal(
    reward: Reward,
    balance: int,
    now: Standing,
    rights: Rights,
    today: date,
    waived_to: date | None,
    least: Yen,
) -> Refusal | None:
    """Why a reward cannot be bought today, or None; `now` is counted up to today.

    `waived_to` is the last day without fees that the contract has, `least` the principal in yen below which
    no interest runs anyway. States come first: too few points say nothing to who could not use them.
    """
    if denied := rights.refusal(Action.APPLY):
        return denied
    if reward.days:
        stopped = _free_days_refused(now, today, least)
    else:
        stopped = _waiver_refused(today, waived_to)
    return stopped or _too_few(reward.points - balance)


def _free_days_refused(now: Standing, today: date, least: Yen) -> Refusal | None:
    if now.principal < least:
        return Refusal(
            "P-02",
            f"借りている元金が{least:,}円より少ないため、無利息の日はお申し込みいただけません。",
            f"元金が{least:,}円より少ないあいだは、もともと利息がかかりません。お借り入れのあとにお使いください。",
        )
    if now.pending:
        return PENDING
    if waits := next((first for first, _ in now.free if first > today), None):
        return Refusal(
            "P-03",
            f"次の無利息期間が、もう決まっています（{_words(waits)}から）。",
            "先に決まった期間が始まると、その次の分をお申し込みいただけます。",
        )
    return None


def _waiver_refused(today: date, waived_to: date | None) -> Refusal | None:
    last = waived_until(today)
    if waived_to is None or waived_to < last:
        return None
    return Refusal(
        "P-04",
        f"ATMの手数料は、もう{_words(waived_to)}まで無料です。",
        "来月になると、その次の月末までの分をお申し込みいただけます。",
    )


def _too_few(missing: int) -> Refusal | None:
    if missing <= 0:
        return None
    return Refusal(
        "P-06",
        f"ポイントがあと{missing:,}ポイント足りません。",
        "「今月もらえるポイント」で、これからもらえるものをご確認いただけます。",
    )


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
