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
        *(
            "INSERT INTO borrow_stop_event (stop_id, at, what, days) "
            f"SELECT id, {moment}, '{what}', days FROM borrow_stop WHERE {moment} IS NOT NULL "
            f"ORDER BY {moment}, id"
            for moment, what in (("began_at", "began"), ("asked_at", "asked"), ("ended_at", "lifted"))
        ),
    )
    append_only(db, "borrow_stop_event")
