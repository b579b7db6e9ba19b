"""What members chose, as rows that are added and never changed: the newest of a name holds."""

from madoguchi.store.schema import append_only, run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE choice (
            id {id},
            member_id {int} NOT NULL REFERENCES member,
            name TEXT NOT NULL, value TEXT NOT NULL,
            chosen_at {int} NOT NULL, by_whom TEXT NOT NULL
        ) {table}""",
        "CREATE INDEX choice_member ON choice (member_id, name, id)",
    )
    append_only(db, "choice")
