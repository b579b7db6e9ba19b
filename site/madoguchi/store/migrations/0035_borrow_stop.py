"""Members' own stops against borrowing: the days that lifting takes were chosen when each began."""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE borrow_stop (
            id {id},
            contract_id {int} NOT NULL REFERENCES contract,
            days {int} NOT NULL CHECK (days > 0),
            began_at {int} NOT NULL, asked_at {int}, lifts_at {int}, ended_at {int}
        ) {table}""",
        "CREATE UNIQUE INDEX borrow_stop_one ON borrow_stop (contract_id) WHERE ended_at IS NULL",
        """CREATE INDEX borrow_stop_lifts ON borrow_stop (lifts_at)
           WHERE ended_at IS NULL AND lifts_at IS NOT NULL""",
    )
