"""What the papers of drawdowns and payments told when they came to be: written with their entry for ever.

`lender` holds who the lender was, once for each way it ever called itself; `key` is a hash of `facts`.
`terms` is what the contract was right after the entry, as JSON.
"""

from madoguchi.store.schema import append_only, run


def up(migrator, db):
    run(
        db,
        "CREATE TABLE lender (key TEXT PRIMARY KEY, facts TEXT NOT NULL) {clustered}",
        """CREATE TABLE paper (
            contract_id {int} NOT NULL, seq {int} NOT NULL,
            lender_key TEXT NOT NULL REFERENCES lender, terms TEXT NOT NULL,
            PRIMARY KEY (contract_id, seq),
            FOREIGN KEY (contract_id, seq) REFERENCES entry (contract_id, seq)
        ) {clustered}""",
    )
    for table in ("lender", "paper"):
        append_only(db, table)
