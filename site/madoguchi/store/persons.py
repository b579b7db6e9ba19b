"""What the desk does about a person: contracts by member number, deaths, and mail that comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from madoguchi.store.db import Store
from madoguchi.store.values import day_in, day_out, moment_in


@dataclass(frozen=True, slots=True)
class Person:
    """A member with the newest contract; `died_on` is None for whoever is alive."""

    member_id: int
    contract_id: int
    number: str
    name: str
    name_kana: str
    name_romaji: str
    email: str
    phone: str
    died_on: date | None


@dataclass(frozen=True, slots=True)
class Bounced:
    """A member whose mail comes back, since when, and the phone to call."""

    number: str
    name: str
    email: str
    phone: str
    since: datetime


def by_number(store: Store, number: str) -> Person | None:
    """Return a member by number; None for nobody, and for one whose data was taken away."""
    row = store.one(
        "SELECT m.id, (SELECT MAX(id) FROM contract WHERE member_id = m.id), m.number, m.name, m.name_kana, "
        "m.name_romaji, m.email, m.phone, m.died_on FROM member m "
        "WHERE m.number = ? AND m.forgotten_at IS NULL",
        (number,),
    )
    if row is None or row[1] is None:
        return None
    member_id, contract_id, told, name, kana, romaji, email, phone, died_on = row
    return Person(member_id, contract_id, told, name, kana, romaji, email, phone, day_in(died_on))


def of_contract(store: Store, contract_id: int) -> int:
    """Return the member of a contract."""
    row = store.one("SELECT member_id FROM contract WHERE id = ?", (contract_id,))
    assert row is not None, "a request is about a contract"
    return int(row[0])


def contracts_of(store: Store, member_id: int) -> list[int]:
    """Return a member's contracts that are open."""
    rows = store.rows("SELECT id FROM contract WHERE member_id = ? AND closed_on IS NULL", (member_id,))
    return [row[0] for row in rows]


def hold(store: Store, member_id: int) -> date | None:
    """Hold a member until the act ends; returns when they died, None for whoever is alive."""
    row = store.one(store.locked("SELECT died_on FROM member WHERE id = ?"), (member_id,))
    assert row is not None, "members are never deleted"
    died_on: date | None = day_in(row[0])
    return died_on


def has_mail(store: Store, email: str, but: int) -> bool:
    """Whether a member besides one has this mail address, in any case; 0 for besides nobody."""
    sql = "SELECT 1 FROM member WHERE lower(email) = ? AND id <> ? LIMIT 1"
    return store.one(sql, (email.lower(), but)) is not None


def is_bounced(store: Store, member_id: int) -> bool:
    """Whether a member's mail comes back."""
    sql = "SELECT 1 FROM member WHERE id = ? AND email_bounced_at IS NOT NULL AND email <> ''"
    return store.one(sql, (member_id,)) is not None


def died(store: Store, member_id: int, on: date) -> bool:
    """Note the day of a member's death; False where one was noted before."""
    sql = "UPDATE member SET died_on = ? WHERE id = ? AND died_on IS NULL"
    return bool(store.write(sql, (day_out(on), member_id)))


def alive(store: Store, member_id: int) -> bool:
    """Take the note of a death off again; False where there was none."""
    return bool(
        store.write("UPDATE member SET died_on = NULL WHERE id = ? AND died_on IS NOT NULL", (member_id,))
    )


def bounced(store: Store, most: int) -> list[Bounced]:
    """Return members whose mail comes back, the longest first."""
    rows = store.rows(
        "SELECT number, name, email, phone, email_bounced_at FROM member "
        "WHERE email_bounced_at IS NOT NULL AND died_on IS NULL AND email <> '' "
        "ORDER BY email_bounced_at, id LIMIT ?",
        (most,),
    )
    return [Bounced(number, name, email, phone, moment_in(at)) for number, name, email, phone, at in rows]
