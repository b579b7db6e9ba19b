"""Letters to members, written in the act that causes them and sent later; and addresses that bounce.

`due_at` is when a letter is to be taken up next: at first, after a failed try, or, while it is claimed, when
the claim runs out. `lost` counts claims that ran out: nobody knows whether those tries were sent. Secrets
stand in `facts` until the letter is sent or given up. A void letter is never sent: there was nobody to send
it to, or it would have been one too many, and nobody shall see the difference from outside.
"""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        "ALTER TABLE member ADD COLUMN email_bounced_at {int}",
        "CREATE INDEX member_email ON member (lower(email))",
        """CREATE TABLE letter (
            id {id},
            kind TEXT NOT NULL, channel TEXT NOT NULL CHECK (channel IN ('mail', 'text')),
            recipient TEXT NOT NULL, facts TEXT NOT NULL,
            member_id {int} REFERENCES member,
            urgent {int} NOT NULL CHECK (urgent IN (0, 1)),
            state TEXT NOT NULL CHECK (state IN ('new', 'claimed', 'sent', 'poison', 'void')),
            created_at {int} NOT NULL, due_at {int} NOT NULL, useful_until {int},
            tries {int} NOT NULL DEFAULT 0, lost {int} NOT NULL DEFAULT 0,
            sent_at {int}, last_error TEXT NOT NULL DEFAULT ''
        ) {table}""",
        "CREATE INDEX letter_waiting ON letter (urgent, due_at) WHERE state IN ('new', 'claimed')",
        "CREATE INDEX letter_poison ON letter (id) WHERE state = 'poison'",
        "CREATE INDEX letter_member ON letter (member_id, created_at)",
        "CREATE INDEX letter_created ON letter (created_at)",
    )
