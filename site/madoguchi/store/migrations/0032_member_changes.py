"""What members' details were before each change, who changed them and how; and income that is only stated.

`income_stated` is what a member said last and nobody has checked (0: nothing); `annual_income` stays what was
checked. `put_in` marks an account that was put in after the contract was opened, which receives nothing at
first, also where there was none before.
"""

from madoguchi.store.schema import append_only, run


def up(migrator, db):
    run(
        db,
        "ALTER TABLE member ADD COLUMN income_stated {int} NOT NULL DEFAULT 0",
        "ALTER TABLE bank_account ADD COLUMN put_in {int} NOT NULL DEFAULT 0",
        # `was` and `became` are JSON of the columns that belong to the detail.
        """CREATE TABLE member_change (
            id {id},
            member_id {int} NOT NULL REFERENCES member,
            detail TEXT NOT NULL, at {int} NOT NULL, by_whom TEXT NOT NULL, way TEXT NOT NULL,
            was TEXT NOT NULL, became TEXT NOT NULL
        ) {table}""",
        "CREATE INDEX member_change_member ON member_change (member_id, detail, id)",
    )
    append_only(db, "member_change")
