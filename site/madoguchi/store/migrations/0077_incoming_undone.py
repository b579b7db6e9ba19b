"""How often the posting of an incoming payment was undone; who paid for another waits for a person."""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        "ALTER TABLE incoming ADD COLUMN undone {int} NOT NULL DEFAULT 0",
        "CREATE INDEX incoming_entry ON incoming (contract_id, seq) WHERE seq IS NOT NULL",
        """UPDATE incoming SET state = 'open', contract_id = NULL
           WHERE state = 'ready' AND how = 'number_other_name'""",
    )
