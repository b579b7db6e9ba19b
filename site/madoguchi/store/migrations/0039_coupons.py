"""Coupons of shops that the lender publishes, and which member has used one that works once."""

from madoguchi.store.schema import run


def up(migrator, db):
    run(
        db,
        """CREATE TABLE coupon (
            id {id},
            shop TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, code TEXT NOT NULL,
            first_day {int} NOT NULL, last_day {int} NOT NULL,
            once {int} NOT NULL CHECK (once IN (0, 1)),
            published_at {int} NOT NULL, published_by TEXT NOT NULL,
            withdrawn_at {int}, withdrawn_by TEXT NOT NULL DEFAULT ''
        ) {table}""",
        "CREATE INDEX coupon_standing ON coupon (last_day, id) WHERE withdrawn_at IS NULL",
        """CREATE TABLE coupon_use (
            member_id {int} NOT NULL REFERENCES member, coupon_id {int} NOT NULL REFERENCES coupon,
            used_at {int} NOT NULL,
            PRIMARY KEY (member_id, coupon_id)
        ) {clustered}""",
    )
