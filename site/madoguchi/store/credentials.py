"""Cards with their PINs, and Web-IDs with their passwords: rows in, rows out."""

from __future__ import annotations

from datetime import datetime

from madoguchi.domain.widths import narrow
from madoguchi.store.db import Store
from madoguchi.store.values import moment_out


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


def fold(web_id: str) -> str:
    """What two Web-IDs that only look different have in common: width and case removed."""
    return narrow(web_id).casefold()
