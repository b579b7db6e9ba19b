"""Spending points: the reward and its effect in one act, once for each key of a form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from madoguchi.domain import points as law
from madoguchi.domain.accrual import interest_units
from madoguchi.domain.interest import floor_yen
from madoguchi.domain.points import NOT_IN, SPENT, Reward
from madoguchi.domain.rights import Action, Refusal, Rights
from madoguchi.domain.standing import Standing, add_free_period
from madoguchi.domain.state import ONE_DAY
from madoguchi.services import atm_limits, contracts
from madoguchi.services.contracts import Agreed
from madoguchi.services.office import Office
from madoguchi.services.points import post_within, today_within
from madoguchi.services.posting import NotAllowed
from madoguchi.store import atm, points
from madoguchi.store.points import Account, Entry

CAUSE: Final = "points"  # of what points bought, with the member and the entry behind it


@dataclass(frozen=True, slots=True)
class Spent:
    """The entry, and what it bought; `repeated` when it stood there already under this key."""

    entry: Entry
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reward would do today: the days it covers, and the points before and after.

    `spared` is the interest in yen that the days would bear on the principal as it is today.
    """

    reward: Reward
    first: date
    last: date
    before: int
    spared: int = 0

    @property
    def after(self) -> int:
        """The points that are left."""
        return self.before - self.reward.points


def spend(office: Office, member_id: int, contract_id: int, reward: Reward, key: str) -> Spent | NotAllowed:
    """Buy a reward for a contract of the member's; a key that was used for it before buys nothing more."""
    cause = f"{reward.name}:{key}"
    with office.store.transaction():
        _row, now, rights = today_within(office, contract_id)
        account = points.hold(office.store, member_id)
        if found := points.by_cause(office.store, member_id, cause):
            return Spent(found, repeated=True)
        if account is None or not account.takes_part:
            return NotAllowed(_not_in(rights))
        if refused := refusal(office, reward, account.balance, now, rights, contract_id):
            return NotAllowed(refused)
        what = (contract_id, *_effect(office, account, contract_id, reward))
        return Spent(post_within(office, account, reward.kind, -reward.points, cause, what=what))


def wish(
    office: Office, member_id: int, contract_id: int, standing: Standing, rights: Rights, reward: Reward
) -> Wish | NotAllowed:
    """What a reward would do, from figures that are counted up to today; nothing is held."""
    account = points.read(office.store, member_id)
    if account is None or not account.takes_part:
        return NotAllowed(_not_in(rights))
    if refused := refusal(office, reward, account.balance, standing, rights, contract_id):
        return NotAllowed(refused)
    today = office.business_day()
    if not reward.days:
        return Wish(reward, today, law.waived_until(today), account.balance)
    first, last = add_free_period(standing, today, reward.days, office.rules.product).free[-1]
    units = interest_units(standing.principal, standing.rates, (), first - ONE_DAY, last)
    return Wish(reward, first, last, account.balance, floor_yen(units))


def refusal(
    office: Office, reward: Reward, balance: int, now: Standing, rights: Rights, contract_id: int
) -> Refusal | None:
    """The rule that stops a purchase today."""
    today = office.business_day()
    waived_to = None if reward.days else atm.waived_to(office.store, contract_id, today)
    least = office.rules.product.remainder_below
    return law.refusal(reward, balance, now, rights, today, waived_to, least)


def receipt(office: Office, member_id: int, seq: int) -> Entry | None:
    """What one of the member's own entries bought; None where there is none that did."""
    found = points.by_seq(office.store, member_id, seq)
    return found if found and found.kind in SPENT else None


def _not_in(rights: Rights) -> Refusal:
    """Why one who takes no part buys nothing: what also forbids to join comes first, or it leads nowhere."""
    return rights.refusal(Action.APPLY) or NOT_IN


def _effect(office: Office, account: Account, contract_id: int, reward: Reward) -> tuple[date, date]:
    """Make what was bought true; returns its first and last day."""
    cause = f"{CAUSE}:{account.member_id}:{account.last_seq + 1}"
    if not reward.days:
        today = office.business_day()
        last = law.waived_until(today)
        atm_limits.waive_within(office, contract_id, today, last, cause)
        return today, last
    agreed = contracts.add_free_days_within(office, contract_id, reward.days, cause)
    if not isinstance(agreed, Agreed):
        raise RuntimeError("days after today are counted already: nothing can be agreed today")
    return agreed.standing.free[-1]
