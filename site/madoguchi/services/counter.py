"""The counter's screen: a member types a new PIN there, and nobody at the lender sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any, Final

from madoguchi.domain.letters import Kind
from madoguchi.domain.pins import PinFault, fault_of
from madoguchi.domain.secrets import pin_material
from madoguchi.services import audit, fresh_start, letters, locks
from madoguchi.services.audit import Noted
from madoguchi.services.locks import GUESSING
from madoguchi.services.office import Office
from madoguchi.services.sessions import key_of, new_token
from madoguchi.services.staff import Colleague
from madoguchi.store import counter as rows
from madoguchi.store import credentials, devices, persons
from madoguchi.store import staff as staff_rows
from madoguchi.store.counter import Ticket

LIFE: Final = timedelta(hours=24)  # the member stands at the counter; whoever comes later is checked anew
SET, STOPPED = "set", "stopped"


class Purpose(Enum):
    """What the PIN is for."""

    NEW = "new_pin"  # the first of a card
    RESET = "reset_pin"  # in the place of one that was forgotten


@dataclass(frozen=True, slots=True)
class Done:
    """The PIN is set."""


@dataclass(frozen=True, slots=True)
class Bad:
    """This PIN will not do."""

    fault: PinFault


@dataclass(frozen=True, slots=True)
class Differ:
    """The two PINs are not the same."""


@dataclass(frozen=True, slots=True)
class Over:
    """The ticket was used, stopped or ran out."""


def open_ticket_within(
    office: Office, contract_id: int, card_id: int, purpose: Purpose, who: Colleague
) -> int:
    """Open a ticket inside an act that is open, for a member whose papers were looked at.

    Returns its number, which is that of the page /desk/counter/<number>. An older ticket of the card stops.
    """
    now = office.now()
    return rows.add(office.store, contract_id, card_id, purpose.value, who.name, now, now + LIFE)


def ticket_for_new(
    office: Office, contract_id: int, document: str, place: str, reason: str, who: Colleague
) -> int | None:
    """Open a ticket anew for a card that never had a PIN; None where it has one, or there is no card.

    For whoever has died there is none either.
    """
    with office.store.transaction():
        died = persons.hold(office.store, persons.of_contract(office.store, contract_id))
        found = None if died else rows.card_of(office.store, contract_id)
        if found is None or found[1]:
            return None
        number = open_ticket_within(office, contract_id, found[0], Purpose.NEW, who)
        told: dict[str, Any] = {"ticket": number, "document": document, "place": place, "reason": reason}
        member = rows.read(office.store, number)
        about = member.member_id if member else None
        audit.note_within(office, Noted.TICKET_MADE, who.name, member_id=about, **told)
        return number


def has_pin(office: Office, contract_id: int) -> bool:
    """Whether a contract's card has a PIN."""
    found = rows.card_of(office.store, contract_id)
    return bool(found and found[1])


def read(office: Office, ticket_id: int) -> Ticket | None:
    """Return a ticket."""
    return rows.read(office.store, ticket_id)


def is_open(office: Office, ticket: Ticket) -> bool:
    """Whether a PIN can still be set with a ticket."""
    return not ticket.outcome and ticket.expires > office.now()


def open_of(office: Office, contract_id: int) -> int | None:
    """Return the ticket of a contract that can be used now."""
    return rows.open_of(office.store, contract_id, office.now())


def hand_over(office: Office, ticket_id: int, who: Colleague, session: str) -> str | None:
    """Lend this session to the member: until it is taken back it opens the counter's screen alone.

    Returns its new token, without which a browser would go Back to the desk's pages; None where the ticket
    cannot be used.
    """
    ticket = rows.read(office.store, ticket_id)
    if ticket is None or not is_open(office, ticket):
        return None
    token = new_token()
    with office.store.transaction():
        if not rows.lend(office.store, key_of(session), ticket_id, key_of(token)):
            return None
        rows.show(office.store, ticket_id, who.name, office.now())
        told: dict[str, Any] = {"ticket": ticket_id, "purpose": ticket.purpose}
        audit.note_within(office, Noted.COUNTER_SHOWN, who.name, member_id=ticket.member_id, **told)
    return token


def set_pin(
    office: Office, ticket_id: int, pin: str, again: str, who: Colleague
) -> Done | Bad | Differ | Over:
    """Set the PIN that a member typed twice in half-width digits; `who` lent the screen.

    A card that guessing had put on hold is free again; whoever knew the old PIN is signed out. Raises
    Unavailable when hashing is busy: the ticket stays good.
    """
    ticket = rows.read(office.store, ticket_id)
    if ticket is None or who.counter != ticket_id or not is_open(office, ticket):
        return Over()
    if fault := fault_of(pin, ticket.birth_date, ticket.phone):
        return Bad(fault)
    if pin != again:
        return Differ()
    return _set(office, ticket, office.hasher.hash(pin_material(ticket.card_number, pin), keyed=True), who)


def take_back(office: Office, session: str, who: Colleague) -> None:
    """End the session that was lent, once whoever lent it has proved to be there; stop a ticket not used."""
    assert who.counter is not None, "only what was lent is taken back"
    with office.store.transaction():
        staff_rows.end(office.store, key_of(session))
        ticket = rows.read(office.store, who.counter)
        stopped = rows.finish(office.store, who.counter, STOPPED, office.now())
        outcome = STOPPED if stopped else ticket.outcome if ticket else ""
        told: dict[str, Any] = {"ticket": who.counter, "outcome": outcome}
        member = ticket.member_id if ticket else None
        audit.note_within(office, Noted.COUNTER_BACK, who.name, member_id=member, **told)


def _set(office: Office, ticket: Ticket, pin_hash: str, who: Colleague) -> Done | Over:
    store, now = office.store, office.now()
    with store.transaction():
        if not rows.finish(store, ticket.id, SET, now) or not rows.set_pin(store, ticket.card_id, pin_hash):
            return Over()
        if ticket.purpose == Purpose.RESET.value:
            fresh_start.sign_out(office, ticket.member_id)
            if credentials.held_why(store, ticket.contract_id) == GUESSING:
                locks.releasing(office, ticket.contract_id, ticket.member_id, who.name)
        devices.forgive(store, ticket.member_id, "card")
        letters.write(office, Kind.PIN_SET, {"at": now}, member_id=ticket.member_id, now=now)
        told: dict[str, Any] = {"ticket": ticket.id, "purpose": ticket.purpose}
        audit.note_within(office, Noted.PIN_SET, who.name, member_id=ticket.member_id, **told)
    return Done()
