"""The list of contracts whose capacity to repay the law wants looked at again at a period's end."""

from __future__ import annotations

from datetime import date

from madoguchi.domain.capacity import (
    BALANCE_ABOVE,
    LENT_ABOVE,
    QUARTER,
    check_by,
    is_period_end,
    month_number,
)
from madoguchi.services.office import Office
from madoguchi.store import rounds
from madoguchi.store.rounds import Check


def list_some(office: Office, day: date, after: int, most: int) -> list[int]:
    """Put contracts on the list when a period ends with `day`; on other days there is nothing to do."""
    if not is_period_end(day):
        return []
    month, bounds = (day.replace(day=1), day), (BALANCE_ABOVE, LENT_ABOVE)
    found = rounds.capacity(office.store, month, month_number(day), QUARTER, bounds, after, most)
    for contract_id, quarter in found:
        why = "quarter" if quarter else "month"
        rounds.list_check(office.store, contract_id, day, why, check_by(day))
    return [contract_id for contract_id, _ in found]


def open_checks(office: Office) -> list[Check]:
    """Return who has to be looked at, the most urgent first."""
    return rounds.open_checks(office.store)


def note_checked(office: Office, contract_id: int, period_end: date, by_whom: str) -> bool:
    """Note that a contract on the list was looked at; False where it is not on it."""
    with office.store.transaction():
        return bool(rounds.checked(office.store, contract_id, period_end, office.now(), by_whom))
