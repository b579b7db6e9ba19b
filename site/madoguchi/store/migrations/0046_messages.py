"""Messages between members and the desk: threads, and what was said in them, which nobody can change.

`last_message` and `last_answer` are ids of messages (0 for none), `seen` the last answer that the member has
looked at. A message's `key` is that of the form it came from, so that a double click says things once;
`read_from` is when somebody reads it by the hours, and empty for what the desk says.
"""

from madoguchi.store.schema import append_only, run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE thread (
            id {id},
            member_id {int} NOT NULL REFERENCES member, contract_id {int} REFERENCES contract,
            topic TEXT NOT NULL, opened_at {int} NOT NULL, closed_at {int},
            last_message {int} NOT NULL DEFAULT 0, last_answer {int} NOT NULL DEFAULT 0,
            seen {int} NOT NULL DEFAULT 0
        ) {table}""",
        "CREATE INDEX thread_member ON thread (member_id, last_message)",
        "CREATE INDEX thread_unread ON thread (member_id) WHERE last_answer > seen",
        """CREATE TABLE message (
            id {id},
            thread_id {int} NOT NULL REFERENCES thread,
            at {int} NOT NULL, by_whom TEXT NOT NULL, text TEXT NOT NULL,
            key TEXT NOT NULL UNIQUE, read_from {int}
        ) {table}""",
        "CREATE INDEX message_thread ON message (thread_id, id)",
    )
    append_only(db, "message")
