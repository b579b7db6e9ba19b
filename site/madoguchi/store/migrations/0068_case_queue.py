"""The queue of cases: by when somebody looks at each, and who has a case open on the screen."""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        "ALTER TABLE case_file ADD COLUMN due_at {int} NOT NULL DEFAULT 0",
        "UPDATE case_file SET due_at = read_from",
        # What nobody has taken stands in front: store/queue.py writes the order just so.
        """CREATE INDEX case_file_queue ON case_file
           ((CASE WHEN taken_by = '' THEN 0 ELSE 1 END), due_at, id) WHERE closed_at IS NULL""",
        # Rows that anybody may lose: whoever goes on looking writes them anew.
        """CREATE TABLE case_presence (
            case_id {int} NOT NULL REFERENCES case_file, staff_id {int} NOT NULL REFERENCES staff,
            seen_at {int} NOT NULL, noted_at {int} NOT NULL,
            PRIMARY KEY (case_id, staff_id)
        ) {clustered}""",
    )
