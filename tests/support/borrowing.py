"""Steps of borrowing at the site that several tests share."""

from dataclasses import replace

from madoguchi.services import payouts
from tests.support.banks import Scripted


def chosen(visitor, amount="20000"):
    """The confirm page of an amount."""
    visitor.get("/borrow")
    return visitor.submit("/borrow", amount=amount)


def borrowed(visitor, amount="20000"):
    """The receipt of an amount."""
    chosen(visitor, amount)
    return visitor.submit("/borrow/confirm")


def answered(office, answer):
    """Let the bank answer."""
    payouts.deliver(replace(office, bank=Scripted(answer)))


def change(office, sql):
    """Set up what no page can."""
    with office.store.transaction():
        office.store.write(sql)
