"""Result files of direct debits: taken whole or not at all, then each result takes effect by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from madoguchi.domain import debit_file
from madoguchi.domain.debit_file import Answered, Result, ResultFile
from madoguchi.domain.zengin import Malformed
from madoguchi.services import cases, debit_letters, debited
from madoguchi.services.books import Posted, hold
from madoguchi.services.cases import CaseKind
from madoguchi.services.debit_files import PER_FILE, customer
from madoguchi.services.mandates import BY_BANK
from madoguchi.services.office import Office
from madoguchi.services.pace import Turn
from madoguchi.services.repeating import repeated
from madoguchi.store import debits, mandates
from madoguchi.store.debits import Debit, File
from madoguchi.store.mandates import Account

FEW: Final = 20  # results that take effect before pages get their turn


@dataclass(frozen=True, slots=True)
class Taken:
    """The file was taken; so many debits were paid and failed."""

    due_on: date
    paid: int
    failed: int


@dataclass(frozen=True, slots=True)
class TakenBefore:
    """This very result was taken before; nothing was done again."""

    due_on: date


@dataclass(frozen=True, slots=True)
class Refused:
    """The file was refused whole; line and column count from 1."""

    line: int
    column: int
    sentence: str

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.sentence}"


def take(office: Office, data: bytes) -> Taken | TakenBefore | Refused:
    """Take a result file: hold it against what was asked, write its codes in one act, then let each work."""
    try:
        told = debit_file.read_result(data)
        file = _asked_by(office, told)
        before = _written(office, file, told)
    except Malformed as fault:
        return Refused(fault.line, fault.column, fault.sentence)
    finish(office, file)
    if before:
        return TakenBefore(file.due_on)
    paid = sum(1 for row in told.rows if row.result is Result.PAID)
    return Taken(file.due_on, paid, len(told.rows) - paid)


def finish(office: Office, file: File) -> None:
    """Let every result of a file take effect that has not; may be stopped and run again at any point."""
    turn = Turn()
    while found := debits.unposted(office.store, file.id, FEW):
        for one in found:
            _post(office, file, one)
        turn.rest()
        turn = Turn()


def _asked_by(office: Office, told: ResultFile) -> File:
    """The file of ours that this answers; raises Malformed where there is none."""
    ours = office.rules.bank_files.debits.code
    if told.collector != ours:
        raise Malformed(1, debit_file.HEADER.place("owner"), f"it is for {told.collector}, and we are {ours}")
    number = told.rows[0].debit.customer // PER_FILE if told.rows else 0
    file, place = debits.read_file(office.store, number), debit_file.HEADER.place("month_day")
    if file is None or (file.due_on.month, file.due_on.day) != (told.month, told.day):
        raise Malformed(1, place, f"no file of ours asks for these debits on {told.month:02}-{told.day:02}")
    if file.due_on > office.business_day():
        raise Malformed(1, place, f"its debits are on {file.due_on}, which has not come")
    return file


@repeated
def _written(office: Office, file: File, told: ResultFile) -> bool:
    """Write the codes in one act, unless they stand there; raises Malformed where the file is another."""
    with office.store.transaction():
        file = debits.hold_file(office.store, file.id)
        asked = debits.with_accounts(office.store, file.id)
        if len(asked) != len(told.rows):
            raise Malformed(
                len(told.rows) + 2, debit_file.TRAILER.place("count"),
                f"it has {len(told.rows)} debits, and {len(asked)} were asked for",
            )  # fmt: skip
        for row, (one, account) in zip(told.rows, asked, strict=True):
            _require_same(row, one, account)
        if file.state == debits.ANSWERED:
            return True
        results = [(one.n, row.result.value) for row, (one, _) in zip(told.rows, asked, strict=True)]
        debits.write_results(office.store, file.id, results, office.now())
        _let_the_desk_see(office, file, told)
        return False


def _let_the_desk_see(office: Office, file: File, told: ResultFile) -> None:
    """One case for all that failed in a file, in the act that takes it; none where nothing did."""
    failed = sum(1 for row in told.rows if row.result is not Result.PAID)
    if failed:
        facts = {"paid": len(told.rows) - failed, "failed": failed}
        cases.open_within(office, CaseKind.DEBIT, facts, subject_id=file.id)


def _require_same(row: Answered, one: Debit, account: Account) -> None:
    back = row.debit
    pairs: tuple[tuple[str, object, object], ...] = (
        ("bank", back.account.bank, account.bank_code),
        ("branch", back.account.branch, account.branch_code),
        ("kind", back.account.kind, account.kind),
        ("number", back.account.number, account.number),
        ("amount", back.amount, one.amount),
        ("customer", back.customer, customer(one)),
        ("result", row.result.value, row.result.value if one.result is None else one.result),
    )
    for name, said, asked in pairs:
        if said != asked:
            known = "was taken before" if name == "result" else "was asked for"
            raise Malformed(row.line, debit_file.column(name), f"{name} is {said}, and {asked} {known}")


@repeated
def _post(office: Office, file: File, one: Debit) -> None:
    """Let one result take effect, once."""
    with office.store.transaction():
        row = hold(office, one.contract_id)
        if not debits.post(office.store, one, office.now()):
            return
        assert one.result is not None, "only answered debits are posted"
        result, reference = Result(one.result), f"{file.id}-{one.n}"
        if result is Result.PAID:
            done = debited.paid_within(
                office, row.id, file.due_on, one.amount, f"debit:{reference}", reference
            )
            assert isinstance(done, Posted), "a debit's key is its own, and its due date lies in the contract"
            debit_letters.paid(office, row.member_id, file.due_on, done)
            return
        anew = debited.failed_within(office, row.id, file.due_on, f"{reference}:{one.result}")
        _end_mandate(office, one, result)
        debit_letters.failed(office, row.member_id, file.due_on, one.amount, result, anew)


def _end_mandate(office: Office, one: Debit, result: Result) -> None:
    mandate = mandates.read(office.store, one.mandate_id)
    if debit_letters.ends_mandate(result) and mandate and mandate.state == mandates.ACTIVE:
        mandates.ended(office.store, mandate.id, office.now(), f"{BY_BANK}:{result.value}")
