"""Papers that the law asks for: what each kind must tell of the moment at which it came to be.

A loan paper (Article 17 of the Money Lending Business Act) tells the terms of a drawdown, a receipt
(Article 18) what a payment was taken for. What the entry itself holds is not told twice.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from madoguchi.domain.accrual import advance
from madoguchi.domain.ledger import EntryKind
from madoguchi.domain.money import Yen
from madoguchi.domain.payoff import next_due
from madoguchi.domain.product import Product
from madoguchi.domain.rates import Rate
from madoguchi.domain.simulation import Schedule, simulate
from madoguchi.domain.state import Standing


class PaperKind(Enum):
    """Which article a paper follows."""

    LOAN = "loan"
    RECEIPT = "receipt"


KINDS: Final[dict[EntryKind, PaperKind]] = {
    EntryKind.DRAWDOWN: PaperKind.LOAN,
    EntryKind.REPAYMENT: PaperKind.RECEIPT,
    EntryKind.DEPOSIT_USED: PaperKind.RECEIPT,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """A contract right after an entry; yen, rates in hundredths of a percent.

    interest, damages and fees are what is owed besides the principal. due_day and due_amount are the next due
    date and what it asks, None and 0 where none runs.
    """

    rate: Rate
    damages_rate: Rate
    limit: Yen
    minimum: Yen
    due_day: date | None
    due_amount: Yen
    interest: Yen
    damages: Yen
    fees: Yen
    deposit: Yen


def terms_of(standing: Standing, product: Product, arrives: date | None = None) -> Terms:
    """Return what a paper tells of a standing whose days are counted up to the entry's.

    Of money that arrives on a later day it tells what will be due from then on.
    """
    then = advance(standing, arrives, product) if arrives else standing
    due_day, due_amount = next_due(then, product) or (None, 0)
    return Terms(
        rate=standing.rate,
        damages_rate=product.damages_rate,
        limit=standing.limit,
        minimum=then.minimum,
        due_day=due_day,
        due_amount=due_amount,
        interest=standing.interest,
        damages=standing.damages,
        fees=standing.fees,
        deposit=standing.deposit,
    )


def plan(terms: Terms, balance: Yen, on: date) -> Schedule | None:
    """Return about how a balance is repaid if only the minimum is ever paid; None where it is not."""
    found = simulate("months", balance, terms.rate, None, max(terms.minimum, 1), "month", on)
    return found if isinstance(found, Schedule) else None
