"""What may go through the machine, with the contract held: states, units, the day's limit, the fee."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from madoguchi.domain.atm import fee
from madoguchi.domain.atm_refusals import (
    NO_DEBT,
    Ask,
    over_available,
    over_daily,
    too_many_notes,
    wrong_unit,
)
from madoguchi.domain.channels import Channel
from madoguchi.domain.present import counted_to
from madoguchi.domain.rights import Action, Refusal, Rights, rights_of
from madoguchi.services import books, lawful, posting
from madoguchi.services.books import Posted
from madoguchi.services.office import Office
from madoguchi.services.posting import NotAllowed, OverLimit, WrongUnit
from madoguchi.store import atm
from madoguchi.store.atm import Use


@dataclass(frozen=True, slots=True)
class Allowed:
    """It may be done: the fee in yen, and the number of the entry that promises it, if there is one yet."""

    fee: int
    seq: int | None = None


def withdrawal(office: Office, use: Use, contract_id: int) -> Allowed | tuple[Refusal, Ask]:
    """Post the drawdown that a machine asks for, against money on its way, or say what forbids it."""
    rules, on = office.rules.atm, use.business_day
    if use.amount % rules.notes:
        return wrong_unit(rules.notes), Ask.AMOUNT
    left = max(0, rules.daily - atm.withdrawn(office.store, contract_id, on))
    _debt, rights = _today(office, contract_id)
    if use.amount > left and rights.may(Action.ATM):  # what a state forbids is told before the day's limit
        return over_daily(rules.daily, left), Ask.AMOUNT if left else Ask.END
    law = lawful.forbidden(office, books.hold(office, contract_id), use.amount)
    if law and rights.may(Action.ATM):
        return law, Ask.AMOUNT
    done = posting.draw_within(
        office, contract_id, use.amount, Channel.ATM, office.business_day(), key_of(use), use.machine
    )
    match done:
        case Posted(entry):
            return Allowed(fee_of(office, contract_id, use.amount, on), entry.seq)
        case NotAllowed(refusal):
            return refusal, Ask.END
        case OverLimit(available):
            return over_available(available), Ask.AMOUNT if available else Ask.END
        case WrongUnit(unit):
            return wrong_unit(unit), Ask.AMOUNT
        case _:
            raise RuntimeError(f"a new transaction of today was {type(done).__name__}")


def deposit(office: Office, use: Use, contract_id: int) -> Allowed | tuple[Refusal, Ask]:
    """Say whether notes may be taken in; no state forbids repaying, and nothing is posted yet."""
    rules = office.rules.atm
    debt, rights = _today(office, contract_id)
    if refusal := rights.refusal(Action.REPAY):
        return refusal, Ask.END
    if debt == 0:
        return NO_DEBT, Ask.END
    if use.amount % rules.notes:
        return wrong_unit(rules.notes), Ask.AMOUNT
    if use.amount > rules.most_in:
        return too_many_notes(rules.most_in), Ask.AMOUNT
    return Allowed(fee_of(office, contract_id, use.amount, use.business_day))


def fee_of(office: Office, contract_id: int, amount: int, on: date) -> int:
    """The fee of a use in yen; 0 on days for which it is waived."""
    return 0 if atm.waived_to(office.store, contract_id, on) else fee(office.rules.atm, amount)


def waive_within(office: Office, contract_id: int, first: date, last: date, cause: str) -> bool:
    """Waive the fees of some days, both included, inside an open act; False when the cause did so before."""
    return atm.waive(office.store, contract_id, first, last, cause)


def key_of(use: Use) -> str:
    """The idempotency key of what a use posts; its parts are written behind it."""
    return f"atm:{use.transaction}"


def _today(office: Office, contract_id: int) -> tuple[int, Rights]:
    """What is owed today in yen, and the rights that the states leave."""
    row = books.hold(office, contract_id)
    now = counted_to(row.standing, office.business_day(), office.rules.product)
    return now.debt, rights_of(books.states_with(row.states, now), now.debt > 0)
