"""Payments that came into the lender's bank account, by the file that told of them, and whose each is.

`key` says which payment it is, whatever file tells of it, so that none is posted twice. `state` is open (a
person has to say whose it is), ready (it goes to `contract_id`), posted, kept (nobody's yet: it stands in the
house's journal and has a case), returned (sent back to the payer).
"""

from madoguchi.store.payers import BANKED
from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE incoming_file (
            id {id},
            digest TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
            by_whom TEXT NOT NULL, taken_at {int} NOT NULL,
            count {int} NOT NULL, total {int} NOT NULL, known {int} NOT NULL
        ) {table}""",
        """CREATE TABLE incoming (
            id {id},
            file_id {int} NOT NULL REFERENCES incoming_file, line {int} NOT NULL,
            key TEXT NOT NULL UNIQUE,
            booked_on {int} NOT NULL, amount {int} NOT NULL CHECK (amount > 0),
            payer TEXT NOT NULL, reference TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'ready', 'posted', 'kept', 'returned')),
            how TEXT NOT NULL, contract_id {int} REFERENCES contract, seq {int},
            was_kept {int} NOT NULL DEFAULT 0,
            done_by TEXT NOT NULL DEFAULT '', done_at {int},
            UNIQUE (file_id, line)
        ) {table}""",
        f"CREATE INDEX member_payer ON member (({BANKED}))",
        "CREATE INDEX incoming_kept ON incoming (id) WHERE state = 'kept'",
    )
