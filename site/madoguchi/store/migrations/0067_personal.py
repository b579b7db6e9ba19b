"""Series of numbers; names that were, members who died; and personal data that is taken away in time.

`forgotten_at` marks a member whose personal data is gone: the ledger stays, under the number alone. Rows that
are otherwise never changed may be deleted for such a member, and for nobody else.
"""

from madoguchi.store.schema import deletable, run


def up(migrator, db):
    run(
        db,
        "CREATE TABLE number_series (name TEXT PRIMARY KEY, last {int} NOT NULL) {table}",
        "ALTER TABLE member ADD COLUMN forgotten_at {int}",
        "ALTER TABLE member ADD COLUMN died_on {int}",
        # A copy of all that is held about a member: made for one handing over, and taken away with it.
        """CREATE TABLE disclosure (
            id {id},
            member_id {int} NOT NULL REFERENCES member,
            made_by TEXT NOT NULL, made_at {int} NOT NULL, expires {int} NOT NULL,
            document TEXT NOT NULL, place TEXT NOT NULL, reason TEXT NOT NULL,
            taken_at {int}
        ) {table}""",
        "CREATE INDEX disclosure_member ON disclosure (member_id)",
        "CREATE INDEX member_bounced ON member (email_bounced_at) WHERE email_bounced_at IS NOT NULL",
        "CREATE INDEX contract_closed ON contract (closed_on) WHERE closed_on IS NOT NULL",
    )
    gone = "OLD.member_id IN (SELECT id FROM member WHERE forgotten_at IS NOT NULL)"
    deletable(db, "member_change", gone)
    deletable(db, "choice", gone)
    deletable(
        db,
        "case_note",
        "OLD.case_id IN (SELECT c.id FROM case_file c JOIN member m ON m.id = c.member_id "
        "WHERE m.forgotten_at IS NOT NULL)",
    )
