"""What members applied for, and everything that became of it as rows that are added."""

from madoguchi.store.schema import append_only, run


def up(migrator, db):
    run(
        db,
        # `facts` is JSON: what was wished, as its kind tells it. `reply_by` is the last day for an answer.
        """CREATE TABLE application (
            id {id},
            member_id {int} NOT NULL REFERENCES member,
            contract_id {int} NOT NULL REFERENCES contract,
            kind TEXT NOT NULL, stage TEXT NOT NULL,
            facts TEXT NOT NULL DEFAULT '{{}}',
            sent_at {int} NOT NULL, moved_at {int} NOT NULL, reply_by {int}
        ) {table}""",
        # One open application of a kind, whoever sends two at the same moment.
        """CREATE UNIQUE INDEX application_open ON application (contract_id, kind)
           WHERE stage IN ('sent', 'taken', 'asked', 'making')""",
        "CREATE INDEX application_contract ON application (contract_id, id)",
        "CREATE INDEX application_reply ON application (reply_by, id) WHERE stage = 'asked'",
        """CREATE TABLE application_event (
            id {id},
            application_id {int} NOT NULL REFERENCES application,
            at {int} NOT NULL, by_whom TEXT NOT NULL, stage TEXT NOT NULL, words TEXT NOT NULL
        ) {table}""",
        "CREATE INDEX application_event_application ON application_event (application_id, id)",
    )
    append_only(db, "application_event")
