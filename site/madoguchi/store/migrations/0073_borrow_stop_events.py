"""What became of each stop against borrowing, as rows that are added; stops of before tell what they kept."""

from madoguchi.store.schema import append_only, run


def up(migrator, db):
    run(
        db,
        # `days` are those that lifting takes from then on.
        """CREATE TABLE borrow_stop_event (
            id {id},
            stop_id {int} NOT NULL REFERENCES borrow_stop,
            at {int} NOT NULL,
            what TEXT NOT NULL CHECK (what IN ('began', 'longer', 'asked', 'goes_on', 'lifted', 'closed')),
            days {int} NOT NULL
        ) {table}""",
        "CREATE INDEX borrow_stop_event_stop ON borrow_stop_event (stop_id, id)",
        "CREATE INDEX borrow_stop_contract ON borrow_stop (contract_id)",
        """INSERT INTO borrow_stop_event (stop_id, at, what, days)
           SELECT id, began_at, 'began', days FROM borrow_stop WHERE began_at IS NOT NULL ORDER BY id""",
        """INSERT INTO borrow_stop_event (stop_id, at, what, days)
           SELECT id, asked_at, 'asked', days FROM borrow_stop WHERE asked_at IS NOT NULL ORDER BY id""",
        """INSERT INTO borrow_stop_event (stop_id, at, what, days)
           SELECT id, ended_at, 'lifted', days FROM borrow_stop WHERE ended_at IS NOT NULL ORDER BY id""",
    )
    append_only(db, "borrow_stop_event")
