"""A member's own card: held and released with one press, reported lost for good, and made anew.

A member releases only a hold of their own; what guessing, a report or the lender set has ways out of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from madoguchi.domain.letters import Kind
from madoguchi.domain.rights import State
from madoguchi.services import applications, books, cases, letters, locks
from madoguchi.services.cases import MEMBER, CaseKind
from madoguchi.services.office import Office
from madoguchi.store import cards, credentials, reports, states

OWN: Final = "own"  # the reason of a hold that its member set and may release
LOST: Final = "lost"
MOST_NUMBER: Final = 40  # letters of the number that the police gave


@dataclass(frozen=True, slots=True)
class Card:
    """The card: its last digits, its state (active, held, lost, "" without one), why and since when.

    `own` is whether the member may release it; `reported` whether a case about it is open, `web_id`
    whether there is another way to sign in.
    """

    tail: str
    state: str
    why: str
    since: datetime | None
    own: bool
    reported: bool
    web_id: bool


@dataclass(frozen=True, slots=True)
class Done:
    """It is so; `changed` is False when it was so before."""

    changed: bool


@dataclass(frozen=True, slots=True)
class NotYours:
    """Somebody else set the hold, for this reason."""

    why: str


@dataclass(frozen=True, slots=True)
class NotPossible:
    """The card is lost, or there is none: it is neither held nor released any more."""


def look(office: Office, member_id: int, contract_id: int) -> Card:
    """Return the card of a contract; at most four statements."""
    row = cards.newest(office.store, contract_id)
    reported = reports.open_case(office.store, CaseKind.LOST_CARD.value, member_id) is not None
    web_id = credentials.web_id_of(office.store, member_id) != ""
    if row is None:
        return Card("", "", "", None, False, reported, web_id)
    own = row.state == "held" and cards.reasons(office.store, contract_id) == {OWN}
    return Card(row.number[-4:], row.state, row.why, row.since, own, reported, web_id)


def hold(office: Office, member_id: int, contract_id: int) -> Done | NotPossible:
    """Hold the card: no ATM and no sign-in by it from this second on."""
    store, now = office.store, office.now()
    with store.transaction():
        _begin(office, member_id, contract_id)
        row = cards.newest(store, contract_id)
        if row is None or row.state == LOST:
            return NotPossible()
        if not locks.holding(store, contract_id, now, OWN, MEMBER):
            return Done(changed=False)
        letters.write(office, Kind.CARD_HELD, {"at": now}, member_id=member_id, now=now)
    return Done(changed=True)


def release(office: Office, member_id: int, contract_id: int) -> Done | NotYours | NotPossible:
    """Release a hold that the member set, and no other."""
    store = office.store
    with store.transaction():
        _begin(office, member_id, contract_id)
        row = cards.newest(store, contract_id)
        if row is None or row.state == LOST:
            return NotPossible()
        if row.state != "held":
            return Done(changed=False)
        if others := cards.reasons(store, contract_id) - {OWN}:
            return NotYours(sorted(others)[0])
        return Done(locks.releasing(office, contract_id, member_id, OWN))


def lose(office: Office, member_id: int, contract_id: int) -> Done | NotPossible:
    """Report the card lost: it never works again, and another one is made."""
    store, now = office.store, office.now()
    with store.transaction():
        _begin(office, member_id, contract_id)
        moved = [
            credentials.set_card_state(store, contract_id, state, LOST, "reported", now)
            for state in ("held", "active")
        ]
        if not any(moved):
            row = cards.newest(store, contract_id)
            return Done(changed=False) if row and row.state == LOST else NotPossible()
        states.end(store, contract_id, State.HELD, now)
        states.begin(store, contract_id, State.LOST, now, "reported", MEMBER)
        reissue_within(office, member_id, contract_id)
        letters.write(office, Kind.CARD_LOST, {"at": now}, member_id=member_id, now=now)
    return Done(changed=True)


def reissue_within(office: Office, member_id: int, contract_id: int, by: str = MEMBER) -> int:
    """Start another card for one that was reported lost, in an open act; returns the number of its case."""
    facts: dict[str, Any] = {"reissue": True, "from": by}
    known = reports.open_case(office.store, CaseKind.LOST_CARD.value, member_id)
    if known is not None:
        cases.close_within(office, known, "lost")
        facts["before"] = known
    facts["application"] = applications.replace_lost_within(office, contract_id)
    about = {"member_id": member_id, "contract_id": contract_id}
    return cases.open_within(office, CaseKind.LOST_CARD, facts, **about).case_id


def keep_police_number(office: Office, member_id: int, number: str) -> bool:
    """Note the number that the police gave on the open case; False without one or without a number."""
    text = number.strip()[:MOST_NUMBER]
    with office.store.transaction():
        known = reports.open_case(office.store, CaseKind.LOST_CARD.value, member_id)
        if known is None or not text:
            return False
        cases.note_within(office, known, MEMBER, f"警察の受理番号：{text}")
    return True


def _begin(office: Office, member_id: int, contract_id: int) -> None:
    """The member first, then the contract, as everywhere."""
    reports.hold_member(office.store, member_id)
    books.hold(office, contract_id)
