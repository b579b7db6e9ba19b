"""Looks at a member's own pages from the desk: for a case and a reason, and over after some minutes."""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        # `session_key` binds a look to the session at the desk in which it began.
        """CREATE TABLE desk_look (
            key TEXT PRIMARY KEY, session_key TEXT NOT NULL,
            staff_name TEXT NOT NULL, member_id {int} NOT NULL REFERENCES member,
            contract_id {int} NOT NULL REFERENCES contract,
            case_id {int} NOT NULL REFERENCES case_file, reason TEXT NOT NULL,
            began {int} NOT NULL, ends_at {int} NOT NULL
        ) {clustered}""",
        "CREATE INDEX desk_look_member ON desk_look (member_id, began)",
    )
