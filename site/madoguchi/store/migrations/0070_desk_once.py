"""Forms at the desk that were carried out, by a key that came with each: pressed twice, done once."""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE desk_once (
            key TEXT PRIMARY KEY, at {int} NOT NULL, result {int}
        ) {clustered}""",
    )
