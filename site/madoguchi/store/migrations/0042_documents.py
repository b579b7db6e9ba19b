"""Documents that are issued under a number: their facts, the bytes of their files, and what goes by post.

`lender_key` names who the lender was (0013), `facts` is what the document tells, as JSON. `covered_seq` is
the contract's last entry that a statement has seen. `code` stands on the paper.
"""

from madoguchi.store.schema import append_only, run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE document (
            id {id},
            contract_id {int} NOT NULL REFERENCES contract,
            kind TEXT NOT NULL, key TEXT NOT NULL,
            issued_at {int} NOT NULL, on_day {int} NOT NULL, covered_seq {int} NOT NULL,
            lender_key TEXT NOT NULL REFERENCES lender, facts TEXT NOT NULL,
            code TEXT NOT NULL CHECK (length(code) = 16),
            UNIQUE (contract_id, key)
        ) {table}""",
        "CREATE INDEX document_contract ON document (contract_id, id)",
        "CREATE INDEX document_kind ON document (contract_id, kind, id)",
        """CREATE TABLE document_bytes (
            document_id {int} PRIMARY KEY REFERENCES document,
            sha256 TEXT NOT NULL CHECK (length(sha256) = 64), bytes {bytes} NOT NULL, made_at {int} NOT NULL
        ) {table}""",
        # Papers for members who did not consent to electronic ones.
        """CREATE TABLE document_post (
            document_id {int} PRIMARY KEY REFERENCES document,
            posted_at {int}, posted_by TEXT NOT NULL DEFAULT ''
        ) {table}""",
        "CREATE INDEX document_post_open ON document_post (document_id) WHERE posted_at IS NULL",
    )
    for table in ("document", "document_bytes"):
        append_only(db, table)
