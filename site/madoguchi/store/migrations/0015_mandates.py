"""Mandates: the accounts that members let be debited, from the wish to its end.

`asked` until the bank has answered; a contract has one that is asked and one that is active at most, so that
an account can be changed while the old one still works. `due_at` is when the bank is asked next, `filed`
whether a debit was ever asked for.
"""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE mandate (
            id {id},
            contract_id {int} NOT NULL REFERENCES contract,
            bank_code TEXT NOT NULL, branch_code TEXT NOT NULL, kind {int} NOT NULL,
            number TEXT NOT NULL, holder_kana TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('asked', 'active', 'declined', 'ended')),
            asked_at {int} NOT NULL, answered_at {int}, ended_at {int},
            due_at {int} NOT NULL, why TEXT NOT NULL DEFAULT '', filed {int} NOT NULL DEFAULT 0,
            CHECK ((state = 'ended') = (ended_at IS NOT NULL))
        ) {table}""",
        "CREATE UNIQUE INDEX mandate_open ON mandate (contract_id, state) WHERE state IN ('asked', 'active')",
        "CREATE INDEX mandate_contract ON mandate (contract_id)",
        "CREATE INDEX mandate_asked ON mandate (due_at) WHERE state = 'asked'",
    )
