"""Tickets for the counter's screen, where a member types a PIN, and the session at the desk lent to it."""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        # `outcome` is '' while the ticket is open; `shown_at` is when the screen was handed to the member.
        """CREATE TABLE counter_ticket (
            id {id},
            contract_id {int} NOT NULL REFERENCES contract, card_id {int} NOT NULL REFERENCES card,
            purpose TEXT NOT NULL CHECK (purpose IN ('new_pin', 'reset_pin')),
            made_by TEXT NOT NULL, made_at {int} NOT NULL, expires {int} NOT NULL,
            shown_by TEXT NOT NULL DEFAULT '', shown_at {int}, ended_at {int},
            outcome TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'set', 'stopped'))
        ) {table}""",
        "CREATE INDEX counter_ticket_contract ON counter_ticket (contract_id)",
        # While it is set, this session opens nothing but the counter's screen.
        "ALTER TABLE staff_session ADD COLUMN counter_id {int} REFERENCES counter_ticket",
    )
