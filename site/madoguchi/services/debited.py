"""A due date whose debit goes to the bank, and the bank's answer, as the contract's life tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from madoguchi.domain import standing as money
from madoguchi.domain.channels import Channel
from madoguchi.domain.ledger import EntryKind
from madoguchi.services import books
from madoguchi.services.books import Act, Backdated, Conflict, Posted
from madoguchi.services.office import Office
from madoguchi.services.retelling import agree_within, retell_within
from madoguchi.store import terms
from madoguchi.store.contracts import ContractRow
from madoguchi.store.entries import Entry
from madoguchi.store.terms import Term
from madoguchi.store.values import day_out


@dataclass(frozen=True, slots=True)
class Filed:
    """The debit to ask the bank for: the due date (shifted) and the yen.

    Outstanding fees are included, and what the deposit will cover is not.
    """

    day: date
    amount: int


@dataclass(frozen=True, slots=True)
class NothingDue:
    """No due date runs that a debit could meet, or its debit is at the bank already."""


def file_within(office: Office, contract_id: int, cause: str) -> Filed | NothingDue:
    """Freeze the running due date's amount and note that its debit goes to the bank, inside an open act."""
    held = books.hold(office, contract_id)
    return file_many_within(office, [held], cause).get(contract_id, NothingDue())


def file_many_within(office: Office, held: Sequence[ContractRow], cause: str) -> dict[int, Filed]:
    """Do the same for many contracts that are held, by few statements; without those that owe nothing."""
    on, filed, rows, agreed = office.business_day(), {}, [], []
    for row in held:
        if found := _frozen(office, row, on):
            filed[row.id], after = found
            rows.append(after)
            day = filed[row.id].day
            agreed.append(Term(row.id, row.last_seq, terms.DEBIT_FILED, on, day_out(day), cause))
    terms.append(office.store, agreed, office.now())
    books.keep_many(office, rows)
    return filed


def _frozen(office: Office, row: ContractRow, on: date) -> tuple[Filed, ContractRow] | None:
    """What a contract's running due date asks for, and the contract once its debit is at the bank."""
    product = office.rules.product
    row = books.caught_up(office, row, on)
    due, asked = row.standing.running, money.due_by_then(row.standing, product)
    if due is None or due.met or due.debited or due.day < on or asked is None or asked[0] != due.day:
        return None
    wanted = asked[1] - row.standing.deposit  # which is used on the due date before anything is judged
    if wanted <= 0:
        return None
    after = money.file_debit(row.standing, on, due.day, product)
    return Filed(due.day, wanted), replace(row, standing=after)


def paid_within(
    office: Office, contract_id: int, day: date, amount: int, key: str, reference: str = ""
) -> Posted | Conflict | Backdated:
    """Post a debit that was paid, valued on its due date whenever the answer comes, inside an open act."""
    act = Act(EntryKind.REPAYMENT, amount, day, Channel.DIRECT_DEBIT, key, reference)
    row = books.hold(office, contract_id)
    if found := books.earlier(office, row, act):
        return found
    return retell_within(office, row, act, [_answered(row, day, reference or "paid")])


def failed_within(office: Office, contract_id: int, day: date, cause: str) -> tuple[Entry, ...]:
    """Note in an open act that a debit was not paid: its due date, if unmet, is missed from the day after.

    Returns the payments that are split anew by that.
    """
    row = books.hold(office, contract_id)
    return agree_within(office, row, [_answered(row, day, cause)])


def _answered(row: ContractRow, day: date, cause: str) -> Term:
    return Term(row.id, row.last_seq, terms.DEBIT_ANSWERED, day, day_out(day), cause)
