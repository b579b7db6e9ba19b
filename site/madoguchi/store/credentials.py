"""Cards with their PINs, and Web-IDs with their passwords: rows in, rows out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from madoguchi.domain.widths import narrow
from madoguchi.store.db import Store
from madoguchi.store.values import day_in, moment_in, moment_out


def add_card(store: Store, contract_id: int, number: str, pin_hash: str | None, since: datetime) -> None:
    """Give a contract a card; `number` is digits alone, `pin_hash` None until a PIN is set."""
    store.write(
        "INSERT INTO card (contract_id, number, pin_hash, state_since) VALUES (?, ?, ?, ?)",
        (contract_id, number, pin_hash, moment_out(since)),
    )


def set_web_id(store: Store, member_id: int, web_id: str, password_hash: str, since: datetime) -> None:
    """Give a member a Web-ID, replacing an old one; its folded form keeps look-alikes out."""
    store.write(
        "INSERT INTO web_id (member_id, web_id, folded, password_hash, password_since) "
        "VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (member_id) DO UPDATE SET web_id = excluded.web_id, folded = excluded.folded, "
        "password_hash = excluded.password_hash, password_since = excluded.password_since, "
        "locked_at = NULL, locked_why = ''",
        (member_id, web_id, fold(web_id), password_hash, moment_out(since)),
    )


def claim_web_id(store: Store, member_id: int, web_id: str, password_hash: str, since: datetime) -> bool:
    """Replace a member's Web-ID; False when another's is the same but for case and width (then roll back)."""
    store.write("DELETE FROM web_id WHERE member_id = ?", (member_id,))
    written = store.write(
        "INSERT INTO web_id (member_id, web_id, folded, password_hash, password_since) "
        "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (member_id, web_id, fold(web_id), password_hash, moment_out(since)),
    )
    return written == 1


def look_alike(store: Store, web_id: str, member_id: int) -> bool:
    """Whether another member's Web-ID is the same but for case and width."""
    sql = "SELECT 1 FROM web_id WHERE folded = ? AND member_id <> ?"
    return store.one(sql, (fold(web_id), member_id)) is not None


def set_password(store: Store, member_id: int, password_hash: str, since: datetime) -> None:
    """Give a Web-ID another password and lift its lock."""
    store.write(
        "UPDATE web_id SET password_hash = ?, password_since = ?, locked_at = NULL, locked_why = '' "
        "WHERE member_id = ?",
        (password_hash, moment_out(since), member_id),
    )


def renew_hash(store: Store, route: str, old: str, new: str) -> None:
    """Put a stronger hash of the same secret in an old one's place, unless it changed meanwhile."""
    table, column = ("card", "pin_hash") if route == "card" else ("web_id", "password_hash")
    store.write(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (new, old))  # noqa: S608


def marks_of_pins(store: Store, length: int) -> dict[str, int]:
    """How many PINs' hashes begin with each mark; "" counts those from before there were marks."""
    rows = store.rows(
        "SELECT CASE WHEN pin_hash LIKE '$%' THEN '' ELSE SUBSTR(pin_hash, 1, ?) END AS mark, COUNT(*) "
        "FROM card WHERE pin_hash IS NOT NULL GROUP BY 1",
        (length,),
    )
    return {mark: int(count) for mark, count in rows}


def fold(web_id: str) -> str:
    """What two Web-IDs that only look different have in common: width and case removed."""
    return narrow(web_id).casefold()


@dataclass(frozen=True, slots=True)
class Account:
    """What a card number or a Web-ID leads to, and this browser's row for its member if there is one.

    `state` is the card's (active, held, lost, replaced) or of a Web-ID active or locked; `since` is when it
    or the password last changed, so that failures from before count no more.
    """

    member_id: int
    contract_id: int
    secret_hash: str | None
    state: str
    since: datetime
    contract_states: int
    closed_on: date | None
    device_id: int | None


def by_card(store: Store, number: str, device_key: str, seen_after: datetime) -> Account | None:
    """The account of a card number (digits alone), replaced cards included."""
    return _account(
        store.one(
            "SELECT c.member_id, c.id, k.pin_hash, k.state, k.state_since, c.states, c.closed_on, d.id "
            "FROM card k JOIN contract c ON c.id = k.contract_id "
            "LEFT JOIN device d ON d.member_id = c.member_id AND d.key = ? AND d.last_seen >= ? "
            "WHERE k.number = ?",
            (device_key, moment_out(seen_after), number),
        )
    )


