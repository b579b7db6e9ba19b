"""Payments that members began at a bank's page: the order, and what the bank said of it.

`key` is what the bank knows it by; `form_key` came with the form, so that a form sent twice is one payment.
`state` is begun, paid or declined; `seq` is the entry of the payment once it is posted.
"""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE bank_payment (
            key TEXT PRIMARY KEY,
            contract_id {int} NOT NULL REFERENCES contract,
            form_key TEXT NOT NULL,
            bank_code TEXT NOT NULL, amount {int} NOT NULL CHECK (amount > 0),
            began_at {int} NOT NULL,
            state TEXT NOT NULL DEFAULT 'begun' CHECK (state IN ('begun', 'paid', 'declined')),
            reference TEXT NOT NULL DEFAULT '', accepted_at {int}, seq {int},
            UNIQUE (contract_id, form_key)
        ) {clustered}""",
    )
