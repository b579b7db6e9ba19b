"""A drawdown just taken, or still on its way, is found before another one; one given back is not."""

from datetime import timedelta

from madoguchi.ports.bank import Rejected
from madoguchi.services import borrowing
from tests import people
from tests.support.banks import Member
from tests.support.borrowing import answered


def test_a_drawdown_is_found_while_it_is_fresh_or_on_its_way(office):
    hanako = Member(office, people.hanako(office))
    assert borrowing.lately(office, hanako.visitor) is None
    hanako.borrow(20_000)
    found = borrowing.lately(office, hanako.visitor)
    assert (found.payout.amount, found.just_now) == (20_000, True)
    office.clock.move(timedelta(minutes=11))
    assert not borrowing.lately(office, hanako.visitor).just_now
    answered(office, Rejected("no_account", "この番号の口座が見つかりませんでした"))
    assert borrowing.lately(office, hanako.visitor) is None
