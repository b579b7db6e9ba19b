"""Our books held against the bank's own: each transfer on both sides, and what the ledger has on its way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from madoguchi.domain.ledger import Account
from madoguchi.ports.bank import Known, Pending, Rejected, Settled
from madoguchi.services.office import Office
from madoguchi.store import atm, house, payouts
from madoguchi.store.payouts import Payout

FEW: Final = 200  # differences that are told one by one


class What(Enum):
    """How the two sides can differ over one transfer."""

    AMOUNT = "amount"  # both have it, for different amounts
    NOT_OURS = "not_ours"  # the bank has an order that was never promised here
    NOT_AT_BANK = "not_at_bank"  # settled here, and the bank has no such order
    NOT_PAID = "not_paid"  # settled here, and the bank has not paid it
    PAID_AFTER_ALL = "paid_after_all"  # given back to the member here, and paid by the bank
    OTHER_ANSWER = "other_answer"  # settled on both sides, with another reference or day
    NOT_HEARD = "not_heard"  # the bank has answered, and here it is still on its way: the worker will ask
    UNSEEN = "unseen"  # handed over here, and the bank has not seen it: the worker will ask


@dataclass(frozen=True, slots=True)
class Difference:
    """One transfer over which the sides differ; one of the two is None where only the other side has it."""

    what: What
    payout: Payout | None
    known: Known | None

    @property
    def key(self) -> str:
        """By what both sides know it."""
        return self.payout.bank_key if self.payout else self.known.key if self.known else ""


@dataclass(frozen=True, slots=True)
class Compared:
    """What was held against each other; amounts in yen, `transit_*` what is on its way by either count.

    `differences` are at most FEW of `count`.
    """

    transfers: int
    paid_here: int
    paid_at_bank: int
    transit_in_ledger: int
    transit_promised: int
    count: int
    differences: tuple[Difference, ...]

    @property
    def agrees(self) -> bool:
        """Whether nothing differs."""
        return self.count == 0 and self.transit_in_ledger == self.transit_promised


def compare(office: Office) -> Compared | None:
    """Hold every transfer against the bank's side; None where its side cannot be looked over."""
    if office.bank_books is None:
        return None
    transfers = here = there = count = 0
    told: list[Difference] = []
    for payout, known in _pairs(payouts.by_bank_key(office.store), office.bank_books.known()):
        transfers += 1
        here += payout.amount if payout and payout.state == "settled" else 0
        there += known.amount if known and isinstance(known.answer, Settled) else 0
        if what := difference(payout, known):
            count += 1
            if len(told) < FEW:
                told.append(Difference(what, payout, known))
    promised = payouts.in_transit(office.store) + atm.in_transit(office.store)
    ledger = -house.balance(office.store, Account.IN_TRANSIT)
    return Compared(transfers, here, there, ledger, promised, count, tuple(told))


def difference(payout: Payout | None, known: Known | None) -> What | None:
    """Return how two sides of a transfer differ, None where they agree."""
    if payout is None:
        was_closed = known is None or (isinstance(known.answer, Rejected) and known.amount == 0)
        return None if was_closed else What.NOT_OURS
    if known is None:
        return {"settled": What.NOT_AT_BANK, "handed": What.UNSEEN}.get(payout.state)
    if known.amount != payout.amount and known.amount:
        return What.AMOUNT
    match payout.state, known.answer:
        case "settled", Settled(reference, on):
            return None if (reference, on) == (payout.reference, payout.paid_on) else What.OTHER_ANSWER
        case "settled", _:
            return What.NOT_PAID
        case "returned", Settled():
            return What.PAID_AFTER_ALL
        case "returned", Rejected():
            return None
        case _, Pending():
            return What.PAID_AFTER_ALL if payout.state == "returned" else None
        case _:
            return What.NOT_HEARD


def _pairs(ours: Iterator[Payout], theirs: Iterator[Known]) -> Iterator[tuple[Payout | None, Known | None]]:
    """Both sides side by side, each sorted by key."""
    mine, known = next(ours, None), next(theirs, None)
    while mine or known:
        if known is None or (mine and mine.bank_key < known.key):
            yield mine, None
            mine = next(ours, None)
        elif mine is None or known.key < mine.bank_key:
            yield None, known
            known = next(theirs, None)
        else:
            yield mine, known
            mine, known = next(ours, None), next(theirs, None)
