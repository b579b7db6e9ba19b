"""How much may be borrowed, why no more, and when the money arrives."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from madoguchi.domain.days import next_business_day
from madoguchi.domain.money import Yen, format_yen
from madoguchi.domain.rates import legal_cap
from madoguchi.domain.rights import Refusal
from madoguchi.domain.state import ONE_DAY, Standing, available

_LESS: Final = "ご返済で残高が減ると、その分をまたお借りいただけます。"
_TELL_INCOME: Final = (
    "ご年収や、ほかの会社からのお借り入れが変わったときは、お電話でお知らせください。"
    "書類を確かめて記録を改めます。"
)


@dataclass(frozen=True, slots=True)
class Room:
    """The most that may be drawn now, in whole units of the product, and the rule that allows no more."""

    most: Yen
    bound: Refusal


def room(standing: Standing, income: Yen, other_debts: Yen, unit: Yen) -> Room:
    """Return what the limit and a third of the yearly income leave; an income of 0 is not known.

    The standing is counted up to today; other_debts are those beside this contract, at any lender.
    """
    by_limit, by_income = available(standing), _by_income(standing, income, other_debts)
    if by_limit <= by_income:
        return Room(by_limit // unit * unit, over_limit(by_limit))
    return Room(by_income // unit * unit, _over_third(by_income) if income else _income_unknown())


def refused(standing: Standing, amount: Yen, income: Yen, other_debts: Yen, unit: Yen) -> Refusal | None:
    """Return the rule that forbids an amount, or None: the limit, a third of the income, the law's cap.

    Units are told apart (`room` knows them); states are rights'.
    """
    found = room(standing, income, other_debts, unit)
    if amount <= found.most or standing.rate > legal_cap(standing.limit):
        return forbidden_by_law(standing, amount, income, other_debts)
    return found.bound


def forbidden_by_law(standing: Standing, amount: Yen, income: Yen, other_debts: Yen) -> Refusal | None:
    """Return the law that forbids an amount by any way, or None: the rate's cap, a third of the income."""
    if standing.rate > legal_cap(standing.limit):
        return RATE_ABOVE_CAP
    if amount <= (free := _by_income(standing, income, other_debts)):
        return None
    return _over_third(free) if income else _income_unknown()


def arrives_on(today: date, around_the_clock: bool) -> date:
    """Return the day on which money sent now reaches its account: today, or the next business day."""
    return today if around_the_clock else next_business_day(today + ONE_DAY)


RATE_ABOVE_CAP: Final = Refusal(
    "B-08",
    "ご契約の金利が、法律で定められた上限を超えているため、新しいお借り入れをお受けできません。",
    "金利を改めます。お手数ですが、お電話でお知らせください。",
)
NO_ACCOUNT: Final = Refusal(
    "B-09",
    "振込先の口座が登録されていないため、振込でのお借り入れをお受けできません。",
    "口座は、「登録内容の変更」でお届けください。お電話でもうけたまわります。",
)
ACCOUNT_CHANGED: Final = Refusal(
    "B-10",
    "振込先の口座が変わったばかりのため、まだこの口座には振り込めません。",
    "口座の変更に身に覚えがないときは、すぐにお電話ください。",
)

FORM_NOT_OURS: Final = Refusal(
    "B-11",
    "確かめた画面の番号が届かなかったため、お借り入れをお受けできませんでした。",
    "額を確かめて、もう一度「内容を確かめる」からお進みください。",
)
SECOND_STEP_FIRST: Final = Refusal(
    "B-12",
    "この口座へのはじめてのお借り入れには、本人確認が必要です。本人確認が済んでいないか、期限が切れています。",
    "「内容を確かめる」を押すと、本人確認の画面に進みます。",
)


def account_changed(hours: int, opens: datetime) -> Refusal:
    """Return ACCOUNT_CHANGED with how long an account waits after a change; `opens` is Japan's time."""
    at = f"{opens.month}月{opens.day}日 {opens.hour}:{opens.minute:02}"
    wait = f"{at} から、この口座にお振込みできます（安全のため、変更から{hours}時間お待ちいただいています）。"
    return Refusal(ACCOUNT_CHANGED.code, ACCOUNT_CHANGED.rule, wait + ACCOUNT_CHANGED.next_step)


def _by_income(standing: Standing, income: Yen, other_debts: Yen) -> Yen:
    return max(0, income // 3 - standing.balance - other_debts)


def over_limit(free: Yen) -> Refusal:
    """Return the refusal of what exceeds the credit limit; `free` is what it leaves, in yen."""
    rule = f"あと借りられる額は{format_yen(free)}円です。ご利用限度額を超えるお借り入れはできません。"
    return Refusal("B-05", rule, _LESS)


def _over_third(free: Yen) -> Refusal:
    rule = (
        "法律により、お借り入れの合計は、ほかの会社の分も合わせて年収の3分の1までです。"
        f"ご登録の年収では、あと{format_yen(free)}円までです。"
    )
    return Refusal("B-06", rule, _LESS + _TELL_INCOME)


def _income_unknown() -> Refusal:
    rule = (
        "ご年収の記録がないため、お借り入れをお受けできません。"
        "法律により、お借り入れの合計は年収の3分の1までです。"
    )
    return Refusal("B-07", rule, _TELL_INCOME)
