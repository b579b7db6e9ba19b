"""Direct debits: one request file for each day, its debits, and what the bank said of each.

A file is `making` while its debits are gathered, `made` when it may go to the bank, `answered` when a result
file was taken whole. `result` is written for all debits of a file in one act; `posted_at` is when that of one
contract took effect, so that a run that is stopped goes on where it was. The account is that of the moment.
"""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE debit_file (
            id {id},
            due_on {int} NOT NULL UNIQUE,
            state TEXT NOT NULL CHECK (state IN ('making', 'made', 'answered')),
            begun_at {int} NOT NULL, made_at {int}, handed_at {int}, answered_at {int},
            count {int} NOT NULL DEFAULT 0, total {int} NOT NULL DEFAULT 0
        ) {table}""",
        """CREATE TABLE debit (
            file_id {int} NOT NULL REFERENCES debit_file, n {int} NOT NULL,
            contract_id {int} NOT NULL REFERENCES contract, mandate_id {int} NOT NULL REFERENCES mandate,
            amount {int} NOT NULL CHECK (amount > 0), first {int} NOT NULL,
            result {int}, posted_at {int},
            PRIMARY KEY (file_id, n), UNIQUE (file_id, contract_id)
        ) {clustered}""",
        "CREATE INDEX debit_contract ON debit (contract_id)",
        "CREATE INDEX debit_unposted ON debit (file_id, n) WHERE result IS NOT NULL AND posted_at IS NULL",
    )
