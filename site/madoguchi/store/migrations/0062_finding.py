"""What members are found by at the desk: indexes over what is stored already, compared byte by byte."""

from madoguchi.store.finding import KANA, LAST_FOUR, PHONE
from madoguchi.store.schema import is_sqlite, run


def up(migrator, db):
    bytewise = "" if is_sqlite(db) else ' COLLATE "C"'
    run(
        db,
        f"CREATE INDEX member_kana ON member (({KANA}){bytewise})",
        f"CREATE INDEX member_phone ON member (({PHONE}))",
        f"CREATE INDEX card_last_four ON card (({LAST_FOUR}))",
    )
