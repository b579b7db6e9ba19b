"""From which block of addresses a code was asked for, by whoever may ask without the member's secret.

Each block has a budget of its own, so that one of them cannot use up the codes of a member elsewhere.
"""

from madoguchi.store.schema import run


def up(migrator, db):
    run(db, "ALTER TABLE code ADD COLUMN asker TEXT NOT NULL DEFAULT ''")
