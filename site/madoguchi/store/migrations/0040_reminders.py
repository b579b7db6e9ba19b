"""Reminders of due dates: what each contract's member chose, and for which due dates the moment has come.

`remind_days` (0 where no reminder is wished) and `remind_hour` repeat the newest choice of the member beside
the due date, so that one index finds whose moment has come; a contract leaves it once that was looked after
(`reminded_for`) and comes back with its next due date. A row of `reminder` stays for each due date that was
looked after, with the yen that the letter asked for, 0 where nothing was to be asked: its key lets no due
date be told twice, whatever becomes of the contract.
"""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        "ALTER TABLE contract ADD COLUMN remind_days {int} NOT NULL DEFAULT 3",
        "ALTER TABLE contract ADD COLUMN remind_hour {int} NOT NULL DEFAULT 10",
        "ALTER TABLE contract ADD COLUMN reminded_for {int} NOT NULL DEFAULT 0",
        "CREATE INDEX contract_remind ON contract (remind_days, due_on, remind_hour) "
        "WHERE due_on <> reminded_for",
        """CREATE TABLE reminder (
            contract_id {int} NOT NULL REFERENCES contract, due_on {int} NOT NULL,
            told_at {int} NOT NULL, amount {int} NOT NULL CHECK (amount >= 0),
            PRIMARY KEY (contract_id, due_on)
        ) {clustered}""",
    )
