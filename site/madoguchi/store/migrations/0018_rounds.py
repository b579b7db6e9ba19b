"""What the daily round has told and listed, so that each effect happens once however often it is run.

`late_told` is the last stage of lateness that a letter told, in days; its row goes when the member was told
that it is over. `capacity_check` lists whom the law wants looked at again, and until when.
"""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        "ALTER TABLE contract ADD COLUMN free_until {int}",
        "CREATE INDEX contract_free ON contract (free_until) WHERE free_until IS NOT NULL",
        "CREATE INDEX contract_late ON contract (late_since) WHERE late_since IS NOT NULL",
        """CREATE TABLE late_told (
            contract_id {int} PRIMARY KEY REFERENCES contract,
            late_since {int} NOT NULL, stage {int} NOT NULL, told_at {int} NOT NULL
        ) {clustered}""",
        """CREATE TABLE free_told (
            contract_id {int} NOT NULL REFERENCES contract, free_until {int} NOT NULL,
            PRIMARY KEY (contract_id, free_until)
        ) {clustered}""",
        """CREATE TABLE capacity_check (
            contract_id {int} NOT NULL REFERENCES contract, period_end {int} NOT NULL,
            why TEXT NOT NULL CHECK (why IN ('month', 'quarter')),
            check_by {int} NOT NULL, done_at {int}, done_by TEXT NOT NULL DEFAULT '',
            PRIMARY KEY (contract_id, period_end)
        ) {clustered}""",
        "CREATE INDEX capacity_check_open ON capacity_check (check_by) WHERE done_at IS NULL",
    )
