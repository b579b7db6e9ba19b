"""What the desk sees of incoming payments before and after they are posted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from madoguchi.domain.accrual import advance
from madoguchi.domain.payment import PaymentPreview, preview_payment
from madoguchi.domain.state import Standing
from madoguchi.services import payers
from madoguchi.services.office import Office
from madoguchi.store import incoming as rows
from madoguchi.store.incoming import KEPT, OPEN, READY, File, Payment
from madoguchi.store.payers import Payer

FEW: Final = 20  # files on one page
MOST_KEPT: Final = 100


@dataclass(frozen=True, slots=True)
class Seen:
    """A payment with whose it is; `effect` is what posting it will do, None where it is not to be posted.

    `retold` instead of an effect where it is valued before what is counted: the life is told again then.
    """

    payment: Payment
    payer: Payer | None = None
    effect: PaymentPreview | None = None
    retold: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file with its payments; counts of those that will be posted, kept, and that wait for a choice."""

    file: File
    seen: Sequence[Seen]

    def count(self, *states: str) -> int:
        """How many payments are in one of these states."""
        return sum(one.payment.state in states for one in self.seen)

    def total(self, state: str) -> int:
        """Yen of the payments in a state."""
        return sum(one.payment.amount for one in self.seen if one.payment.state == state)

    @property
    def untouched(self) -> bool:
        """Whether nothing of it was posted or kept yet."""
        return self.count(OPEN, READY) == len(self.seen)


def overview(office: Office) -> tuple[list[File], list[Payment]]:
    """Return the newest files, and the payments that are nobody's yet."""
    return rows.files(office.store, FEW), rows.kept(office.store, MOST_KEPT)


def sheet(office: Office, file_id: int) -> Sheet | None:
    """Return a file with what each of its payments will do; three statements."""
    file = rows.read_file(office.store, file_id)
    if file is None:
        return None
    payments = rows.of_file(office.store, file_id)
    return Sheet(file, _seen(office, payments))


def one(office: Office, number: int) -> Seen | None:
    """Return one payment with what it will do."""
    payment = rows.read(office.store, number)
    return _seen(office, [payment])[0] if payment else None


def candidates(office: Office, payment: Payment) -> Sequence[Payer]:
    """Return the contracts that come into question for a payment: of the numbers and the name with it."""
    return payers.around(office, payment.reference, payment.payer)


def _seen(office: Office, payments: Sequence[Payment]) -> list[Seen]:
    """Each payment's effect after those before it, as they will be posted one after the other."""
    whose = payers.of_contracts(office, {one.contract_id for one in payments if one.contract_id})
    now: dict[int, Standing] = {key: payer.row.standing for key, payer in whose.items()}
    made = []
    for payment in payments:
        payer = whose.get(payment.contract_id or 0)
        if payer is None or payment.state not in (READY, KEPT):
            made.append(Seen(payment, payer))
            continue
        effect = _effect(office, now[payer.row.id], payment)
        if effect:
            now[payer.row.id] = effect.after
        made.append(Seen(payment, payer, effect, retold=effect is None))
    return made


def _effect(office: Office, standing: Standing, payment: Payment) -> PaymentPreview | None:
    counted = standing.accrued_to
    if counted is not None and payment.booked_on < counted:
        return None
    then = advance(standing, payment.booked_on, office.rules.product)
    return preview_payment(then, payment.booked_on, payment.amount, office.rules.product)
