"""The inside of every act on a contract: hold it, pass its days, write the entry and its figures.

What is named `…_within` is part of an act that is open already.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from madoguchi.domain import ledger
from madoguchi.domain.channels import Channel, cause_of, channel_of
from madoguchi.domain.ledger import EntryKind, Line
from madoguchi.domain.present import states_with
from madoguchi.domain.standing import Split, Standing, advance, move_due, to_next_due, use_deposit_on_due
from madoguchi.domain.state import ONE_DAY, changed
from madoguchi.services import mercy, papers
from madoguchi.services.office import Office
from madoguchi.store import contracts, entries
from madoguchi.store.contracts import ContractRow
from madoguchi.store.entries import Entry


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be posted: the facts that a repeated key must repeat, and the day that interest uses."""

    kind: EntryKind
    amount: int
    value_date: date
    channel: Channel
    key: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry stands in the ledger; `repeated` when it stood there already under this key.

    `corrected` are entries that were posted anew because this one is valued before them.
    """

    entry: Entry
    standing: Standing
    repeated: bool = False
    corrected: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """The key was used before, for something else; nothing was posted."""

    first: Entry


@dataclass(frozen=True, slots=True)
class Backdated:
    """The value date lies before days that are counted, or before the contract; nothing was posted."""

    counted_to: date


Done = Posted | Conflict | Backdated
Refused = TypeVar("Refused")


class NoSuchContract(LookupError):
    """An act named a contract that does not exist: a fault of ours, since no form asks for one."""


Step = Callable[[ContractRow], "tuple[Standing, Split] | Refused"]


def perform_within(office: Office, contract_id: int, act: Act, step: Step[Refused]) -> Done | Refused:
    """Do one act under its key, inside a transaction that is open.

    `step` gets the contract with its days counted up to the day of the act, and says what follows or refuses.
    A value date ahead of today is the day on which drawn money arrives: the act itself happens today.
    """
    row = hold(office, contract_id)
    if found := earlier(office, row, act):
        return found
    on, counted_to = day_of(office, act), row.standing.accrued_to
    if counted_to and on < counted_to:
        return Backdated(counted_to)
    outcome = step(caught := caught_up(office, row, on))
    if not isinstance(outcome, tuple):
        return outcome
    return post(office, caught, act, *outcome)


def day_of(office: Office, act: Act) -> date:
    """Return the day of an act: its value date, or today for a drawdown whose money arrives later."""
    return min(act.value_date, office.business_day()) if act.kind is EntryKind.DRAWDOWN else act.value_date


def hold(office: Office, contract_id: int) -> ContractRow:
    """Return the contract, held until the act ends; raises NoSuchContract."""
    row = contracts.hold(office.store, contract_id)
    if row is None:
        raise NoSuchContract(contract_id)
    return row


def earlier(office: Office, row: ContractRow, act: Act) -> Posted | Conflict | None:
    """Return what an act with this key did before on this contract, if there was one."""
    found = entries.by_key(office.store, scoped(row.id, act.key))
    if found is None:
        return None
    same = (found.kind, found.amount, channel_of(found.cause)) == (act.kind, act.amount, act.channel)
    return Posted(found, row.standing, repeated=True) if same else Conflict(found)


def caught_up(office: Office, row: ContractRow, on: date) -> ContractRow:
    """Return the contract with its days counted up to `on`; `keep` or the next entry caches it."""
    row = dues_passed(office, row, on)
    return changed(row, standing=advance(row.standing, on, office.rules.product))


def dues_passed(office: Office, row: ContractRow, on: date) -> ContractRow:
    """Return the contract with each due date before `on` judged, a deposit posted on its day first."""
    product = office.rules.product
    while True:
        row = changed(row, standing=to_next_due(row.standing, on, product))
        due = row.standing.running
        if due is None or due.day >= on:
            return row
        if row.standing.deposit:
            row = _deposit_used(office, row, due.day)
            if (left := row.standing.running) is None or left.day > due.day:
                continue  # the deposit ended the debt, or began the cycle anew: nothing is left to judge
            due = left
        if later := mercy.moved(office, due):
            row = _due_moved(office, row, later)
            continue
        row = changed(row, standing=advance(row.standing, due.day + ONE_DAY, product))


def post(office: Office, row: ContractRow, act: Act, after: Standing, split: Split) -> Posted:
    """Append the act's entry and cache the figures it leads to."""
    entry = append(office, row, act, split, after.balance)
    papers.issue(office, entry, after)
    keep(office, replace(row, last_seq=entry.seq, standing=after))
    return Posted(entry, after)


