"""Money on its way to members: what the bank was told to pay, and what it answered.

`due_at` is when a payout is to be taken up next: at once, when the claim runs out, or when the bank is asked
again. A payout is `handed` from the moment before the bank gets to see it, so that whoever finds it so asks
about its key and never sends it again. The account is written down as it was when the money was promised.
"""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE payout (
            id {id},
            kind TEXT NOT NULL CHECK (kind IN ('drawdown', 'deposit')),
            contract_id {int} NOT NULL REFERENCES contract, seq {int} NOT NULL,
            entry_key TEXT NOT NULL, bank_key TEXT NOT NULL UNIQUE,
            amount {int} NOT NULL CHECK (amount > 0), value_date {int} NOT NULL,
            bank_code TEXT NOT NULL, branch_code TEXT NOT NULL, account_kind {int} NOT NULL,
            account_number TEXT NOT NULL, holder_kana TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('promised', 'handed', 'settled', 'returned')),
            promised_at {int} NOT NULL, due_at {int} NOT NULL,
            tries {int} NOT NULL DEFAULT 0, handed_at {int}, answered_at {int},
            reference TEXT NOT NULL DEFAULT '', paid_on {int},
            code TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '',
            UNIQUE (contract_id, seq),
            CHECK ((state IN ('settled', 'returned')) = (answered_at IS NOT NULL))
        ) {table}""",
        "CREATE INDEX payout_waiting ON payout (due_at) WHERE state IN ('promised', 'handed')",
        "CREATE INDEX payout_sending ON payout (contract_id) WHERE state IN ('promised', 'handed')",
    )
