"""Notices that the lender publishes, and which member has read which.

A notice stands from its first day to its last unless it was withdrawn; `points` is what reading it earns.
"""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE notice (
            id {id},
            title TEXT NOT NULL, body TEXT NOT NULL,
            first_day {int} NOT NULL, last_day {int} NOT NULL,
            points {int} NOT NULL DEFAULT 0 CHECK (points >= 0),
            published_at {int} NOT NULL, published_by TEXT NOT NULL,
            withdrawn_at {int}, withdrawn_by TEXT NOT NULL DEFAULT ''
        ) {table}""",
        "CREATE INDEX notice_standing ON notice (first_day, id) WHERE withdrawn_at IS NULL",
        """CREATE TABLE notice_read (
            member_id {int} NOT NULL REFERENCES member, notice_id {int} NOT NULL REFERENCES notice,
            read_at {int} NOT NULL,
            PRIMARY KEY (member_id, notice_id)
        ) {clustered}""",
    )
