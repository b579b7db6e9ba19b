"""Sessions, the browsers that signed in before, the tallies of wrong guesses, and the log of sign-ins.

Tokens are kept as their SHA-256, identifiers that were guessed as a keyed hash: the tables alone sign nobody
in and name nobody. A tally exists whether the card number or Web-ID does or not.
"""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE device (
            id {id},
            key TEXT NOT NULL, member_id {int} NOT NULL REFERENCES member,
            created_at {int} NOT NULL, last_seen {int} NOT NULL, label TEXT NOT NULL,
            route TEXT NOT NULL CHECK (route IN ('card', 'web_id')),
            remembered {int} NOT NULL DEFAULT 0 CHECK (remembered IN (0, 1)),
            pin_fails {int} NOT NULL DEFAULT 0, pin_at {int} NOT NULL DEFAULT 0,
            password_fails {int} NOT NULL DEFAULT 0, password_at {int} NOT NULL DEFAULT 0,
            UNIQUE (key, member_id)
        ) {table}""",
        "CREATE INDEX device_member ON device (member_id)",
        """CREATE TABLE session (
            key TEXT PRIMARY KEY,
            member_id {int} NOT NULL REFERENCES member,
            contract_id {int} NOT NULL REFERENCES contract,
            device_id {int} NOT NULL,
            route TEXT NOT NULL CHECK (route IN ('card', 'web_id')),
            created_at {int} NOT NULL, last_seen {int} NOT NULL, previous_at {int}
        ) {clustered}""",
        "CREATE INDEX session_member ON session (member_id)",
        """CREATE TABLE guess (
            key TEXT PRIMARY KEY,
            fails {int} NOT NULL CHECK (fails >= 0), last_at {int} NOT NULL, opens_at {int}
        ) {clustered}""",
        """CREATE TABLE sign_in_event (
            id {id},
            at {int} NOT NULL, member_id {int} REFERENCES member,
            route TEXT NOT NULL CHECK (route IN ('card', 'web_id')),
            outcome TEXT NOT NULL, known_device {int} NOT NULL,
            device_label TEXT NOT NULL, block TEXT NOT NULL
        ) {table}""",
        "CREATE INDEX sign_in_event_member ON sign_in_event (member_id, at)",
    )
