"""Reports without sign-in, counted by a keyed hash of the number they name; members found by birth date."""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        # Its row is held while a report is counted, so that none is counted beside another.
        "CREATE TABLE report_number (key TEXT PRIMARY KEY, last_at {int} NOT NULL) {clustered}",
        "CREATE INDEX report_number_last ON report_number (last_at)",
        "CREATE TABLE report (id {id}, key TEXT NOT NULL, at {int} NOT NULL) {table}",
        "CREATE INDEX report_key ON report (key, at)",
        "CREATE INDEX report_at ON report (at)",
        "CREATE INDEX member_birth ON member (birth_date)",
    )
