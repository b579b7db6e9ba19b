"""Which ways in are shut and why, for pages and letters that may tell a member the true reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from madoguchi.domain.rights import State, states_of
from madoguchi.services import locks
from madoguchi.services.office import Office
from madoguchi.services.tries import Route
from madoguchi.store import credentials
from madoguchi.store.credentials import Account

OPEN: Final = "active"
NONE: Final = ""


@dataclass(frozen=True, slots=True)
class Ways:
    """Both ways in as they are; each may be shut for a reason of its own.

    `card` is active, held, lost or closed, "" without one; `why` is who or what put it on hold, "" when that
    is not known; `web_id` is active or locked, "" without one.
    """

    card: str = NONE
    why: str = ""
    web_id: str = NONE

    @property
    def by_code(self) -> bool:
        """Whether the card is on hold for a reason that a mailed code and a second proof lift."""
        return self.card == "held" and self.why == locks.GUESSING


def ways(office: Office, account: Account | None) -> Ways:
    """Both ways of an account. One statement, the same for an account that does not exist."""
    found = credentials.doors(office.store, account.contract_id if account else 0)
    if found is None:
        return Ways()
    card, why, web_id, states = found
    standing = states_of(states)
    stronger = (state for state in (State.CLOSED, State.LOST, State.HELD) if state in standing)
    return Ways(next((state.value for state in stronger), card), why if card == "held" else "", web_id)


def behind(office: Office, route: Route, identifier: str) -> Ways:
    """The same by card number (digits) or Web-ID, for whoever was told that this way is shut."""
    find = credentials.by_card if route is Route.CARD else credentials.by_web_id
    return ways(office, find(office.store, identifier, "", office.now()))


def why_held(office: Office, contract_id: int) -> str:
    """What put the card of a contract on hold, as in `Ways.why`."""
    return credentials.held_why(office.store, contract_id)
