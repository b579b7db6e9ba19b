"""Inquiries of people who have not signed in: which letters went out for them, and which forms came before.

What was asked stands in the facts of the case.
"""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        # `lettered` is whether a letter was written; addresses are in small letters.
        """CREATE TABLE inquiry (
            key TEXT PRIMARY KEY,
            case_id {int} REFERENCES case_file,
            number TEXT NOT NULL, email TEXT NOT NULL,
            at {int} NOT NULL, read_from {int} NOT NULL, lettered {int} NOT NULL DEFAULT 0
        ) {table}""",
        "CREATE INDEX inquiry_email ON inquiry (email, at) WHERE lettered = 1",
        "CREATE INDEX inquiry_at ON inquiry (at) WHERE lettered = 1",
    )
