"""What a day asks of direct debits: take in what the bank sent, make the files whose time has come."""

from __future__ import annotations

from collections.abc import Iterator

from madoguchi.domain.faults import Unfit
from madoguchi.services import bank_files, debit_files, debit_results
from madoguchi.services.debit_files import Made
from madoguchi.services.debit_results import Refused
from madoguchi.services.office import Office
from madoguchi.store import debits


def run(office: Office) -> Iterator[str]:
    """Do what is to be done by now, telling each thing; may be stopped and run again at any point."""
    with office.alone:
        try:
            bank_files.keep_here(office)
        except Unfit as fault:
            yield f"{fault}."
            return
        yield from fetch(office)
        if office.debits is not None:
            yield from _make(office)


def fetch(office: Office) -> Iterator[str]:
    """Take in every result file that came back; one that is refused is put away and told."""
    for file in debits.answered_and_unposted(office.store):
        debit_results.finish(office, file)
    if office.debits is None:
        return
    for back in office.debits.results(office.business_day()):
        outcome = debit_results.take(office, back.data)
        office.debits.put_away(back.name)
        if isinstance(outcome, Refused):
            yield f"{back.name} was refused whole: {outcome}."
        else:
            yield f"{back.name} was taken."


def _make(office: Office) -> Iterator[str]:
    for day in debit_files.due_days(office, office.business_day()):
        debit_files.make(office, day)
    for file in debits.unfinished(office.store):
        made = debit_files.make(office, file.due_on)
        if isinstance(made, Made):
            debit_files.hand_over(office, made.file)
            yield f"{debit_files.name_of(made.file)}: {made.file.count} debits went to the bank."
