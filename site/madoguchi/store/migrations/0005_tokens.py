"""One-time links: the SHA-256 of each token, so that the table alone opens nothing.

Whoever asks for a link leaves a row, so that a request that matches nobody costs the same; only a row with a
member can be used. `ended_at` is when a newer link took its place.
"""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE token (
            key TEXT PRIMARY KEY,
            purpose TEXT NOT NULL CHECK (purpose IN ('web_id', 'password')),
            member_id {int} REFERENCES member,
            created_at {int} NOT NULL, expires_at {int} NOT NULL, used_at {int}, ended_at {int}
        ) {clustered}""",
        "CREATE INDEX token_member ON token (member_id, created_at)",
        "CREATE INDEX token_created ON token (created_at)",
    )
