"""The second step: codes, TOTP, recovery codes, passkeys, half-finished sign-ins, and typed data set aside.

Codes, recovery codes and tokens are kept as keyed or plain hashes, TOTP secrets and typed data sealed by a
key that is not in the database: the tables alone pass no second step. `binding` names the sign-in or session
that a code was sent for, so that it is worth nothing anywhere else; a code without a member was asked for by
a stranger, and is written so that asking costs the same. A row of `factor_try` is written before a
TOTP code or recovery code is compared.
"""

from madoguchi.store.schema import run


def up(migrator, db):
    _choice_and_means(db)
    _codes_and_waiting(db)


def _choice_and_means(db):
    run(
        db,
        "ALTER TABLE device ADD COLUMN trusted_until {int}",
        "ALTER TABLE session ADD COLUMN stepped_at {int}",
        """CREATE TABLE second_step (
            member_id {int} PRIMARY KEY REFERENCES member,
            level TEXT NOT NULL CHECK (level IN ('off', 'new_device', 'always')),
            totp TEXT, totp_new TEXT, totp_step {int} NOT NULL DEFAULT 0
        ) {clustered}""",
        """CREATE TABLE factor_try (
            id {id}, member_id {int} NOT NULL REFERENCES member, at {int} NOT NULL
        ) {table}""",
        "CREATE INDEX factor_try_member ON factor_try (member_id, at)",
        """CREATE TABLE recovery_code (
            member_id {int} NOT NULL REFERENCES member, key TEXT NOT NULL, used_at {int},
            PRIMARY KEY (member_id, key)
        ) {clustered}""",
        """CREATE TABLE passkey (
            id {id}, member_id {int} NOT NULL REFERENCES member,
            credential TEXT NOT NULL UNIQUE, public_key TEXT NOT NULL, sign_count {int} NOT NULL,
            name TEXT NOT NULL, created_at {int} NOT NULL, used_at {int}
        ) {table}""",
        "CREATE INDEX passkey_member ON passkey (member_id)",
        "CREATE TABLE used_challenge (key TEXT PRIMARY KEY, at {int} NOT NULL) {clustered}",
    )


def _codes_and_waiting(db):
    run(
        db,
        """CREATE TABLE code (
            id {id}, member_id {int} REFERENCES member, purpose TEXT NOT NULL,
            binding TEXT NOT NULL, digest TEXT NOT NULL,
            created_at {int} NOT NULL, expires_at {int} NOT NULL,
            tries {int} NOT NULL DEFAULT 0 CHECK (tries >= 0), used_at {int}, ended_at {int}
        ) {table}""",
        "CREATE INDEX code_member ON code (member_id, created_at)",
        "CREATE INDEX code_binding ON code (binding)",
        """CREATE TABLE pending (
            key TEXT PRIMARY KEY, member_id {int} NOT NULL REFERENCES member,
            route TEXT NOT NULL CHECK (route IN ('card', 'web_id')), identifier TEXT NOT NULL,
            secret_mark TEXT NOT NULL, tally TEXT NOT NULL, remember {int} NOT NULL,
            created_at {int} NOT NULL, expires_at {int} NOT NULL
        ) {clustered}""",
        """CREATE TABLE kept (
            key TEXT PRIMARY KEY, member_id {int} NOT NULL REFERENCES member,
            path TEXT NOT NULL, sealed TEXT NOT NULL, created_at {int} NOT NULL, expires_at {int} NOT NULL
        ) {clustered}""",
    )
