"""Files that members send: what lies on the shelf and is not yet anybody's, and what belongs to something.

A name stands in `shelved` before its file is written, so that no file lies there that nobody knows of; the
row goes when the file is attached, or with the file when the round sweeps.
"""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE shelved (
            name TEXT PRIMARY KEY, member_id {int} NOT NULL REFERENCES member, at {int} NOT NULL
        ) {table}""",
        "CREATE INDEX shelved_at ON shelved (at)",
        "CREATE INDEX shelved_member ON shelved (member_id, at)",
        # `subject_kind` names a table, `subject_id` its row.
        """CREATE TABLE upload (
            id {id},
            name TEXT NOT NULL UNIQUE, member_id {int} NOT NULL REFERENCES member,
            subject_kind TEXT NOT NULL, subject_id {int} NOT NULL,
            title TEXT NOT NULL, kind TEXT NOT NULL, size {int} NOT NULL, at {int} NOT NULL
        ) {table}""",
        "CREATE INDEX upload_subject ON upload (subject_kind, subject_id)",
        "CREATE INDEX upload_member ON upload (member_id, at)",
    )
