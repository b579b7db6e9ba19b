"""Cases: what a person at the lender has to look at, and everything that was said and done about it."""

from madoguchi.store.schema import append_only, run


def up(migrator, db):
    run(
        db,
        # `subject_id` is the row that the case is about, in the table of its kind; `facts` is JSON.
        """CREATE TABLE case_file (
            id {id},
            kind TEXT NOT NULL, subject_id {int},
            member_id {int} REFERENCES member, contract_id {int} REFERENCES contract,
            opened_at {int} NOT NULL, read_from {int} NOT NULL,
            facts TEXT NOT NULL DEFAULT '{{}}',
            taken_by TEXT NOT NULL DEFAULT '', taken_at {int},
            closed_at {int}, outcome TEXT NOT NULL DEFAULT ''
        ) {table}""",
        "CREATE INDEX case_file_open ON case_file (read_from) WHERE closed_at IS NULL",
        "CREATE INDEX case_file_member ON case_file (member_id) WHERE member_id IS NOT NULL",
        "CREATE INDEX case_file_subject ON case_file (kind, subject_id)",
        """CREATE TABLE case_note (
            id {id},
            case_id {int} NOT NULL REFERENCES case_file,
            at {int} NOT NULL, by_whom TEXT NOT NULL, text TEXT NOT NULL
        ) {table}""",
        "CREATE INDEX case_note_case ON case_note (case_id)",
    )
    append_only(db, "case_note")