def append(
    office: Office, row: ContractRow, act: Act, split: Split, balance: int, replaces: int | None = None
) -> Entry:
    """Append the act's entry with its lines behind a contract's last one; its figures are not cached yet."""
    entry = Entry(
        contract_id=row.id,
        seq=row.last_seq + 1,
        kind=act.kind,
        value_date=act.value_date,
        posted_at=office.now(),
        amount=split.amount,
        fees=split.fees,
        damages=split.damages,
        interest=split.interest,
        principal=split.principal,
        deposit=split.deposit,
        balance=balance,
        cause=cause_of(act.channel, act.reference),
        key=scoped(row.id, act.key),
        replaces=replaces,
    )
    entries.append(office.store, entry, lines_of(act.kind, split))
    return entry


def keep(office: Office, row: ContractRow) -> None:
    """Cache a contract's figures, and whether it is overdue by them."""
    keep_many(office, [row])


def keep_many(office: Office, rows: Sequence[ContractRow]) -> None:
    """Cache the figures of many contracts that are held."""
    for row in rows:
        states = states_with(row.states, row.standing)
        contracts.save(office.store, row.id, row.last_seq, states, row.standing)


def lines_of(kind: EntryKind, split: Split) -> Sequence[Line]:
    """Return the double entry behind an entry of a kind; ValueError for a kind that is not posted yet."""
    match kind:
        case EntryKind.DRAWDOWN:
            return ledger.lines_for_drawdown(split.amount)
        case EntryKind.REPAYMENT:
            return ledger.lines_for_payment(split)
        case EntryKind.DEPOSIT_USED:
            return ledger.lines_for_deposit_used(split)
        case EntryKind.FEE:
            return ledger.lines_for_fee(split.amount)
        case EntryKind.DEPOSIT_RETURNED:
            return ledger.lines_for_deposit_return(split.amount)
        case EntryKind.WAIVER:
            return ledger.lines_for_waiver(split)
        case EntryKind.OPENING:
            return ledger.lines_for_opening(
                split.principal, split.interest, split.damages, split.fees, split.deposit
            )
        case _:
            raise ValueError(f"{kind.name} is not posted yet")


def _due_moved(office: Office, row: ContractRow, to: mercy.Moved) -> ContractRow:
    """Move the running due date; kept at once, since the act around may be refused and its row stands."""
    due = row.standing.running
    assert due is not None, "only a due date that runs is moved"
    mercy.note_within(office, row, due.day, to)
    row = changed(row, standing=move_due(row.standing, due.day, to.day, office.rules.product))
    keep(office, row)
    return row


def _deposit_used(office: Office, row: ContractRow, on: date) -> ContractRow:
    after, split = use_deposit_on_due(row.standing, on, office.rules.product)
    if split is None:
        return row
    key = deposit_key(on, row.last_seq)
    posted = post(office, row, deposit_act(split.amount, on, key), after, split)
    return replace(row, last_seq=posted.entry.seq, standing=after)


def deposit_key(on: date, last_seq: int) -> str:
    """Return a key for the use of a deposit on a day: it may be undone and be done again later."""
    return f"deposit:{on.isoformat()}:{last_seq}"


def deposit_act(amount: int, on: date, key: str) -> Act:
    """Return the act that posts a deposit as the payment of a due date."""
    return Act(EntryKind.DEPOSIT_USED, amount, on, Channel.HOUSE, key, on.isoformat())


def scoped(contract_id: int, key: str) -> str:
    """Return a key as it is stored: the caller's own, with the contract before it so that no two can meet."""
    return f"{contract_id}:{key}"
