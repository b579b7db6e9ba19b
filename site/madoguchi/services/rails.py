"""Files between lender and bank as the desk handles them: made, fetched, handed over, answered.

What the bank's side does is outside of any act of ours: each step is noted in the audit log right after it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from madoguchi.ports.transfer_files import Held, Line, Made, TransferFile, TransferFiles
from madoguchi.services import audit, bank_files, debit_files, debit_results
from madoguchi.services.audit import Noted
from madoguchi.services.debit_files import Unfit
from madoguchi.services.debit_results import Refused, Taken, TakenBefore
from madoguchi.services.office import Office
from madoguchi.services.repeating import repeated
from madoguchi.store import debit_outcomes, debits
from madoguchi.store.debits import File

FEW: Final = 20


@dataclass(frozen=True, slots=True)
class Transfers:
    """What there is of transfer files; None of it where the bank is not reached by files."""

    files: Sequence[Made]
    held: Held


def _ours(office: Office) -> TransferFiles | None:
    """The bank's files, if this machine is the one that has them: by another's a payout is paid twice."""
    return office.transfers if bank_files.are_here(office) else None


def transfers(office: Office) -> Transfers | None:
    """Return the newest transfer files, and what waits for one."""
    ours = _ours(office)
    return Transfers(ours.files(FEW), ours.held(office.business_day())) if ours else None


def transfer_file(office: Office, number: int) -> tuple[Made, Sequence[Line]] | None:
    """Return a transfer file with its lines."""
    if office.transfers is None:
        return None
    lines = office.transfers.lines(number)
    found = next((made for made in office.transfers.files(number + FEW) if made.number == number), None)
    return (found, lines) if found else None


def make_transfers(office: Office, on: date, by_whom: str) -> TransferFile | None:
    """Make a file of what waits for a day; None where nothing does, so pressing twice makes one."""
    ours = _ours(office)
    made = ours.make(on) if ours else None
    if made:
        facts = {"file": made.number, "count": made.count, "total": made.total}
        _note(office, Noted.TRANSFERS_MADE, by_whom, **facts)
    return made


def transfer_bytes(office: Office, number: int, by_whom: str) -> TransferFile | None:
    """Return a transfer file to be carried to the bank, the very same each time."""
    ours = _ours(office)
    found = ours.again(number) if ours else None
    if found:
        _note(office, Noted.BANK_FILE_FETCHED, by_whom, what="transfers", file=number)
    return found


def transfers_done(office: Office, number: int, returned: Mapping[int, str], by_whom: str) -> int | None:
    """Say that the bank carried a file out but for what it returned; returns how many were settled by it.

    Raises ValueError for a reference of another file. The worker settles or undoes each at the members'.
    """
    ours = _ours(office)
    if ours is None:
        return None
    settled = ours.done(number, returned)
    if settled is not None and (settled or returned):
        facts = {"file": number, "settled": settled, "returned": len(returned)}
        _note(office, Noted.TRANSFERS_DONE, by_whom, **facts)
    return settled


def debit_file(office: Office, file_id: int) -> tuple[File, tuple[int, int, int]] | None:
    """Return a debit file with how many of it were paid and failed, and yen paid."""
    found = debits.read_file(office.store, file_id)
    return (found, debit_outcomes.of_file(office.store, file_id)) if found else None


def newest_debits(office: Office) -> list[File]:
    """Return the debit files of the latest days."""
    return debits.files(office.store, FEW)


def make_debits(office: Office, on: date, by_whom: str) -> File | Unfit:
    """Make the file of a due day, which freezes its amounts; made once, it stays as it is."""
    made = debit_files.make(office, on)
    if isinstance(made, Unfit):
        return made
    if not made.again:
        facts = {"file": made.file.id, "count": made.file.count, "total": made.file.total}
        _note(office, Noted.DEBITS_MADE, by_whom, **facts)
    return made.file


def debit_bytes(office: Office, file_id: int, by_whom: str) -> tuple[File, bytes] | None:
    """Return a made debit file to be carried to the bank, the very same each time."""
    file = debits.read_file(office.store, file_id)
    if file is None or file.state == debits.MAKING:
        return None
    data = debit_files.request(office, file)
    _note(office, Noted.BANK_FILE_FETCHED, by_whom, what="debits", file=file_id)
    return file, data


def debits_handed(office: Office, file_id: int, by_whom: str) -> bool:
    """Note that a made file is at the bank; False where there is none. Noted again, it changes nothing."""
    file = debits.read_file(office.store, file_id)
    if file is None or file.state == debits.MAKING:
        return False
    if file.handed_at is None:
        debit_files.note_handed(office, file)
        _note(office, Noted.DEBITS_HANDED, by_whom, file=file_id)
    return True


def take_results(office: Office, data: bytes, by_whom: str) -> Taken | TakenBefore | Refused:
    """Take a result file of direct debits: whole or not at all, and the same file twice does nothing."""
    outcome = debit_results.take(office, data)
    if isinstance(outcome, Taken):
        file = debits.file_of(office.store, outcome.due_on)
        facts = {"file": file.id if file else 0, "paid": outcome.paid, "failed": outcome.failed}
        _note(office, Noted.DEBITS_ANSWERED, by_whom, **facts)
    return outcome


@repeated
def _note(office: Office, /, noted: Noted, by_whom: str, **facts: Any) -> None:
    with office.store.transaction():
        audit.note_within(office, noted, by_whom, **facts)
