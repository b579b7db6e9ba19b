"""What the house knows of its own running: when something last happened, and the backups that were made."""

from madoguchi.store.schema import run


def up(_migrator, db):
    run(
        db,
        "CREATE TABLE stamp (name TEXT PRIMARY KEY, at {int} NOT NULL) {clustered}",
        """CREATE TABLE backup (
            id {id}, at {int} NOT NULL, file TEXT NOT NULL, bytes {int} NOT NULL CHECK (bytes > 0),
            entries {int} NOT NULL, ledger TEXT NOT NULL, sealed {int} NOT NULL CHECK (sealed IN (0, 1))
        ) {table}""",
        "CREATE INDEX sign_in_event_at ON sign_in_event (at)",  # asked each time that figures are
    )
