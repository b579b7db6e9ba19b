"""A contract as it stood at the end of a day gone by, told from its entries and terms."""

from __future__ import annotations

from datetime import date

from madoguchi.domain import replay
from madoguchi.domain.present import counted_to
from madoguchi.domain.standing import Standing
from madoguchi.services import lives
from madoguchi.services.office import Office
from madoguchi.store import entries, terms
from madoguchi.store.contracts import ContractRow


def began_on(office: Office, contract_id: int) -> date:
    """Return the first day that the books tell of: the opening, or the day an imported balance is of."""
    return _events(office, contract_id)[0].on


def standing_on(office: Office, row: ContractRow, day: date) -> Standing:
    """Return a held contract's standing at the end of a day; ValueError for a day before its books.

    What is valued by the day counts, whenever it was posted. A contract that nothing happened to since is
    not told again.
    """
    standing, product = row.standing, office.rules.product
    counted, agreed = standing.accrued_to, standing.rates[-1][0]
    if counted is not None and counted <= day and agreed <= day:
        return counted_to(standing, day, product)
    events = [event for event in _events(office, row.id) if event.on <= day]
    return replay.replay(events, product, day)[0]


def _events(office: Office, contract_id: int) -> list[replay.Event]:
    posted = list(entries.stream(office.store, contract_id, contract_id))
    agreed = list(terms.stream(office.store, contract_id, contract_id))
    return replay.in_order(lives.events_of(agreed, posted))
