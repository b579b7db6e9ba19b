"""Passkeys of the people at the desk, who sign in by one alone."""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE staff_passkey (
            id {id}, staff_id {int} NOT NULL REFERENCES staff,
            credential TEXT NOT NULL UNIQUE, public_key TEXT NOT NULL, sign_count {int} NOT NULL,
            name TEXT NOT NULL, created_at {int} NOT NULL, used_at {int}
        ) {table}""",
        "CREATE INDEX staff_passkey_staff ON staff_passkey (staff_id)",
    )
