"""Mail addresses that wait until the link sent to them is used; of each link only the SHA-256.

A member has one at most that is neither confirmed nor ended: a newer link takes the older one's place.
"""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE mail_change (
            id {id},
            member_id {int} NOT NULL REFERENCES member,
            email TEXT NOT NULL, key TEXT NOT NULL UNIQUE,
            asked_at {int} NOT NULL, expires_at {int} NOT NULL, confirmed_at {int}, ended_at {int}
        ) {table}""",
        "CREATE UNIQUE INDEX mail_change_open ON mail_change (member_id) "
        "WHERE confirmed_at IS NULL AND ended_at IS NULL",
        "CREATE INDEX mail_change_member ON mail_change (member_id, asked_at)",
        "CREATE INDEX mail_change_email ON mail_change (lower(email), asked_at)",
        "CREATE INDEX mail_change_asked ON mail_change (asked_at)",
    )
