"""Random lives of contracts, told once by the product and once by the day-by-day oracle: 0 yen apart."""

import os
import random
from datetime import date, timedelta
from fractions import Fraction

import pytest

from madoguchi.domain.interest import UNITS_PER_YEN
from madoguchi.domain.product import Cycle
from madoguchi.domain.replay import (
    DebitAnswered,
    DebitFiled,
    DepositUsed,
    Drawn,
    DueDayChanged,
    DueMoved,
    Event,
    FeeCharged,
    FreeGranted,
    LimitChanged,
    Opened,
    Paid,
    RateChanged,
    apply,
    begin,
    replay,
)
from madoguchi.domain.standing import advance
from tests.domain.oracle import Life, shifted
from tests.domain.products import CYCLE, SHIPPED, TEN_DAYS_BEFORE, WITHOUT_FREE_DAYS

ONE = timedelta(days=1)
LIVES = int(os.environ.get("LIVES", "120"))  # of each product; `make faults` tells 2,500
PRODUCTS = {"shipped": SHIPPED, "no free days": WITHOUT_FREE_DAYS, "cycle": CYCLE, "window": TEN_DAYS_BEFORE}


def acts(luck: random.Random, life: Life, order: int) -> list[Event]:
    """What happens on this day: mostly nothing."""
    today, found = life.today, []
    if life.due == today:
        if luck.random() < 0.1:
            found.append(DueMoved(today, order - 3, shifted(today + luck.randint(1, 3) * ONE)))
        if life.at_the_bank and luck.random() < 0.6:
            found.append(DebitAnswered(today, order - 2))
            if luck.random() < 0.7:
                found.append(Paid(today, order - 1, life.frozen - life.filled))
        found.append(DepositUsed(today, order))
    if luck.random() < 0.07:
        found.append(
            Paid(today, order + 1, luck.choice((200, 3_000, 8_000, 11_000, life.minimum or 1_000, 70_000)))
        )
    if luck.random() < 0.004 and life.principal:
        found.append(
            Paid(
                today, order + 2, life.principal + sum(life.owed()) + life.fees + luck.choice((-640, 0, 900))
            )
        )
    if luck.random() < 0.03 and not life.late:
        found.append(Drawn(today, order + 3, luck.randint(1, 60) * 1000))
    if luck.random() < 0.01 and not life.late:
        found.append(Drawn(today, order + 3, luck.randint(1, 60) * 1000, today + luck.randint(1, 6) * ONE))
    if life.due and not life.at_the_bank and luck.random() < 0.02:
        found.append(DebitFiled(today, order + 8, life.due))
    if luck.random() < 0.01:
        found.append(FeeCharged(today, order + 4, luck.choice((110, 220))))
    if luck.random() < 0.005:
        found.append(RateChanged(today, order + 5, luck.choice((1780, 1500, 450, 1999))))
    if luck.random() < 0.004:
        limit = luck.choice((300_000, 800_000, 1_500_000))
        found.append(LimitChanged(today, order + 9, limit, luck.choice((1780, 1500))))
    if luck.random() < 0.005 and life.principal >= 1000 and not life.late:
        found.append(FreeGranted(today, order + 6, luck.choice((7, 15, 30))))
    if luck.random() < 0.005 and not life.late and not isinstance(life.product.due, Cycle):
        found.append(DueDayChanged(today, order + 7, luck.choice((5, 15, 25, 31))))
    return [event for event in found if not isinstance(event, Paid) or event.amount > 0]


def happens(life: Life, event: Event) -> dict[str, int] | None:
    """Tell an act to the oracle."""
    match event:
        case Paid(amount=amount):
            return life.pay(amount)
        case DepositUsed():
            return life.use_deposit()
        case Drawn(amount=amount, arrives=None):
            life.draw(amount)
        case Drawn(amount=amount, arrives=day):
            life.on_its_way.append((day, amount))
        case DebitFiled(day=day):
            if life.due == day:
                life.file()
        case DueMoved(day=day):
            life.spare(day)
        case DebitAnswered():
            life.at_the_bank = False
        case FeeCharged(amount=amount):
            life.fees += amount
        case LimitChanged(limit=limit, rate=rate):
            life.limit, life.tomorrow_rate = limit, Fraction(rate, 10_000)
        case RateChanged(rate=rate):
            life.tomorrow_rate = Fraction(rate, 10_000)
        case FreeGranted(days=days):
            life.grant(days)
        case DueDayChanged(due_day=due_day):
            if life.due is None:
                life.due_day, life.wished_due_day = due_day, None
            else:
                life.wished_due_day = due_day if due_day != life.due_day else None
    return None


