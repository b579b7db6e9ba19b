"""When functions are or were shut besides the calendar, and what was said about it meanwhile.

`functions` are words with blanks between; `ends_at` is empty while nobody knows, `expected_at` what staff
expect until then. `planned` ones were announced ahead.
"""

from madoguchi.store.schema import append_only, run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE outage (
            id {id},
            functions TEXT NOT NULL CHECK (functions <> ''), planned {int} NOT NULL,
            begins_at {int} NOT NULL, ends_at {int} CHECK (ends_at >= begins_at), expected_at {int},
            words TEXT NOT NULL, published_at {int} NOT NULL, by_whom TEXT NOT NULL,
            ended_by TEXT NOT NULL DEFAULT '', withdrawn_at {int}, withdrawn_by TEXT NOT NULL DEFAULT ''
        ) {table}""",
        "CREATE INDEX outage_ends ON outage (ends_at)",
        """CREATE TABLE outage_note (
            id {id},
            outage_id {int} NOT NULL REFERENCES outage,
            at {int} NOT NULL, by_whom TEXT NOT NULL, text TEXT NOT NULL
        ) {table}""",
        "CREATE INDEX outage_note_outage ON outage_note (outage_id)",
    )
    append_only(db, "outage_note")
