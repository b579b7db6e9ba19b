"""What each of the demo's people did, told as real acts on a clock that moves through the past."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from madoguchi.domain import due as due_dates
from madoguchi.domain.channels import Channel
from madoguchi.domain.days import in_month
from madoguchi.domain.standing import next_due, payoff
from madoguchi.ports import JAPAN
from madoguchi.services import contracts, locks
from madoguchi.services.life import Life

KEN_ENTRIES = 3000
KEN_YEARS = 12


def hanako(life: Life) -> None:
    """Fourteen months of borrowing and repaying, 238,000 yen after the last drawdown, and points."""
    life.open(424)
    life.draw(422, 100_000)
    life.draw(380, 50_000, Channel.ATM)
    life.draw(330, 50_000)
    life.pay(290, 20_000, Channel.INTERNET)
    life.draw(240, 80_000)
    life.meet_dues(life.day(210))
    life.join_points(210)
    life.pay(200, 30_000, Channel.ATM)
    life.draw(150, 30_000, Channel.ATM)
    life.pay(96, 15_000, Channel.INTERNET)
    life.send_income_document(95)
    life.meet_dues(life.day(41))
    life.draw(41, (238_000 - life.standing.principal) // 1000 * 1000)
    life.meet_dues(life.today)
    life.drawn_to_account(41)


def ichiro(life: Life) -> None:
    """A contract three days old."""
    life.open(3)


def misaki(life: Life) -> None:
    """Every due date met until the latest one that lies five days back or more."""
    life.open(300)
    life.draw(298, 250_000)
    life.meet_dues(_latest_due(life.persona.due_day, life.day(5)))


def sakura(life: Life) -> None:
    """Someone guessed: the password is locked and the card on hold."""
    life.open(202)
    life.draw(200, 120_000)
    life.meet_dues(life.today)
    life.go(life.day(1), 21)
    locks.hold_card(life.office, life.contract_id)
    locks.lock_password(life.office, life.member_id)


def sho(life: Life) -> None:
    """All paid off, and the contract closed thirty days ago."""
    life.open(402)
    life.draw(400, 200_000)
    life.draw(310, 60_000, Channel.ATM)
    life.meet_dues(life.day(45))
    life.pay(45, payoff(life.standing, life.day(45), life.product).total, Channel.INTERNET)
    life.go(life.day(30), 15)
    contracts.close_contract(life.office, life.contract_id, "ご本人の希望", "窓口")


def yui(life: Life) -> None:
    """Suspended twenty days ago, all due dates met."""
    life.open(262)
    life.draw(260, 180_000)
    life.draw(120, 40_000, Channel.ATM)
    life.meet_dues(life.day(20))
    life.go(life.day(20), 11)
    contracts.suspend(life.office, life.contract_id, "調査中", "窓口")
    life.meet_dues(life.today)


def daisuke(life: Life) -> None:
    """All paid but 640 yen, which bear nothing."""
    life.open(222)
    life.draw(220, 60_000, Channel.ATM)
    life.meet_dues(life.day(50))
    owed = payoff(life.standing, life.day(50), life.product).total
    life.pay(50, owed - 640, Channel.ATM)


def ken(life: Life, entries: int = KEN_ENTRIES, years: int = KEN_YEARS) -> None:
    """Exactly so many entries over so many years, the due dates met by direct debit."""
    dice = random.Random(20260043)  # seeded: each demo is the same story
    days = 365 * years
    life.open(days + 2)
    first, span = life.moment(days, 9), timedelta(days=days - 1, hours=9)
    moments = sorted(first + span * dice.random() for _ in range(entries - 1))
    life.draw(days + 1, 300_000)
    life.mandate(days)
    for moment in moments[:-1]:
        _one_of_many(life, moment, dice)
    _one_of_many(life, life.moment(1, 20), dice)


def _one_of_many(life: Life, moment: datetime, dice: random.Random) -> None:
    """The due date that came meanwhile, met, else a drawdown or a payment at that moment."""
    on = moment.astimezone(JAPAN).date()
    due = next_due(life.standing, life.product)
    if due and due[0] <= on:
        life.meet(*due)
        return
    amount = dice.choice((3, 5, 10, 10, 15, 20, 20, 30)) * 1000
    owed = life.standing.principal
    borrow = owed < 250_000 or (owed < 1_150_000 and dice.random() < 0.53)
    life.at(moment)
    if borrow:
        life.draw_on(on, amount, dice.choice((Channel.ATM, Channel.ATM, Channel.TRANSFER)))
    else:
        life.pay_on(on, amount, dice.choice((Channel.ATM, Channel.ATM, Channel.INTERNET)))


def _latest_due(due_day: int, until: date) -> date:
    """The last due date (shifted) up to and with a day."""
    months = (in_month(until.year, until.month - back, due_day) for back in (0, 1))
    return max(day for day in map(due_dates.shift, months) if day <= until)
