"""What the page of points answers: how many, what can still be earned this month, what they buy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from madoguchi.domain import points as law
from madoguchi.domain.points import AT_MONTH_END, Kind, Reward
from madoguchi.domain.rights import Action, Refusal, Rights
from madoguchi.domain.standing import Standing, free_ahead
from madoguchi.services import choices
from madoguchi.services.office import Office
from madoguchi.services.points import counts
from madoguchi.store import atm, notices, points
from madoguchi.store.points import Entry

SHOWN: Final = 10  # entries on one page
NEWEST: Final = 2**62  # the place before all


class Chance(Enum):
    """How it stands with one thing that earns points."""

    DONE = "done"  # it has earned its points
    COMING = "coming"  # it will by itself
    OPEN = "open"  # it would, if the member did something
    NONE = "none"  # there is nothing to be done now


@dataclass(frozen=True, slots=True)
class Earning:
    """One thing that earns points this month: how many in all, and in how many pieces."""

    kind: Kind
    points: int
    chance: Chance
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class Buying:
    """One reward, and the rule that stops it today if there is one."""

    reward: Reward
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A member's points today. `before` is the place to go on from if there are more entries.

    `waived_to` is the last day without fees at ATMs, `free` the interest-free days that run or wait, and
    `stopped` the state that forbids buying anything.
    """

    balance: int
    earnings: tuple[Earning, ...]
    buyings: tuple[Buying, ...]
    entries: tuple[Entry, ...]
    before: int | None
    waived_to: date | None
    free: tuple[date, date] | None
    stopped: Refusal | None

    @property
    def still(self) -> int:
        """The points that can still come this month."""
        open_ones = (Chance.OPEN, Chance.COMING)
        return sum(one.points for one in self.earnings if one.chance in open_ones)

    @property
    def dearest(self) -> Reward | None:
        """The next reward that the points do not reach yet; None when they reach all."""
        left = [one.reward for one in self.buyings if one.reward.points > self.balance]
        return min(left, key=lambda reward: reward.points, default=None)


def look(
    office: Office,
    member_id: int,
    contract_id: int,
    standing: Standing,
    rights: Rights,
    before: int = NEWEST,
) -> Seen | None:
    """The points of a member, from figures counted up to today; None of one who takes no part."""
    account = points.read(office.store, member_id)
    if account is None or not account.takes_part:
        return None
    today = office.business_day()
    found = points.newest(office.store, member_id, before, SHOWN + 1)
    shown = tuple(found[:SHOWN])
    waived_to = atm.waived_to(office.store, contract_id, today)
    rules, least = office.rules.points, office.rules.product.remainder_below
    buyings = tuple(
        Buying(one, law.refusal(one, account.balance, standing, rights, today, waived_to, least))
        for one in rules.rewards
    )
    return Seen(
        balance=account.balance,
        earnings=_earnings(office, member_id, today),
        buyings=buyings,
        entries=shown,
        before=shown[-1].seq if len(found) > SHOWN else None,
        waived_to=waived_to,
        free=free_ahead(standing, today),
        stopped=rights.refusal(Action.APPLY),
    )


def _earnings(office: Office, member_id: int, today: date) -> tuple[Earning, ...]:
    rules = office.rules.points
    causes = {kind: law.monthly(kind, today) for kind in (Kind.SIGN_IN, *AT_MONTH_END)}
    causes[Kind.INCOME_DOCUMENT] = law.yearly(Kind.INCOME_DOCUMENT, today.year)
    done = points.happened(office.store, member_id, list(causes.values()))
    held = choices.of(office, member_id)

    def one(kind: Kind, otherwise: Chance) -> Earning:
        return Earning(kind, rules.earned_by(kind), Chance.DONE if causes[kind] in done else otherwise)

    pieces, in_all = notices.to_earn(office.store, today, member_id)
    fixed = [one(Kind.SIGN_IN, Chance.OPEN), one(Kind.INCOME_DOCUMENT, Chance.OPEN)]
    fixed += [one(kind, Chance.COMING if counts(held, kind) else Chance.OPEN) for kind in AT_MONTH_END]
    reading = Earning(Kind.NOTICE, in_all, Chance.OPEN if pieces else Chance.NONE, pieces)
    return (reading, *(earning for earning in fixed if earning.points))
