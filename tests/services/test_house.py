"""The house's own journal: once per key, balanced, and never changed."""

import pytest

from madoguchi.domain.ledger import Account
from madoguchi.services import house
from madoguchi.store import house as journal
from tests import people
from tests.support.money import draw


def test_a_transfer_that_left_is_posted_once_in_the_houses_own_journal(office):
    ichiro = people.ichiro(office)
    draw(office, ichiro, 50_000)
    assert journal.balance(office.store, Account.IN_TRANSIT) == -50_000
    for expected in (True, False):
        with office.store.transaction():
            on = office.business_day()
            done = house.post_within(office, house.HouseKind.TRANSFER_SENT, 50_000, on, "t1", "payout 1")
        assert done is expected
    assert journal.balance(office.store, Account.IN_TRANSIT) == 0
    assert journal.balance(office.store, Account.BANK) == -50_000


@pytest.mark.parametrize("statement", ["UPDATE house_entry SET amount = 1", "DELETE FROM house_line"])
def test_the_database_itself_refuses_to_change_the_houses_journal(office, statement):
    with office.store.transaction():
        house.post_within(office, house.HouseKind.TRANSFER_SENT, 1, office.business_day(), "t1", "payout 1")
    with pytest.raises(Exception, match="append-only"), office.store.transaction():
        office.store.write(statement)
