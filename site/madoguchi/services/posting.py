"""What moves or claims money on a contract: drawdowns, payments, fees; each is one act under a key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from madoguchi.domain import standing as money
from madoguchi.domain.channels import Channel
from madoguchi.domain.ledger import EntryKind
from madoguchi.domain.rights import Action, Refusal, rights_of
from madoguchi.domain.standing import Split, Standing
from madoguchi.services.books import Act, Done, perform, states_with
from madoguchi.services.office import Office
from madoguchi.store.contracts import ContractRow


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """A state of the contract forbids it."""

    refusal: Refusal


@dataclass(frozen=True, slots=True)
class OverLimit:
    """More than what may still be drawn, in yen."""

    available: int


@dataclass(frozen=True, slots=True)
class WrongUnit:
    """Drawdowns come in whole units of this many yen."""

    unit: int


Refused = NotAllowed | OverLimit | WrongUnit


def draw(
    office: Office,
    contract_id: int,
    amount: int,
    channel: Channel,
    value_date: date,
    key: str,
    reference: str = "",
) -> Done | Refused:
    """Borrow `amount` yen, valued on the day the money reaches the member."""
    act = Act(EntryKind.DRAWDOWN, amount, value_date, channel, key, reference)

    def step(row: ContractRow) -> tuple[Standing, Split] | Refused:
        if refused := _drawing_refused(office, row, act):
            return refused
        after = money.draw(row.standing, value_date, amount, office.rules.product)
        return after, Split(amount, principal=amount)

    return perform(office, contract_id, act, step)


def receive_payment(
    office: Office,
    contract_id: int,
    amount: int,
    channel: Channel,
    value_date: date,
    key: str,
    reference: str = "",
) -> Done:
    """Take in a payment that arrived; in no state is it refused, and what exceeds the debt is a deposit."""
    act = Act(EntryKind.REPAYMENT, amount, value_date, channel, key, reference)

    def step(row: ContractRow) -> tuple[Standing, Split]:
        return money.pay(row.standing, value_date, amount, office.rules.product)

    return perform(office, contract_id, act, step)


def charge_fee(
    office: Office, contract_id: int, amount: int, value_date: date, key: str, reference: str = ""
) -> Done:
    """Claim a fee of `amount` yen; the next payment covers it first."""
    act = Act(EntryKind.FEE, amount, value_date, Channel.HOUSE, key, reference)

    def step(row: ContractRow) -> tuple[Standing, Split]:
        return money.charge_fee(row.standing, value_date, amount), Split(amount, fees=amount)

    return perform(office, contract_id, act, step)


def _drawing_refused(office: Office, row: ContractRow, act: Act) -> Refused | None:
    """The rule that stops a drawdown, states first: over the limit says nothing to a suspended member."""
    rights = rights_of(states_with(row.states, row.standing), row.standing.debt > 0)
    if refusal := rights.refusal(Action.ATM if act.channel is Channel.ATM else Action.BORROW):
        return NotAllowed(refusal)
    unit = office.rules.product.drawdown_unit
    if act.amount < unit or act.amount % unit:
        return WrongUnit(unit)
    free = money.available(row.standing)
    return OverLimit(free) if act.amount > free else None
