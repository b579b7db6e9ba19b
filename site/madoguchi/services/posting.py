"""What moves or claims money on a contract, each under a key: drawing, paying, fees, returns.

What ends in `_within` is part of an act that is open; the same without it is an act of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from madoguchi.domain import standing as money
from madoguchi.domain.channels import Channel
from madoguchi.domain.ledger import EntryKind
from madoguchi.domain.present import states_with
from madoguchi.domain.rights import Action, Refusal, rights_of
from madoguchi.domain.standing import Split, Standing
from madoguchi.services.books import (
    Act,
    Backdated,
    Done,
    Posted,
    day_of,
    hold,
    perform_within,
    scoped,
)
from madoguchi.services.office import Office
from madoguchi.services.repeating import one_act
from madoguchi.services.retelling import retell_within, untell_within
from madoguchi.store import entries
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


@dataclass(frozen=True, slots=True)
class NoDeposit:
    """No more than `free` yen of the deposit can be returned now."""

    free: int


Refused = NotAllowed | OverLimit | WrongUnit


@dataclass(frozen=True, slots=True)
class NeverPosted:
    """No entry that stands was posted under this key, so nothing can be undone."""


def draw_within(
    office: Office,
    contract_id: int,
    amount: int,
    channel: Channel,
    value_date: date,
    key: str,
    reference: str = "",
) -> Done | Refused:
    """Borrow `amount` yen, valued on the day the money reaches the member, today or later."""
    act = Act(EntryKind.DRAWDOWN, amount, value_date, channel, key, reference)
    on = day_of(office, act)

    def step(row: ContractRow) -> tuple[Standing, Split] | Refused:
        if refused := _drawing_refused(office, row, act):
            return refused
        after = money.draw(row.standing, on, amount, office.rules.product, value_date)
        return after, Split(amount, principal=amount)

    return perform_within(office, contract_id, act, step)


def undo_within(office: Office, contract_id: int, posted_by: str, key: str) -> Posted | NeverPosted:
    """Take back what was posted under a key (a drawdown, a fee, a deposit's return): it never was.

    Returns the entry that undoes it, the first one again when it was undone already.
    """
    row = hold(office, contract_id)
    entry = entries.by_key(office.store, scoped(contract_id, posted_by))
    if entry is None or entry.kind not in (
        EntryKind.DRAWDOWN,
        EntryKind.FEE,
        EntryKind.DEPOSIT_RETURNED,
    ):
        return NeverPosted()
    if undoing := entries.undoing(office.store, contract_id, entry.seq):
        return Posted(undoing, row.standing, repeated=True)
    return untell_within(office, row, entry, key)


def receive_within(
    office: Office,
    contract_id: int,
    amount: int,
    channel: Channel,
    value_date: date,
    key: str,
    reference: str = "",
) -> Done:
    """Take in a payment that arrived; in no state is it refused, and what exceeds the debt is a deposit.

    One that is valued before days that are counted has the life told again (`Posted.corrected`); Backdated
    only before the contract began.
    """
    act = Act(EntryKind.REPAYMENT, amount, value_date, channel, key, reference)

    def step(row: ContractRow) -> tuple[Standing, Split]:
        return money.pay(row.standing, value_date, amount, office.rules.product)

    done = perform_within(office, contract_id, act, step)
    if not isinstance(done, Backdated):
        return done
    return retell_within(office, hold(office, contract_id), act)


def charge_within(
    office: Office, contract_id: int, amount: int, value_date: date, key: str, reference: str = ""
) -> Done:
    """Claim a fee of `amount` yen; the next payment covers it first."""
    act = Act(EntryKind.FEE, amount, value_date, Channel.HOUSE, key, reference)

    def step(row: ContractRow) -> tuple[Standing, Split]:
        return money.charge_fee(row.standing, value_date, amount), Split(amount, fees=amount)

    return perform_within(office, contract_id, act, step)


def return_within(
    office: Office, contract_id: int, amount: int, value_date: date, key: str, reference: str = ""
) -> Done | NoDeposit:
    """Pay back some of the member's deposit: it is on its way to the account.

    Refused while a debit is at the bank: its answer may still need the money.
    """
    act = Act(EntryKind.DEPOSIT_RETURNED, amount, value_date, Channel.TRANSFER, key, reference)

    def step(row: ContractRow) -> tuple[Standing, Split] | NoDeposit:
        free = 0 if _awaits_debit(row.standing) else row.standing.deposit
        if not 1 <= amount <= free:
            return NoDeposit(free)
        return money.return_deposit(row.standing, value_date, amount), Split(amount, deposit=amount)

    return perform_within(office, contract_id, act, step)


draw, undo_draw = one_act(draw_within), one_act(undo_within)
receive_payment, charge_fee = one_act(receive_within), one_act(charge_within)


def _awaits_debit(standing: Standing) -> bool:
    return bool(standing.pending) or (standing.running is not None and standing.running.debited)


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
