"""How many of a known browser's counted tries were compared and found wrong: only these hold a card.

A try is counted before it is compared, and some never are, because hashing is busy or the process ends.
"""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        "ALTER TABLE device ADD COLUMN pin_wrong {int} NOT NULL DEFAULT 0",
        "ALTER TABLE device ADD COLUMN password_wrong {int} NOT NULL DEFAULT 0",
        "UPDATE device SET pin_wrong = pin_fails, password_wrong = password_fails",
    )
