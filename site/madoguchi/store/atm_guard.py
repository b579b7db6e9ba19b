"""What guards the smartphone ATM: numbers linked by members, wrong PINs in a row, nonces seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out


@dataclass(frozen=True, slots=True)
class Link:
    """A machine's number that a member linked; `used_by` is the transaction it was used up by."""

    number: str
    contract_id: int
    linked_at: datetime
    expires_at: datetime
    used_by: str | None
    ended_at: datetime | None

    def works(self, now: datetime) -> bool:
        """Whether a machine may still ask by it."""
        return self.used_by is None and self.ended_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Card:
    """A contract's present card; `since` is when its state last changed."""

    number: str
    pin_hash: str | None
    state: str
    since: datetime
    member_id: int
    contract_id: int


_LINK: Final = "SELECT number, contract_id, linked_at, expires_at, used_by, ended_at FROM atm_link "
_OF_NUMBER: Final = _LINK + "WHERE number = ?"


def add_link(store: Store, number: str, contract_id: int, now: datetime, expires: datetime) -> bool:
    """Link a number, which ends the contract's other links; False when the number was linked before."""
    written = store.write(
        "INSERT INTO atm_link (number, contract_id, linked_at, expires_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        (number, contract_id, moment_out(now), moment_out(expires)),
    )
    if written:
        end_links(store, contract_id, now, but=number)
    return written == 1


def end_links(store: Store, contract_id: int, now: datetime, but: str = "") -> int:
    """End the links of a contract that still work, but for one number; returns how many."""
    return store.write(
        "UPDATE atm_link SET ended_at = ? "
        "WHERE contract_id = ? AND ended_at IS NULL AND used_by IS NULL AND number <> ?",
        (moment_out(now), contract_id, but),
    )


def link(store: Store, number: str) -> Link | None:
    """The link of a number."""
    return _link(store.one(_OF_NUMBER, (number,)))


def hold_link(store: Store, number: str) -> Link | None:
    """The link of a number, held until the act ends."""
    return _link(store.one(store.locked(_OF_NUMBER), (number,)))


def newest_link(store: Store, contract_id: int) -> Link | None:
    """The link that a contract made last."""
    sql = _LINK + "WHERE contract_id = ? ORDER BY linked_at DESC, number LIMIT 1"
    return _link(store.one(sql, (contract_id,)))


def use_link(store: Store, number: str, transaction: str, now: datetime) -> bool:
    """Use a link up; of several at once the database lets one succeed."""
    used = store.write(
        "UPDATE atm_link SET used_by = ? "
        "WHERE number = ? AND used_by IS NULL AND ended_at IS NULL AND expires_at > ?",
        (transaction, number, moment_out(now)),
    )
    return used == 1


def card(store: Store, contract_id: int) -> Card | None:
    """The card of a contract that no other has replaced."""
    row = store.one(
        "SELECT k.number, k.pin_hash, k.state, k.state_since, c.member_id FROM card k "
        "JOIN contract c ON c.id = k.contract_id WHERE k.contract_id = ? AND k.state <> 'replaced' "
        "ORDER BY k.id DESC LIMIT 1",
        (contract_id,),
    )
    return Card(row[0], row[1], row[2], moment_in(row[3]), row[4], contract_id) if row else None


def take(store: Store, contract_id: int, tries: int, since: datetime, now: datetime) -> bool:
    """Count one PIN before it is compared; False when `tries` are used up.

    Failures from before `since` (when the card's state last changed) are forgotten. One statement, so that
    parallel guesses are told apart by the database.
    """
    start, moment = moment_out(since), moment_out(now)
    taken = store.write(
        "INSERT INTO atm_pin (contract_id, fails, at) VALUES (?, 1, ?) ON CONFLICT (contract_id) DO UPDATE "
        "SET fails = CASE WHEN atm_pin.at < ? THEN 1 ELSE atm_pin.fails + 1 END, "
        "wrong = CASE WHEN atm_pin.at < ? THEN 0 ELSE atm_pin.wrong END, at = excluded.at "
        "WHERE atm_pin.fails < ? OR atm_pin.at < ?",
        (contract_id, moment, start, start, tries, start),
    )
    return taken == 1


def was_wrong(store: Store, contract_id: int) -> int:
    """Count one PIN that was compared and wrong; returns how many were in a row."""
    rows = store.rows(
        "UPDATE atm_pin SET wrong = wrong + 1, fails = CASE WHEN fails > wrong THEN fails ELSE wrong + 1 END "
        "WHERE contract_id = ? RETURNING wrong",
        (contract_id,),
    )
    return int(rows[0][0]) if rows else 0


def compared(store: Store, contract_id: int) -> tuple[int, datetime]:
    """How many PINs in a row were wrong, and when the last was counted; held until the act ends."""
    row = store.one(store.locked("SELECT wrong, at FROM atm_pin WHERE contract_id = ?"), (contract_id,))
    return (int(row[0]), moment_in(row[1])) if row else (0, moment_in(0))


def give_back(store: Store, contract_id: int) -> None:
    """Take back one PIN that was counted but never compared."""
    store.write(
        "UPDATE atm_pin SET fails = fails - 1 WHERE contract_id = ? AND fails > wrong", (contract_id,)
    )


def give_back_lost(store: Store, contract_id: int) -> None:
    """Take back all PINs whose comparison never came to an end."""
    store.write("UPDATE atm_pin SET fails = wrong WHERE contract_id = ?", (contract_id,))


def forgive(store: Store, contract_id: int) -> None:
    """Forget wrong PINs: a right one came."""
    store.write("UPDATE atm_pin SET fails = 0, wrong = 0 WHERE contract_id = ?", (contract_id,))


def note_nonce(store: Store, nonce: str, now: datetime) -> bool:
    """Remember a nonce; False when it was seen before."""
    sql = "INSERT INTO atm_nonce (nonce, signed_at) VALUES (?, ?) ON CONFLICT DO NOTHING"
    return store.write(sql, (nonce, moment_out(now))) == 1


def forget_old(store: Store, nonces_before: datetime, links_before: datetime) -> None:
    """Delete nonces that no clock could bring back, and links that ran out long ago."""
    store.write("DELETE FROM atm_nonce WHERE signed_at < ?", (moment_out(nonces_before),))
    store.write("DELETE FROM atm_link WHERE expires_at < ?", (moment_out(links_before),))


def _link(row: tuple[Any, ...] | None) -> Link | None:
    if row is None:
        return None
    number, contract_id, linked, expires, used_by, ended = row
    return Link(number, contract_id, moment_in(linked), moment_in(expires), used_by, moment_in(ended))
