"""Why entries were posted anew where an outage was the reason: the due date that it moved, and to which day.

`seq` is the entry that no longer stands; who finds no row here was counted anew because something came late.
"""

from madoguchi.store.schema import append_only, run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE recount (
            contract_id {int} NOT NULL, seq {int} NOT NULL,
            due_on {int} NOT NULL, moved_to {int} NOT NULL, cause TEXT NOT NULL CHECK (cause <> ''),
            PRIMARY KEY (contract_id, seq),
            FOREIGN KEY (contract_id, seq) REFERENCES entry (contract_id, seq)
        ) {clustered}""",
    )
    append_only(db, "recount")
