"""What waits for a member besides money and states, for the home page: the most urgent first."""

from __future__ import annotations

from datetime import date, timedelta

from madoguchi.services.office import Office
from madoguchi.services.sessions import Visitor
from madoguchi.store import attention
from madoguchi.store.attention import Waiting


def look(office: Office, visitor: Visitor, due_on: date | None = None) -> Waiting:
    """Return what waits for a member now, whose next due date is `due_on`; one statement."""
    wait = timedelta(hours=office.rules.payouts.changed_account_hours)
    today = (office.business_day(), office.now(), wait, due_on)
    return attention.of_member(office.store, visitor.member_id, visitor.contract_id, *today)