def told(standing) -> dict[str, object]:
    """The product's standing in the oracle's words."""
    running = standing.running
    return {
        "limit": standing.limit,
        "principal": standing.principal,
        "fees": standing.fees,
        "deposit": standing.deposit,
        "carried": (standing.carried_damages, standing.carried_interest),
        "interest": Fraction(standing.interest_units, UNITS_PER_YEN),
        "damages": Fraction(standing.damages_units, UNITS_PER_YEN),
        "due": running and (running.nominal, running.day, running.opens, running.filled, running.met),
        "arrears": [(due.day, due.left) for due in standing.unmet],
        "awaited": [(due.day, due.filled) for due in standing.pending],
        "at the bank": bool(running and running.debited),
        "on its way": list(standing.coming),
        "late": standing.late_since is not None and standing.late_since <= standing.accrued_to,
    }


def told_by(life: Life) -> dict[str, object]:
    """The oracle's own words."""
    return {
        "limit": life.limit,
        "principal": life.principal,
        "fees": life.fees,
        "deposit": life.deposit,
        "carried": (life.carried_damages, life.carried_interest),
        "interest": life.interest,
        "damages": life.damages,
        "due": life.due and (life.nominal, life.due, life.opens, life.filled, life.met),
        "arrears": [(arrear.day, arrear.left) for arrear in life.arrears],
        "awaited": life.awaited,
        "at the bank": life.at_the_bank,
        "on its way": sorted(life.on_its_way),
        "late": life.late,
    }


def live(seed: int, product, days: int = 500) -> tuple[list[Event], date]:
    """Live one life twice and hold the two against each other at each act; return its events and last day."""
    luck = random.Random(seed)
    start = date(2023, 6, 1) + timedelta(days=luck.randrange(1500))
    due_day = 0 if isinstance(product.due, Cycle) else luck.choice((5, 15, 25, 31))
    life = Life(product, due_day, Fraction(1780, 10_000), start)
    events: list[Event] = [Opened(start, 0, 500_000, 1780, due_day)]
    standing = begin(events[0], product)
    for number in range(1, days):
        for event in acts(luck, life, number * 10):
            standing, split = apply(standing, event, product)
            expected = happens(life, event)
            events.append(event)
            if expected is not None:
                assert {name: getattr(split, name) for name in expected} == expected, (seed, event)
            assert told(advance(standing, life.today, product)) == told_by(life), (seed, event)
        life.sleep()
    assert told(advance(standing, life.today, product)) == told_by(life), (seed, "end")
    return events, life.today


@pytest.mark.parametrize("name", PRODUCTS)
def test_random_lives_agree_with_the_oracle_to_the_last_fraction(name):
    for seed in range(LIVES):
        live(seed, PRODUCTS[name])


@pytest.mark.parametrize("name", PRODUCTS)
def test_replay_in_one_go_equals_living_day_by_day(name):
    for seed in range(10_000, 10_012):
        events, last = live(seed, PRODUCTS[name], 300)
        shuffled = random.Random(seed).sample(events, len(events))
        standing, splits = replay(shuffled, PRODUCTS[name], last)
        daily = begin(events[0], PRODUCTS[name])
        for day in (events[0].on + timedelta(days=n) for n in range((last - events[0].on).days + 1)):
            daily = advance(daily, day, PRODUCTS[name])
            for event in (e for e in events[1:] if e.on == day):
                daily, _ = apply(daily, event, PRODUCTS[name])
        assert daily == standing
        assert len(splits) == len(events)


def test_a_limit_change_tells_nothing_to_the_days_before_it():
    events = [Opened(date(2026, 1, 5), 0, 500_000, 1780, 5), Drawn(date(2026, 1, 5), 1, 300_000)]
    raised = [*events, LimitChanged(date(2026, 3, 2), 2, 1_500_000)]
    before, _ = replay(events, WITHOUT_FREE_DAYS, date(2026, 3, 2))
    after, _ = replay(raised, WITHOUT_FREE_DAYS, date(2026, 3, 2))
    assert after.interest_units == before.interest_units
    assert after.rate == 1500