def by_web_id(store: Store, web_id: str, device_key: str, seen_after: datetime) -> Account | None:
    """The account of a Web-ID, compared with its case; of several contracts the newest."""
    return _account(
        store.one(
            "SELECT c.member_id, c.id, w.password_hash, "
            "CASE WHEN w.locked_at IS NULL THEN 'active' ELSE 'locked' END, w.password_since, c.states, "
            "c.closed_on, d.id FROM web_id w "
            "JOIN contract c ON c.id = (SELECT MAX(id) FROM contract WHERE member_id = w.member_id) "
            "LEFT JOIN device d ON d.member_id = w.member_id AND d.key = ? AND d.last_seen >= ? "
            "WHERE w.web_id = ?",
            (device_key, moment_out(seen_after), web_id),
        )
    )


def by_member(store: Store, member_id: int, device_key: str, seen_after: datetime) -> Account | None:
    """The account of a member who names no identifier, as passkeys do; of several contracts the newest."""
    return _account(
        store.one(
            "SELECT c.member_id, c.id, NULL, 'active', m.joined_at, c.states, c.closed_on, d.id "
            "FROM member m JOIN contract c ON c.id = (SELECT MAX(id) FROM contract WHERE member_id = m.id) "
            "LEFT JOIN device d ON d.member_id = m.id AND d.key = ? AND d.last_seen >= ? WHERE m.id = ?",
            (device_key, moment_out(seen_after), member_id),
        )
    )


def set_card_state(store: Store, contract_id: int, before: str, after: str, why: str, at: datetime) -> int:
    """Move a contract's card from one state to another; returns 0 when none was in it."""
    return store.write(
        "UPDATE card SET state = ?, state_why = ?, state_since = ? WHERE contract_id = ? AND state = ?",
        (after, why, moment_out(at), contract_id, before),
    )


def replace_cards(store: Store, contract_id: int, why: str, at: datetime) -> int:
    """Take every card of a contract out of use for good; returns how many."""
    return store.write(
        "UPDATE card SET state = 'replaced', state_why = ?, state_since = ? "
        "WHERE contract_id = ? AND state <> 'replaced'",
        (why, moment_out(at), contract_id),
    )


def card_known(store: Store, number: str) -> bool:
    """Whether a card has or had this number (digits alone)."""
    return store.one("SELECT 1 FROM card WHERE number = ?", (number,)) is not None


def held_why(store: Store, contract_id: int) -> str:
    """Why a contract's card is on hold; "" when it is not."""
    row = store.one("SELECT state_why FROM card WHERE contract_id = ? AND state = 'held'", (contract_id,))
    return str(row[0]) if row else ""


def doors(store: Store, contract_id: int) -> tuple[str, str, str, int] | None:
    """A contract's card (its state and why), its member's Web-ID (active or locked), and its states.

    "" for what there is none of; None when there is no such contract.
    """
    row = store.one(
        "SELECT k.state, k.state_why, "
        "CASE WHEN w.member_id IS NULL THEN '' WHEN w.locked_at IS NULL THEN 'active' ELSE 'locked' END, "
        "c.states FROM contract c LEFT JOIN card k ON k.contract_id = c.id AND k.state <> 'replaced' "
        "LEFT JOIN web_id w ON w.member_id = c.member_id WHERE c.id = ? ORDER BY k.id DESC LIMIT 1",
        (contract_id,),
    )
    return (row[0] or "", row[1] or "", row[2], row[3]) if row else None


def web_id_of(store: Store, member_id: int) -> str:
    """A member's Web-ID; "" without one."""
    row = store.one("SELECT web_id FROM web_id WHERE member_id = ?", (member_id,))
    return str(row[0]) if row else ""


def lock_web_id(store: Store, member_id: int, at: datetime | None, why: str) -> int:
    """Lock the password of a member, or unlock it with `at` None.

    Returns 0 when there is no Web-ID, or it was locked already.
    """
    still_open = " AND locked_at IS NULL" if at else ""
    return store.write(
        f"UPDATE web_id SET locked_at = ?, locked_why = ? WHERE member_id = ?{still_open}",  # noqa: S608
        (moment_out(at), why, member_id),
    )


def unlock_web_id(store: Store, member_id: int, why: str) -> int:
    """Unlock the password of a member where it was locked for this reason; returns 0 where it was not."""
    return store.write(
        "UPDATE web_id SET locked_at = NULL, locked_why = '' WHERE member_id = ? AND locked_why = ?",
        (member_id, why),
    )


def _account(row: tuple[Any, ...] | None) -> Account | None:
    if row is None:
        return None
    member_id, contract_id, secret_hash, state, since, states, closed_on, device_id = row
    return Account(
        member_id, contract_id, secret_hash, state, moment_in(since), states, day_in(closed_on), device_id
    )
