"""The smartphone ATM: numbers that members linked, uses by the network's own numbers, and what guards them.

A use is never deleted while money may stand on it: its row is what makes repeating it harmless. `answer` is
what the network was told when it was decided. `facts` is a keyed hash of the request, which a repetition has
to repeat. Wrong PINs are counted per contract, as those of one known browser are.
"""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE atm_link (
            number TEXT PRIMARY KEY,
            contract_id {int} NOT NULL REFERENCES contract,
            linked_at {int} NOT NULL, expires_at {int} NOT NULL,
            used_by TEXT, ended_at {int}
        ) {table}""",
        "CREATE INDEX atm_link_contract ON atm_link (contract_id, linked_at)",
        """CREATE TABLE atm_use (
            transaction_id TEXT PRIMARY KEY,
            facts TEXT NOT NULL,
            stage TEXT NOT NULL
                CHECK (stage IN ('checking', 'approved', 'confirmed', 'reversed', 'refused')),
            contract_id {int} REFERENCES contract,
            number TEXT NOT NULL DEFAULT '', machine TEXT NOT NULL DEFAULT '',
            kind TEXT NOT NULL DEFAULT '', amount {int} NOT NULL DEFAULT 0, fee {int} NOT NULL DEFAULT 0,
            business_day {int} NOT NULL,
            asked_at {int} NOT NULL, decided_at {int},
            answer TEXT NOT NULL DEFAULT '{{}}', seq {int}
        ) {table}""",
        "CREATE INDEX atm_use_open ON atm_use (asked_at) WHERE stage = 'approved'",
        "CREATE INDEX atm_use_day ON atm_use (contract_id, business_day)",
        "CREATE INDEX atm_use_number ON atm_use (number)",
        """CREATE TABLE atm_pin (
            contract_id {int} PRIMARY KEY REFERENCES contract,
            fails {int} NOT NULL DEFAULT 0, wrong {int} NOT NULL DEFAULT 0, at {int} NOT NULL
        ) {table}""",
        """CREATE TABLE atm_nonce (nonce TEXT PRIMARY KEY, signed_at {int} NOT NULL) {clustered}""",
        "CREATE INDEX atm_nonce_signed ON atm_nonce (signed_at)",
        """CREATE TABLE atm_waiver (
            id {id},
            contract_id {int} NOT NULL REFERENCES contract,
            first_day {int} NOT NULL, last_day {int} NOT NULL, cause TEXT NOT NULL UNIQUE
        ) {table}""",
        "CREATE INDEX atm_waiver_contract ON atm_waiver (contract_id, last_day)",
    )
