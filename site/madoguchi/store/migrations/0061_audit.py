"""The audit log: append-only rows, each sealed with the hash of the one before it."""

from madoguchi.store.schema import append_only, run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE audit (
            seq {int} PRIMARY KEY,
            at {int} NOT NULL, by_whom TEXT NOT NULL, kind TEXT NOT NULL,
            member_id {int} REFERENCES member, case_id {int} REFERENCES case_file,
            facts TEXT NOT NULL,
            previous TEXT NOT NULL, hash TEXT NOT NULL UNIQUE
        ) {clustered}""",
        "CREATE INDEX audit_member ON audit (member_id, seq) WHERE member_id IS NOT NULL",
        "CREATE INDEX audit_kind ON audit (kind, seq)",
        # One row: the last link of the chain, held while another is added.
        "CREATE TABLE audit_head (id {int} PRIMARY KEY CHECK (id = 1), seq {int} NOT NULL, "
        "hash TEXT NOT NULL) {table}",
    )
    append_only(db, "audit")
