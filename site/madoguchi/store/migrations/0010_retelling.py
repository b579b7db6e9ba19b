"""A life told again: drawdowns on their way, debits at the bank, entries undone and posted anew.

`undoes` is the entry whose lines this one turns round, `replaces` the entry that this one stands for since
its life was told again: the past is never rewritten. `coming` and `pending` are part of the cached figures.
The house's journal holds what moves money and concerns no contract: a transfer that has left the bank.
"""

from madoguchi.store.schema import append_only, before_insert, run


def up(migrator, db):
    run(db, *FIGURES, *ENTRIES, *HOUSE)
    before_insert(
        db,
        "house_entry_balanced",
        "house_entry",
        "(SELECT COALESCE(SUM(debit), 0) - COALESCE(SUM(credit), 0) FROM house_line "
        "WHERE entry_key = NEW.idempotency_key) <> 0 "
        "OR (SELECT COUNT(*) FROM house_line WHERE entry_key = NEW.idempotency_key) < 2",
        "an entry must sum to zero over two lines or more",
    )
    before_insert(
        db,
        "house_line_sealed",
        "house_line",
        "EXISTS (SELECT 1 FROM house_entry WHERE idempotency_key = NEW.entry_key)",
        "lines are written before their entry, which seals them",
    )
    for table in ("house_entry", "house_line"):
        append_only(db, table)


FIGURES = (
    "ALTER TABLE contract ADD COLUMN coming TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE contract ADD COLUMN coming_on {int}",
    "ALTER TABLE contract ADD COLUMN pending TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE contract ADD COLUMN due_amount {int} NOT NULL DEFAULT 0 CHECK (due_amount >= 0)",
    "ALTER TABLE contract ADD COLUMN due_debited {int} NOT NULL DEFAULT 0",
    "CREATE INDEX contract_coming ON contract (coming_on) WHERE coming_on IS NOT NULL",
)
ENTRIES = (
    "ALTER TABLE entry ADD COLUMN undoes {int}",
    "ALTER TABLE entry ADD COLUMN replaces {int}",
    "CREATE UNIQUE INDEX entry_undoes ON entry (contract_id, undoes) WHERE undoes IS NOT NULL",
    "CREATE UNIQUE INDEX entry_replaces ON entry (contract_id, replaces) WHERE replaces IS NOT NULL",
)
HOUSE = (
    """CREATE TABLE house_entry (
        id {id},
        kind {int} NOT NULL, value_date {int} NOT NULL, posted_at {int} NOT NULL,
        amount {int} NOT NULL CHECK (amount > 0),
        cause TEXT NOT NULL CHECK (cause <> ''), idempotency_key TEXT NOT NULL UNIQUE
    ) {table}""",
    "CREATE INDEX house_entry_day ON house_entry (value_date)",
    """CREATE TABLE house_line (
        entry_key TEXT NOT NULL, n {int} NOT NULL, account {int} NOT NULL,
        debit {int} NOT NULL CHECK (debit >= 0), credit {int} NOT NULL CHECK (credit >= 0),
        PRIMARY KEY (entry_key, n),
        CHECK ((debit = 0) <> (credit = 0)),
        FOREIGN KEY (entry_key) REFERENCES house_entry (idempotency_key) DEFERRABLE INITIALLY DEFERRED
    ) {clustered}""",
)
