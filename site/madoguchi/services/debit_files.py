"""Request files of direct debits: one for each due day, its amounts frozen while it is gathered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from typing import Final

from madoguchi.domain import bank_file, debit_file
from madoguchi.domain.days import is_business_day, next_business_day
from madoguchi.services import debited
from madoguchi.services.account_check import directory_of
from madoguchi.services.office import Office
from madoguchi.services.pace import Turn
from madoguchi.services.repeating import one_act, repeated
from madoguchi.store import closed_days, contracts, debits, mandates
from madoguchi.store.debits import Debit, File
from madoguchi.store.mandates import Account

BATCH: Final = 100  # contracts in one short transaction
PER_FILE: Final = 1_000_000  # a debit's customer number is its file's number and its place
# Further ahead, a contract's running due date may still be one before the day asked for.
FURTHEST: Final = timedelta(days=20)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Made:
    """The day's file is made; `again` when it had been made before, and nothing was added to it."""

    file: File
    again: bool = False


class Why(Enum):
    """Why no file can be made for a day."""

    PASSED = auto()
    TOO_FAR = auto()
    BANKS_REST = auto()
    DAYS_OPEN = auto()


@dataclass(frozen=True, slots=True)
class Unfit:
    """No file can be made for this day; the sentence tells an operator why."""

    why: Why
    sentence: str


def make(office: Office, on: date) -> Made | Unfit:
    """Make the file of a due day, or go on with one that was begun; made once, it stays as it is."""
    if (there := debits.file_of(office.store, on)) and there.state != debits.MAKING:
        return Made(there, again=True)
    if unfit := _unfit(office, on):
        return unfit
    with office.store.transaction():
        debits.begin(office.store, on, office.now())
    begun = debits.file_of(office.store, on)
    assert begun is not None, "it was begun a moment ago"
    return Made(_gathered(office, begun))


def request(office: Office, file: File) -> bytes:
    """The file as the bank gets it, the same at every look while banks keep their names."""
    rows = debits.with_accounts(office.store, file.id)
    places = {account: _account(office, account) for _, account in rows}
    told = [
        debit_file.Debit(places[account], account.holder_kana, one.amount, customer(one), one.first)
        for one, account in rows
    ]
    files = office.rules.bank_files
    return debit_file.request(files.debits, file.due_on, told, files.line_end)


def hand_over(office: Office, file: File) -> None:
    """Give a made file to the bank, outside of any act; given twice it is taken once."""
    assert office.debits is not None, "there is a bank to give it to"
    office.debits.hand_in(name_of(file), file.due_on, request(office, file))
    note_handed(office, file)


@repeated
def note_handed(office: Office, file: File) -> None:
    """Note that a file is on its way to the bank."""
    with office.store.transaction():
        debits.handed(office.store, file.id, office.now())


def name_of(file: File) -> str:
    """What a file is called."""
    return f"debits-{file.due_on:%Y%m%d}.txt"


def customer(one: Debit) -> int:
    """The number by which a debit is known again in the result."""
    return one.file_id * PER_FILE + one.n


def known_by(office: Office, on: date) -> date:
    """The day by which the result of a day's debits is to come."""
    for _ in range(office.rules.debit.answer_days):
        on = next_business_day(on + _DAY)
    return on


def too_late(office: Office, on: date) -> bool:
    """Whether no further debit goes to the bank for a due date: it has come, or its file is made."""
    file = debits.file_of(office.store, on)
    return on <= office.business_day() or bool(file and file.state != debits.MAKING)


def overdue(office: Office) -> list[File]:
    """Files that were handed over and whose result should have come before today, the oldest first."""
    today = office.business_day()
    return [file for file in debits.unanswered(office.store, today) if known_by(office, file.due_on) < today]


def left_behind(office: Office) -> list[File]:
    """Files that were not handed over though their day has come, the oldest first."""
    return [file for file in debits.unfinished(office.store) if file.due_on <= office.business_day()]


def due_days(office: Office, today: date) -> list[date]:
    """The days ahead whose file is to be made by today, and for which there is somebody to debit."""
    ahead = (today + n * _DAY for n in range(1, FURTHEST.days + 1))
    return [day for day in ahead if is_business_day(day) and _time_has_come(office, day, today)]


def _time_has_come(office: Office, day: date, today: date) -> bool:
    begins, left = day, office.rules.debit.days_before
    while left:
        begins -= _DAY
        left -= is_business_day(begins)
    return begins <= today and bool(debits.to_gather(office.store, day, 0, 0, 1))


def _unfit(office: Office, on: date) -> Unfit | None:
    today = office.business_day()
    if on < today:
        return Unfit(Why.PASSED, f"{on} has passed.")
    if on > today + FURTHEST:
        return Unfit(
            Why.TOO_FAR, f"{on} is too far ahead; a file is made at most {FURTHEST.days} days before."
        )
    if not is_business_day(on):
        return Unfit(Why.BANKS_REST, f"{on} is no business day; due dates fall on {next_business_day(on)}.")
    closed = closed_days.last(office.store)
    if closed is None or closed < today - _DAY:  # a due date that has passed would still seem to run
        return Unfit(Why.DAYS_OPEN, "the days before today are not closed; run the daily round first.")
    return None


def _gathered(office: Office, file: File) -> File:
    after: int | None = 0
    while after is not None:
        turn = Turn()
        file, after = _some(office, file.id, after)
        if after is not None:
            turn.rest()
    return file


@one_act
def _some(office: Office, file_id: int, after: int) -> tuple[File, int | None]:
    """Gather some contracts numbered above `after`; the file, and the last of them if there may be more."""
    file = debits.hold_file(office.store, file_id)
    if file.state != debits.MAKING:
        return file, None
    found = debits.to_gather(office.store, file.due_on, file.id, after, BATCH)
    _gather(office, file, found)
    if len(found) == BATCH:
        return file, found[-1][0]
    debits.made(office.store, file.id, office.now())
    return debits.hold_file(office.store, file.id), None


def _gather(office: Office, file: File, found: list[tuple[int, int, bool]]) -> None:
    if not found:
        return
    held = contracts.hold_many(office.store, [contract_id for contract_id, _, _ in found])
    active = mandates.active_among(office.store, [mandate_id for _, mandate_id, _ in found])  # held by now
    mandated = {contract: (mandate, filed) for contract, mandate, filed in found if mandate in active}
    frozen = debited.file_many_within(office, [row for row in held if row.id in mandated], str(file.id))
    last, rows = debits.last_n(office.store, file.id), []
    for n, (contract_id, due) in enumerate(sorted(frozen.items()), last + 1):
        mandate_id, filed = mandated[contract_id]
        rows.append(Debit(file.id, n, contract_id, mandate_id, due.amount, first=not filed))
    if rows:
        debits.add(office.store, rows)
        mandates.filed(office.store, [row.mandate_id for row in rows])


def _account(office: Office, account: Account) -> bank_file.Account:
    directory = directory_of(office)
    bank = directory.bank(account.bank_code)
    branch = directory.branch(account.bank_code, account.branch_code)
    return bank_file.Account(
        account.bank_code,
        account.branch_code,
        account.kind,
        account.number,
        bank.kana if bank else "",
        branch.kana if branch else "",
    )
