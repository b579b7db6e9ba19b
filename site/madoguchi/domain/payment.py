"""What a payment does: which claims it covers, which due dates it fills, and what that changes."""

from dataclasses import dataclass
from datetime import date

from madoguchi.domain.accrual import advance, amount_due
from madoguchi.domain.interest import UNITS_PER_YEN, floor_yen
from madoguchi.domain.money import Yen
from madoguchi.domain.payoff import Arriving, due_now, due_on_arrival, next_due
from madoguchi.domain.product import Cycle, Product
from madoguchi.domain.state import Due, Split, Standing, changed, require_order
from madoguchi.domain.turns import next_turn


@dataclass(frozen=True, slots=True)
class PaymentPreview:
    """What a payment will do, to the yen as the posting does it; `arriving` where money is on its way."""

    split: Split
    after: Standing
    next_due: tuple[date, Yen] | None
    arriving: Arriving | None
    still_due_now: Yen
    paid_in_full: bool

    @property
    def filled(self) -> tuple[tuple[date, Yen], ...]:
        """The due dates it fills."""
        return self.split.filled

    @property
    def extra(self) -> bool:
        """Whether it counts for no due date."""
        return self.split.extra


def preview_payment(standing: Standing, on: date, amount: Yen, product: Product) -> PaymentPreview:
    """Return what pay() with the same arguments would do, and what is asked next."""
    after, split = pay(standing, on, amount, product)
    due, arriving = next_due(after, product), due_on_arrival(after, product)
    return PaymentPreview(split, after, due, arriving, due_now(after, on, product), after.debt == 0)


def pay(standing: Standing, on: date, amount: Yen, product: Product) -> tuple[Standing, Split]:
    """Return the standing after a payment valued on a day, and its split (SPEC 6.2, 6.5).

    Raises OutOfOrder for a day before accrued_to and ValueError for an amount below 1 yen; the smallest
    payment that members may make is the service's to refuse (smallest_payment).
    """
    require_order(standing, on)
    if amount < 1:
        raise ValueError("a payment is at least 1 yen")
    before = advance(standing, on, product)
    split = _allocated(before, amount)
    fills, filled = _filled(before, on, amount - split.fees - split.damages)
    split = changed(split, filled=fills, extra=not fills)
    paid = changed(
        filled,
        principal=before.principal - split.principal,
        fees=before.fees - split.fees,
        carried_damages=before.damages - split.damages,
        carried_interest=before.interest - split.interest,
        deposit=before.deposit + split.deposit,
        interest_units=0,
        damages_units=0,
        since=on,
    )
    return _judged(paid, before, on, product), split


def _allocated(before: Standing, amount: Yen) -> Split:
    """Take fees, damages, interest, principal in this order; what is left over is the member's deposit."""
    left = amount
    taken: list[Yen] = []
    for owed in (before.fees, before.damages, before.interest, before.principal):
        part = min(left, owed)
        taken.append(part)
        left -= part
    fees, damages, interest, principal = taken
    return Split(
        amount=amount,
        fees=fees,
        damages=damages,
        interest=interest,
        principal=principal,
        deposit=left,
        settled_interest=floor_yen(before.interest_units),
        settled_damages=floor_yen(before.damages_units),
    )


def _filled(before: Standing, on: date, money: Yen) -> tuple[tuple[tuple[date, Yen], ...], Standing]:
    """Fill the oldest unmet due date first, then the running one if the day lies in its window."""
    fills: list[tuple[date, Yen]] = []
    still_unmet: list[Due] = []
    for due in before.unmet:
        part = min(money, due.left)
        money -= part
        if part:
            fills.append((due.day, part))
        if part < due.left:
            still_unmet.append(changed(due, filled=due.filled + part))
    running = before.running
    if running is not None and not running.met and money > 0 and running.opens <= on <= running.day:
        asked = amount_due(before, running)
        part = min(money, asked - running.filled)
        fills.append((running.day, part))
        running = changed(running, filled=running.filled + part, met=running.filled + part >= asked)
    return tuple(fills), changed(before, unmet=tuple(still_unmet), running=running)


def _judged(paid: Standing, before: Standing, on: date, product: Product) -> Standing:
    """Draw the consequences: remainder or paid in full, the end of overdue, the next turn of a cycle."""
    if paid.principal < product.remainder_below:
        due_day = paid.due_day if paid.pending_due_day is None else paid.pending_due_day
        return changed(
            paid, unmet=(), pending=(), running=None, late_since=None, due_day=due_day, pending_due_day=None
        )
    if not paid.unmet and not paid.carried_damages:
        paid = changed(paid, late_since=None)
    if isinstance(product.due, Cycle) and not paid.unmet and _met_something(before, paid):
        paid = changed(paid, running=next_turn(on, product.due, product.window))
    return paid


def _met_something(before: Standing, paid: Standing) -> bool:
    return bool(before.unmet) or (paid.running is not None and paid.running.met)


def use_deposit_on_due(standing: Standing, on: date, product: Product) -> tuple[Standing, Split | None]:
    """Post the member's deposit as that day's payment, if a due date of an open debt falls on the day.

    Only on a due date, and never more than the debt (SPEC 6.2); None when there is nothing to do.
    The split's amount came from the deposit and not from outside.
    """
    require_order(standing, on)
    now = advance(standing, on, product)
    amount = min(now.deposit, now.debt)
    if amount == 0 or now.running is None or now.running.day != on:
        return now, None
    return pay(changed(now, deposit=now.deposit - amount), on, amount, product)


def waive(
    standing: Standing, on: date, damages: Yen, interest: Yen, product: Product, fees: Yen = 0
) -> tuple[Standing, Split]:
    """Give up damages, interest and fees owed on a day (yen); carried ones go first, fractions stay.

    Raises ValueError for more than is owed. The split says what became receivable only to be waived.
    """
    require_order(standing, on)
    now = advance(standing, on, product)
    if not (0 <= damages <= now.damages and 0 <= interest <= now.interest and 0 <= fees <= now.fees):
        raise ValueError("no more can be waived than is owed")
    new_damages = max(0, damages - now.carried_damages)
    new_interest = max(0, interest - now.carried_interest)
    waived = changed(
        now,
        fees=now.fees - fees,
        carried_damages=now.carried_damages - (damages - new_damages),
        carried_interest=now.carried_interest - (interest - new_interest),
        damages_units=now.damages_units - new_damages * UNITS_PER_YEN,
        interest_units=now.interest_units - new_interest * UNITS_PER_YEN,
    )
    if not waived.unmet and waived.damages == 0:
        waived = changed(waived, late_since=None, damages_units=0)
    split = Split(0, fees, damages, interest, settled_interest=new_interest, settled_damages=new_damages)
    return waived, split
