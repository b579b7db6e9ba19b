"""Points: who takes part with how many, and the ledger that says why.

An entry adds or takes points and holds the balance after it; the database takes only the one that follows
from the last, so that none can be slipped in between, and changes none. Its cause is unique to the member:
whatever earns points earns them once. `first_day` to `last_day` on `contract_id` is what points bought.
"""

from madoguchi.store.schema import append_only, before_insert, run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE point_account (
            member_id {int} PRIMARY KEY REFERENCES member,
            balance {int} NOT NULL DEFAULT 0 CHECK (balance >= 0), last_seq {int} NOT NULL DEFAULT 0,
            joined_at {int}, left_at {int}
        ) {clustered}""",
        """CREATE TABLE point_entry (
            member_id {int} NOT NULL REFERENCES point_account, seq {int} NOT NULL,
            kind TEXT NOT NULL, amount {int} NOT NULL, balance {int} NOT NULL CHECK (balance >= 0),
            day {int} NOT NULL, at {int} NOT NULL, cause TEXT NOT NULL CHECK (cause <> ''),
            contract_id {int} REFERENCES contract, first_day {int}, last_day {int},
            PRIMARY KEY (member_id, seq), UNIQUE (member_id, cause)
        ) {clustered}""",
    )
    before_insert(
        db,
        "point_entry_follows",
        "point_entry",
        "NEW.seq <> 1 + COALESCE((SELECT MAX(seq) FROM point_entry WHERE member_id = NEW.member_id), 0) "
        "OR NEW.balance <> NEW.amount + COALESCE((SELECT balance FROM point_entry "
        "WHERE member_id = NEW.member_id AND seq = NEW.seq - 1), 0)",
        "an entry of points follows from the one before it",
    )
    append_only(db, "point_entry")
