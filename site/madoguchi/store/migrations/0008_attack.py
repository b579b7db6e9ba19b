"""What strangers try over all cards: by PIN and hour, by hour; and sign-ins that begin with a mailed code.

PINs and cards are HMACs under a key of their hour, so that no two hours can be laid side by side. Which card
met which PIN is forgotten when the hour is over, only the number of cards stays. `rang_at` is when an hour's
failures rose above the bar. A row of `code_entry` is written whether the account exists or not; its key also
names what was typed, so that a copied row enters nothing.
"""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE pin_card (
            hour {int} NOT NULL, pin TEXT NOT NULL, card TEXT NOT NULL, PRIMARY KEY (hour, pin, card)
        ) {clustered}""",
        """CREATE TABLE pin_hour (
            pin TEXT PRIMARY KEY, hour {int} NOT NULL, cards {int} NOT NULL
        ) {clustered}""",
        "CREATE INDEX pin_hour_hour ON pin_hour (hour)",
        """CREATE TABLE site_hour (
            hour {int} PRIMARY KEY, failures {int} NOT NULL, rang_at {int}
        ) {clustered}""",
        """CREATE TABLE code_entry (
            key TEXT PRIMARY KEY,
            member_id {int} REFERENCES member,
            created_at {int} NOT NULL, expires_at {int} NOT NULL, proved_at {int}
        ) {clustered}""",
        "CREATE INDEX code_entry_expires ON code_entry (expires_at)",
    )
