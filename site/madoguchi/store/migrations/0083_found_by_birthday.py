"""An index by birthday that holds what a list of found members shows, since many share one."""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        "DROP INDEX member_birth",
        "CREATE INDEX member_birth ON member (birth_date, number, name, name_kana)",
    )
