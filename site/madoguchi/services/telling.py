"""A contract's life told from its events up to the closed days, deposits used on due dates as they pass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from madoguchi.domain import replay
from madoguchi.domain import standing as money
from madoguchi.domain.mercy import DueMoved
from madoguchi.domain.product import Product
from madoguchi.domain.replay import Event, Imported, Opened
from madoguchi.domain.standing import Due, Split, Standing

_ONE_DAY: Final = timedelta(days=1)


@dataclass(slots=True)
class Told:
    """A life up to the closed days: where it ends, and each split by its event's order or its day.

    `after` is the standing right after each of them, which their papers tell; `missed` are due dates as they
    passed unmet.
    """

    standing: Standing
    splits: dict[int, Split] = field(default_factory=dict)
    deposits: dict[date, Split] = field(default_factory=dict)
    after: dict[int | date, Standing] = field(default_factory=dict)
    missed: list[Due] = field(default_factory=list)


def tell(events: Iterable[Event], closed_to: date | None, product: Product) -> Told:
    """Return a life by its events; deposits are used on due dates as they pass, whatever was posted."""
    first, *later = replay.in_order(events)
    assert isinstance(first, Opened | Imported), "a contract's life begins with its opening"
    told = Told(replay.begin(first, product))
    for event in later:
        _pass_dues(told, event.on, product)
        if isinstance(
            event, DueMoved
        ):  # a due date is moved at the end of its day, if it is still unmet then
            _use_deposit(told, event.on, product)
        told.standing, split = replay.apply(told.standing, _within(told.standing, event, product), product)
        if split is not None:
            told.splits[event.order] = split
            told.after[event.order] = told.standing
    if closed_to is not None:
        _pass_dues(told, closed_to + _ONE_DAY, product)
    return told


def _pass_dues(told: Told, on: date, product: Product) -> None:
    while True:
        told.standing = money.to_next_due(told.standing, on, product)
        due = told.standing.running
        if due is None or due.day >= on:
            return
        _use_deposit(told, due.day, product)
        if (left := told.standing.running) is None or left.day > due.day:
            continue  # the deposit ended the debt, or began the cycle anew
        if not left.met:
            told.missed.append(left)
        told.standing = money.advance(told.standing, due.day + _ONE_DAY, product)


def _use_deposit(told: Told, day: date, product: Product) -> None:
    if not told.standing.deposit:
        return
    told.standing, split = money.use_deposit_on_due(told.standing, day, product)
    if split is not None:
        told.deposits[day] = split
        told.after[day] = told.standing


def _within(standing: Standing, event: Event, product: Product) -> Event:
    """A waiver gives up no more than is owed in the life as it is told now."""
    if not isinstance(event, replay.Waived):
        return event
    return event.within(money.advance(standing, event.on, product))
