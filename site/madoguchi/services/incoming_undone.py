"""What becomes of an incoming payment when its posting is undone: it is nobody's again, with a case."""

from __future__ import annotations

from madoguchi.domain.matching import How
from madoguchi.services import incoming, lives
from madoguchi.services.office import Office
from madoguchi.store import entries
from madoguchi.store import incoming as rows
from madoguchi.store.entries import Entry
from madoguchi.store.incoming import POSTED, Payment


def behind(office: Office, entry: Entry) -> Payment | None:
    """Return the incoming payment that an entry which stands was first posted for."""
    posted = list(entries.stream(office.store, entry.contract_id, entry.contract_id))
    root = next((root for one, root in lives.standing_entries(posted) if one.seq == entry.seq), None)
    return rows.of_entry(office.store, entry.contract_id, root.seq) if root else None


def undone_within(office: Office, payment: Payment, by_whom: str) -> None:
    """Keep a payment again whose posting was undone in this act; its contract is held.

    The house's journal has it from the day the bank booked it, as the contract has it no more.
    """
    held = rows.hold(office.store, payment.id)
    assert held is not None, "payments of which something was done are never deleted"
    assert held.state == POSTED, "its entry stood a moment ago"
    rows.undone(office.store, held.id)
    again = rows.hold(office.store, held.id)
    assert again is not None, "it is held"
    incoming.keep_within(office, again, How.UNDONE.value, by_whom)
