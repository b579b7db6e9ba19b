"""Tickets for the counter's screen: one for each PIN that a member is to type there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from madoguchi.store.db import Store
from madoguchi.store.values import day_in, moment_in, moment_out


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket with what the PIN's rules need of the member; `outcome` is "", set or stopped."""

    id: int
    contract_id: int
    card_id: int
    purpose: str
    made_by: str
    made_at: datetime
    expires: datetime
    outcome: str
    member_id: int
    name: str
    number: str
    birth_date: date
    phone: str
    card_number: str


_READ: Final = (
    "SELECT t.id, t.contract_id, t.card_id, t.purpose, t.made_by, t.made_at, t.expires, t.outcome, "
    "m.id, m.name, m.number, m.birth_date, m.phone, k.number FROM counter_ticket t "
    "JOIN card k ON k.id = t.card_id "
    "JOIN contract c ON c.id = t.contract_id JOIN member m ON m.id = c.member_id "
)


def add(
    store: Store, contract_id: int, card_id: int, purpose: str, by: str, at: datetime, expires: datetime
) -> int:
    """Write a ticket and return its number; an older one of the card that is open stops."""
    store.write(
        "UPDATE counter_ticket SET outcome = 'stopped', ended_at = ? WHERE card_id = ? AND outcome = ''",
        (moment_out(at), card_id),
    )
    row = store.rows(
        "INSERT INTO counter_ticket (contract_id, card_id, purpose, made_by, made_at, expires) "
        "VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        (contract_id, card_id, purpose, by, moment_out(at), moment_out(expires)),
    )
    return int(row[0][0])


def read(store: Store, ticket_id: int) -> Ticket | None:
    """Return a ticket."""
    row = store.one(_READ + "WHERE t.id = ?", (ticket_id,))
    if row is None:
        return None
    (
        key,
        contract_id,
        card_id,
        purpose,
        by,
        at,
        expires,
        outcome,
        member_id,
        name,
        number,
        born,
        phone,
        card,
    ) = row
    made = by, moment_in(at), moment_in(expires), outcome
    return Ticket(
        key, contract_id, card_id, purpose, *made, member_id, name, number, day_in(born), phone, card
    )


def show(store: Store, ticket_id: int, by: str, at: datetime) -> None:
    """Note who handed the screen to the member, and when."""
    store.write(
        "UPDATE counter_ticket SET shown_by = ?, shown_at = ? WHERE id = ?", (by, moment_out(at), ticket_id)
    )


def finish(store: Store, ticket_id: int, outcome: str, at: datetime) -> bool:
    """End an open ticket; False where it had ended before."""
    sql = "UPDATE counter_ticket SET outcome = ?, ended_at = ? WHERE id = ? AND outcome = ''"
    return bool(store.write(sql, (outcome, moment_out(at), ticket_id)))


def stop_all(store: Store, contract_id: int, at: datetime) -> None:
    """End the open tickets of a contract: nobody types a PIN with them any more."""
    store.write(
        "UPDATE counter_ticket SET outcome = 'stopped', ended_at = ? WHERE contract_id = ? AND outcome = ''",
        (moment_out(at), contract_id),
    )


def open_of(store: Store, contract_id: int, now: datetime) -> int | None:
    """Return the ticket of a contract that can be used now."""
    row = store.one(
        "SELECT id FROM counter_ticket WHERE contract_id = ? AND outcome = '' AND expires > ? "
        "ORDER BY id DESC LIMIT 1",
        (contract_id, moment_out(now)),
    )
    return int(row[0]) if row else None


def lend(store: Store, session_key: str, ticket_id: int, new_key: str) -> bool:
    """Lend a session at the desk to the counter's screen, under another key; False where it is lent."""
    sql = "UPDATE staff_session SET counter_id = ?, key = ? WHERE key = ? AND counter_id IS NULL"
    return bool(store.write(sql, (ticket_id, new_key, session_key)))


def card_of(store: Store, contract_id: int) -> tuple[int, bool] | None:
    """Return a contract's newest card and whether it has a PIN."""
    row = store.one(
        "SELECT id, pin_hash IS NOT NULL FROM card WHERE contract_id = ? AND state <> 'replaced' "
        "ORDER BY id DESC LIMIT 1",
        (contract_id,),
    )
    return (int(row[0]), bool(row[1])) if row else None


def set_pin(store: Store, card_id: int, pin_hash: str) -> bool:
    """Give a card another PIN; False for one that was replaced meanwhile."""
    sql = "UPDATE card SET pin_hash = ? WHERE id = ? AND state <> 'replaced'"
    return bool(store.write(sql, (pin_hash, card_id)))
