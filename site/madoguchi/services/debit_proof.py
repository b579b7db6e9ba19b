"""Whether direct debits say what the ledger says."""

from __future__ import annotations

from collections.abc import Iterator

from madoguchi.services.office import Office
from madoguchi.store import debits


def differences(office: Office) -> Iterator[str]:
    """Yield one sentence for each file that does not sum up, and each paid debit that was not posted."""
    for on, count, total, found, sum_of in debits.miscounted(office.store):
        yield f"Debit file for {on}: {count} debits, {total} yen are written, {found}, {sum_of} are in it."
    for file_id, n, contract_id in debits.unbooked(office.store):
        yield f"Contract {contract_id}: debit {file_id}-{n} was paid and is not in the ledger as that."
