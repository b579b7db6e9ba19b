"""Which papers of drawdowns and payments go by post: those of members who consented to nothing else."""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE paper_post (
            contract_id {int} NOT NULL, seq {int} NOT NULL,
            posted_at {int}, posted_by TEXT NOT NULL DEFAULT '',
            PRIMARY KEY (contract_id, seq),
            FOREIGN KEY (contract_id, seq) REFERENCES paper (contract_id, seq)
        ) {clustered}""",
        "CREATE INDEX paper_post_open ON paper_post (contract_id, seq) WHERE posted_at IS NULL",
    )
