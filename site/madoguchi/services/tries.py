"""The words of signing in: one try, where it comes from, and what can come of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from madoguchi.domain.rights import State, may_enter, states_of
from madoguchi.ports import Gate
from madoguchi.store.credentials import Account


class Route(Enum):
    """The ways in."""

    CARD = "card"
    WEB_ID = "web_id"


class Reason(Enum):
    """Why a right secret would not sign in; told to known browsers only."""

    HELD = "held"
    LOST = "lost"
    REPLACED = "replaced"
    LOCKED = "locked"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a try comes from: the browser's cookies ("" if none), its name, its address block, its limit.

    `pending_token` is of a sign-in that waits for its second step on this browser, and that another replaces.
    """

    device_token: str
    session_token: str
    label: str
    block: str
    gate: Gate
    remember: bool = False
    pending_token: str = ""


@dataclass(frozen=True, slots=True)
class Try:
    """One try: `identifier` is normalised, `secrets` are readings of what was typed, `pin` the PIN alone.

    `by` is what was used where that is no secret of the route.
    """

    route: Route
    identifier: str
    secrets: tuple[str, ...]
    place: Place
    at: datetime
    account: Account | None
    pin: str = ""
    by: str = ""

    @property
    def way(self) -> str:
        """How log and letters name the way in: the route, unless it went by something of its own."""
        return self.by or self.route.value

    @property
    def known(self) -> bool:
        """Whether this browser signed in to this account before."""
        return self.account is not None and self.account.device_id is not None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The new session's token, the browser's new token, and whether the browser was unknown until now."""

    session_token: str
    device_token: str
    new_device: bool


@dataclass(frozen=True, slots=True)
class WrongPair:
    """Not signed in. `left` is how many tries a known browser has; `opens_at` when a stranger may go on."""

    left: int | None = None
    opens_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Not compared at all; `until` is None when only staff can open this way in again."""

    until: datetime | None


@dataclass(frozen=True, slots=True)
class Locked:
    """A known browser is told the true reason; `now` when this very try caused it."""

    reason: Reason
    now: bool = False


@dataclass(frozen=True, slots=True)
class CodeNeeded:
    """The secret was right, and the second step is asked: `token` names the sign-in that waits for it."""

    token: str


@dataclass(frozen=True, slots=True)
class CodeFirst:
    """Not compared: this stranger has to show the mailbox first, as everybody who types the same."""


Outcome = SignedIn | CodeNeeded | CodeFirst | WrongPair | Waiting | Locked


def refusing(account: Account, route: Route, today: date) -> Reason | None:
    """Why a right secret would not sign in on this day, or None."""
    if account.state != "active":
        return Reason(account.state)
    states = states_of(account.contract_states)
    if may_enter(states, by_card=route is Route.CARD, closed_on=account.closed_on, today=today):
        return None
    return next(
        reason
        for state, reason in (
            (State.CLOSED, Reason.CLOSED),
            (State.LOST, Reason.LOST),
            (State.HELD, Reason.HELD),
        )
        if state in states
    )
