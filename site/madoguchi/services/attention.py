"""What waits for a member besides money and states, for the home page: the most urgent first."""

from __future__ import annotations

from madoguchi.services.office import Office
from madoguchi.services.sessions import Visitor
from madoguchi.store import attention
from madoguchi.store.attention import Waiting


def look(office: Office, visitor: Visitor) -> Waiting:
    """Return what waits for a member now; one statement."""
    day, now = office.business_day(), office.now()
    return attention.of_member(office.store, visitor.member_id, visitor.contract_id, day, now)
