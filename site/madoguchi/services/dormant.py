"""Contracts unused for years: announced by a letter, kept by a press or a use, else closed on the day."""

from __future__ import annotations

from datetime import date, timedelta

from madoguchi.domain import dormant as rules
from madoguchi.domain.letters import Kind
from madoguchi.domain.present import counted_to
from madoguchi.services import application_letters, applications, books, closing, letters
from madoguchi.services.lateness import midnight
from madoguchi.services.office import Office
from madoguchi.services.sessions import Visitor
from madoguchi.store import applications as rows
from madoguchi.store import dormant
from madoguchi.store.contracts import ContractRow
from madoguchi.store.dormant import Told

_DAY = timedelta(days=1)


def announce(office: Office, day: date, after: int, most: int) -> list[int]:
    """Announce the closing of contracts that nobody used, for the day that begins when `day` is closed."""
    law = office.rules.dormant
    if not law.years:
        return []
    since = rules.told_when_used_by(law, day + _DAY)
    found = dormant.unused(office.store, since, after, most)
    for contract_id, used_on in found:
        row = books.hold(office, contract_id)
        closes = rules.closes_on(law, used_on, office.business_day())
        dormant.tell(office.store, row.id, office.now(), used_on, closes)
        facts: dict[str, letters.Fact] = {"day": _in_full(used_on), "closes": _in_full(closes)}
        due, ends = application_letters.by_day(office), midnight(closes)
        letters.write(office, Kind.DORMANT_WARNING, facts, member_id=row.member_id, due=due, ends=ends)
    return [contract_id for contract_id, _ in found]


def close(office: Office, day: date, after: int, most: int) -> list[int]:
    """Close contracts on the day that was announced, or take back what is no longer true of them.

    One with an open application waits for its decision.
    """
    found = dormant.closing(office.store, day + _DAY, after, most)
    for told in found:
        row = books.hold(office, told.contract_id)
        if not _unused(office, row, told):
            dormant.forget(office.store, row.id)
        elif not rows.still_open(office.store, row.id):
            closing.close_within(office, row.id, closing.UNUSED)
    return [told.contract_id for told in found]


def announced(office: Office, contract_id: int) -> Told | None:
    """What was announced to a member and still holds."""
    return dormant.told(office.store, contract_id)


def keep(office: Office, visitor: Visitor) -> bool:
    """Keep the contract, which counts as a use; False where nothing was announced."""
    with office.store.transaction():
        applications.present_row(office, visitor.contract_id)
        dormant.keep(office.store, visitor.contract_id, office.business_day())
        return bool(dormant.forget(office.store, visitor.contract_id))


def _unused(office: Office, row: ContractRow, told: Told) -> bool:
    """Whether the contract stands as it did when it was announced: nothing owed, held, or drawn since."""
    now = counted_to(row.standing, office.business_day(), office.rules.product)
    nothing = not (now.debt or now.deposit or now.coming)
    return nothing and row.closed_on is None and (row.standing.accrued_to or row.opened_on) == told.used_on


def _in_full(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
