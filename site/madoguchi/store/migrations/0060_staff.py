"""The people at the desk: their accounts, sessions, tries, and what two of them decide together."""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE staff (
            id {id},
            name TEXT NOT NULL UNIQUE CHECK (name <> ''),
            role TEXT NOT NULL CHECK (role IN ('operator', 'approver', 'auditor')),
            password_hash TEXT NOT NULL,
            totp TEXT NOT NULL, totp_step {int} NOT NULL DEFAULT 0,
            added_at {int} NOT NULL, left_at {int}
        ) {table}""",
        """CREATE TABLE staff_session (
            key TEXT PRIMARY KEY,
            staff_id {int} NOT NULL REFERENCES staff,
            began {int} NOT NULL, last_seen {int} NOT NULL,
            label TEXT NOT NULL DEFAULT '', address TEXT NOT NULL DEFAULT ''
        ) {clustered}""",
        "CREATE INDEX staff_session_staff ON staff_session (staff_id)",
        # Per name tried, whether anybody has it or not.
        """CREATE TABLE staff_try (
            name TEXT PRIMARY KEY, fails {int} NOT NULL, last_at {int} NOT NULL, opens_at {int} NOT NULL
        ) {clustered}""",
        # `facts` is JSON: what the act needs besides, as it was asked for.
        """CREATE TABLE desk_request (
            id {id},
            act TEXT NOT NULL, contract_id {int} REFERENCES contract, facts TEXT NOT NULL,
            reason TEXT NOT NULL,
            asked_by {int} NOT NULL REFERENCES staff, asked_at {int} NOT NULL, ends_at {int} NOT NULL,
            decided_by {int} REFERENCES staff, decided_at {int},
            outcome TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'approved', 'refused', 'withdrawn')),
            words TEXT NOT NULL DEFAULT '',
            CHECK (decided_by IS NULL OR outcome = 'withdrawn' OR decided_by <> asked_by)
        ) {table}""",
        "CREATE INDEX desk_request_open ON desk_request (ends_at) WHERE outcome = ''",
        "CREATE INDEX desk_request_contract ON desk_request (contract_id) WHERE contract_id IS NOT NULL",
    )
