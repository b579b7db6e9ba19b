"""What may go through the machine, with the contract held: states, units, the day's limit, the fee."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from madoguchi.domain import borrowing
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
from madoguchi.domain.present import counted_to, states_with
from madoguchi.domain.rights import Action, Refusal, Rights, rights_of
from madoguchi.domain.standing import Standing, available
from madoguchi.services import books, posting
from madoguchi.services.books import Posted
from madoguchi.services.office import Office
from madoguchi.services.posting import WrongUnit
from madoguchi.store import accounts, atm
from madoguchi.store.atm import Use
from madoguchi.store.contracts import ContractRow


@dataclass(frozen=True, slots=True)
class Allowed:
    """It may be done: the fee in yen, and the number of the entry that promises it, if there is one yet."""

    fee: int
    seq: int | None = None


def withdrawal(office: Office, use: Use, contract_id: int) -> Allowed | tuple[Refusal, Ask]:
    """Post the drawdown that a machine asks for, against money on its way, or say what forbids it."""
    if refused := _withdrawal_refused(office, use, contract_id):
        return refused
    today = office.business_day()
    done = posting.draw_within(office, contract_id, use.amount, Channel.ATM, today, key_of(use), use.machine)
    match done:
        case Posted(entry):
            return Allowed(fee_of(office, contract_id, use.amount, today), entry.seq)
        case WrongUnit(unit):
            return wrong_unit(unit), Ask.AMOUNT
        case _:
            raise RuntimeError(f"a withdrawal that was checked was not posted: {type(done).__name__}")


def _withdrawal_refused(office: Office, use: Use, contract_id: int) -> tuple[Refusal, Ask] | None:
    """The first rule that forbids it: states, notes, the day's limit, the credit limit, the law."""
    rules = office.rules.atm
    row, now, rights = _today(office, contract_id)
    if refusal := rights.refusal(Action.ATM):
        return refusal, Ask.END
    if use.amount % rules.notes:
        return wrong_unit(rules.notes), Ask.AMOUNT
    left = max(0, rules.daily - atm.withdrawn(office.store, contract_id, use.business_day))
    if use.amount > left:
        return over_daily(rules.daily, left), Ask.AMOUNT if left else Ask.END
    if use.amount > (free := available(now)):
        return over_available(free), Ask.AMOUNT if free >= rules.notes else Ask.END
    means = accounts.means(office.store, row.member_id, contract_id)
    known = (means.annual_income, means.other_debts, rules.notes)
    if denied := borrowing.refused(now, use.amount, *known):
        return denied, Ask.END if borrowing.refused(now, rules.notes, *known) else Ask.AMOUNT
    return None


def deposit(office: Office, use: Use, contract_id: int) -> Allowed | tuple[Refusal, Ask]:
    """Say whether notes may be taken in; no state forbids repaying, and nothing is posted yet."""
    rules = office.rules.atm
    _row, now, rights = _today(office, contract_id)
    if refusal := rights.refusal(Action.REPAY):
        return refusal, Ask.END
    if now.debt == 0:
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


def _today(office: Office, contract_id: int) -> tuple[ContractRow, Standing, Rights]:
    """The contract with its figures counted up to today, and the rights that its states leave."""
    row = books.hold(office, contract_id)
    now = counted_to(row.standing, office.business_day(), office.rules.product)
    return row, now, rights_of(states_with(row.states, now), now.debt > 0)
