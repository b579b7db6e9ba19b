"""A member's second step as rows: level, TOTP secret, recovery codes, browsers that are trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from madoguchi.store.db import Store
from madoguchi.store.values import moment_in, moment_out


@dataclass(frozen=True, slots=True)
class Means:
    """What a member can pass the second step with, besides codes that are sent; secrets are sealed."""

    level: str
    totp: str | None
    totp_new: str | None
    recovery_left: int
    passkeys: int


def means(store: Store, member_id: int) -> Means:
    """A member's level and means; off and none for whoever never chose."""
    row = store.one(
        "SELECT s.level, s.totp, s.totp_new, "
        "(SELECT COUNT(*) FROM recovery_code r WHERE r.member_id = m.id AND r.used_at IS NULL), "
        "(SELECT COUNT(*) FROM passkey p WHERE p.member_id = m.id) "
        "FROM member m LEFT JOIN second_step s ON s.member_id = m.id WHERE m.id = ?",
        (member_id,),
    )
    level, totp, totp_new, recovery, passkeys = row or (None, None, None, 0, 0)
    return Means(level or "off", totp, totp_new, int(recovery), int(passkeys))


def level_here(store: Store, member_id: int, device_id: int | None) -> tuple[str, datetime | None]:
    """A member's level, and until when this browser is spared (None where nothing was said of it)."""
    row = store.one(
        "SELECT s.level, d.trusted_until FROM member m LEFT JOIN second_step s ON s.member_id = m.id "
        "LEFT JOIN device d ON d.id = ? AND d.member_id = m.id WHERE m.id = ?",
        (device_id or 0, member_id),
    )
    level, until = row or (None, None)
    return level or "off", moment_in(until)


def set_level(store: Store, member_id: int, level: str) -> None:
    """Say when a member is asked."""
    store.write(
        "INSERT INTO second_step (member_id, level) VALUES (?, ?) "
        "ON CONFLICT (member_id) DO UPDATE SET level = excluded.level",
        (member_id, level),
    )


def propose_totp(store: Store, member_id: int, sealed: str) -> None:
    """Keep a TOTP secret that its owner has not yet shown to know."""
    store.write(
        "INSERT INTO second_step (member_id, level, totp_new) VALUES (?, 'off', ?) "
        "ON CONFLICT (member_id) DO UPDATE SET totp_new = excluded.totp_new",
        (member_id, sealed),
    )


def accept_totp(store: Store, member_id: int, sealed: str, step: int) -> bool:
    """Take the proposed secret into use, its code of this step used; False when it is another by now."""
    return (
        store.write(
            "UPDATE second_step SET totp = totp_new, totp_new = NULL, totp_step = ? "
            "WHERE member_id = ? AND totp_new = ?",
            (step, member_id, sealed),
        )
        == 1
    )


def remove_totp(store: Store, member_id: int) -> bool:
    """Forget the TOTP secret; False when there was none."""
    sql = "UPDATE second_step SET totp = NULL, totp_new = NULL WHERE member_id = ? AND totp IS NOT NULL"
    return store.write(sql, (member_id,)) == 1


def with_totp(store: Store) -> list[tuple[str, int]]:
    """The member numbers and ids of everybody with a TOTP secret, proposed or in use."""
    return [
        (number, member_id)
        for number, member_id in store.rows(
            "SELECT m.number, m.id FROM second_step s JOIN member m ON m.id = s.member_id "
            "WHERE s.totp IS NOT NULL OR s.totp_new IS NOT NULL"
        )
    ]


def sealed_totp(store: Store, after: int, most: int) -> list[tuple[int, str | None, str | None]]:
    """The sealed TOTP secrets, in use and proposed, of members numbered above `after`."""
    sql = "SELECT member_id, totp, totp_new FROM second_step WHERE member_id > ? ORDER BY member_id LIMIT ?"
    return [(member_id, totp, new) for member_id, totp, new in store.rows(sql, (after, most))]


def reseal_totp(store: Store, old: str, new: str) -> None:
    """Put the same secret sealed anew in the place of a sealed one, unless it changed meanwhile."""
    for column in ("totp", "totp_new"):
        store.write(f"UPDATE second_step SET {column} = ? WHERE {column} = ?", (new, old))  # noqa: S608


def use_step(store: Store, member_id: int, step: int) -> bool:
    """Use the TOTP code of a step up; False for one that was used, or is older than one that was."""
    sql = "UPDATE second_step SET totp_step = ? WHERE member_id = ? AND totp_step < ?"
    return store.write(sql, (step, member_id, step)) == 1


def replace_recovery(store: Store, member_id: int, keys: Sequence[str]) -> None:
    """Put new recovery codes (keyed hashes) in the place of all old ones."""
    store.write("DELETE FROM recovery_code WHERE member_id = ?", (member_id,))
    rows = [(member_id, key) for key in keys]
    store.insert_many("recovery_code", ("member_id", "key"), rows)


def use_recovery(store: Store, member_id: int, key: str, now: datetime) -> bool:
    """Use a recovery code up; of several at once the database lets one succeed."""
    sql = "UPDATE recovery_code SET used_at = ? WHERE member_id = ? AND key = ? AND used_at IS NULL"
    return store.write(sql, (moment_out(now), member_id, key)) == 1


def trust(store: Store, key: str, member_id: int, until: datetime | None) -> None:
    """Spare the browser with this hashed cookie until a moment; one that is over asks though it is known."""
    sql = "UPDATE device SET trusted_until = ? WHERE key = ? AND member_id = ?"
    store.write(sql, (moment_out(until), key, member_id))


def trust_none(store: Store, member_id: int) -> None:
    """Forget what was said of every browser of a member."""
    store.write("UPDATE device SET trusted_until = NULL WHERE member_id = ?", (member_id,))
