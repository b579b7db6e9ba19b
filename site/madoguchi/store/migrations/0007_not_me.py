"""Links to 「身に覚えがない」, as the SHA-256 of each token; and from which block of addresses one came.

`kind` is the letter that carried the link, `created_at` when it was written: the page tells both.
"""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE not_me (
            key TEXT PRIMARY KEY,
            member_id {int} NOT NULL REFERENCES member,
            kind TEXT NOT NULL,
            created_at {int} NOT NULL, expires_at {int} NOT NULL, used_at {int}
        ) {clustered}""",
        "CREATE INDEX not_me_created ON not_me (created_at)",
        "ALTER TABLE session ADD COLUMN block TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE device ADD COLUMN block TEXT NOT NULL DEFAULT ''",
    )
