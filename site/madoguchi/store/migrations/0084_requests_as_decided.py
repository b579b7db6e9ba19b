"""What whoever decided a request had before their eyes, kept with the decision."""

from madoguchi.store.schema import run


def up(migrator, db):
    run(db, "ALTER TABLE desk_request ADD COLUMN shown TEXT NOT NULL DEFAULT '[]'")
