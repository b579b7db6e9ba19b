"""The member's side of the smartphone ATM: link a machine by the number on its screen, and see what came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from madoguchi.domain import borrowing
from madoguchi.domain.atm import Stage
from madoguchi.domain.rights import Action, Refusal, Rights
from madoguchi.domain.standing import Standing
from madoguchi.services import books
from madoguchi.services.office import Office
from madoguchi.store import accounts, atm, atm_guard
from madoguchi.store.atm import Use
from madoguchi.store.atm_guard import Link


class Linking(Enum):
    """What came of linking a number."""

    LINKED = "linked"
    TAKEN = "taken"  # somebody linked it before, or it was used already


@dataclass(frozen=True, slots=True)
class Look:
    """A contract at the machine today; amounts in yen, `available` by the limit and the law, in whole notes.

    `linked_to` is until when a machine may ask, None without a link that works. `last` is what was done or
    refused with the number linked last, `refusal` why nothing can be withdrawn.
    """

    linked_to: datetime | None
    number: str
    last: Use | None
    available: int
    left_today: int
    waived_to: date | None
    refusal: Refusal | None

    @property
    def most(self) -> int:
        """What may be withdrawn now."""
        return 0 if self.refusal else min(self.available, self.left_today)


def look(office: Office, contract_id: int, member_id: int, standing: Standing, rights: Rights) -> Look:
    """Return what the page tells; the standing is counted up to today."""
    store, today, unit = office.store, office.business_day(), office.rules.atm.notes
    means = accounts.means(store, member_id, contract_id)
    known = (means.annual_income, means.other_debts, unit)
    link = atm_guard.newest_link(store, contract_id)
    return Look(
        linked_to=link.expires_at if link and link.works(office.now()) else None,
        number=link.number if link else "",
        last=_last(office, link),
        available=borrowing.room(standing, *known).most,
        left_today=max(0, office.rules.atm.daily - atm.withdrawn(store, contract_id, today)),
        waived_to=atm.waived_to(store, contract_id, today),
        refusal=rights.refusal(Action.ATM) or borrowing.refused(standing, unit, *known),
    )


def link(office: Office, contract_id: int, number: str) -> Linking:
    """Link a machine by its number, which ends an older link; the same number again is no fault."""
    now = office.now()
    ends = now + timedelta(minutes=office.rules.atm.link_minutes)
    with office.store.transaction():
        books.hold(office, contract_id)
        before = atm_guard.hold_link(office.store, number)
        if before and before.contract_id == contract_id and before.works(now):
            return Linking.LINKED
        if before or not atm_guard.add_link(office.store, number, contract_id, now, ends):
            return Linking.TAKEN
    return Linking.LINKED


def unlink(office: Office, contract_id: int) -> bool:
    """End the link that a machine has not used; False when there was none."""
    with office.store.transaction():
        books.hold(office, contract_id)
        return atm_guard.end_links(office.store, contract_id, office.now()) > 0


def _last(office: Office, link: Link | None) -> Use | None:
    """What was done with a link, not what is only being checked."""
    use = atm.newest(office.store, link.number, link.contract_id) if link else None
    return None if use is None or use.stage is Stage.CHECKING else use
