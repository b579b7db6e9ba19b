"""The log of sign-ins also tells those by a passkey, which names its owner by itself.

SQLite cannot change a CHECK, so there the log is written anew; nothing refers to it.
"""

from madoguchi.store.schema import is_sqlite, run

WAYS = "CHECK (route IN ('card', 'web_id', 'passkey'))"
COLUMNS = "id, at, member_id, route, outcome, known_device, device_label, block"


def up(migrator, db):
    if not is_sqlite(db):
        run(
            db,
            "ALTER TABLE sign_in_event DROP CONSTRAINT sign_in_event_route_check",
            f"ALTER TABLE sign_in_event ADD CONSTRAINT sign_in_event_route_check {WAYS}",
        )
        return
    run(
        db,
        f"""CREATE TABLE sign_in_event_anew (
            id {{id}},
            at {{int}} NOT NULL, member_id {{int}} REFERENCES member,
            route TEXT NOT NULL {WAYS},
            outcome TEXT NOT NULL, known_device {{int}} NOT NULL,
            device_label TEXT NOT NULL, block TEXT NOT NULL
        ) {{table}}""",
        f"INSERT INTO sign_in_event_anew ({COLUMNS}) SELECT {COLUMNS} FROM sign_in_event",  # noqa: S608
        "DROP TABLE sign_in_event",
        "ALTER TABLE sign_in_event_anew RENAME TO sign_in_event",
        "CREATE INDEX sign_in_event_member ON sign_in_event (member_id, at)",
    )
