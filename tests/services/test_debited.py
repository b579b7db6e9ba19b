"""A due date whose debit is at the bank: frozen, neither met nor missed, and judged by its answer."""

from datetime import date

from madoguchi.services import posting, rounds
from madoguchi.services.books import Posted
from madoguchi.services.debited import Filed, NothingDue
from madoguchi.services.posting import NoDeposit
from tests import people
from tests.support.money import DAY, answered, draw, filed, pay, rows, sound, standing


def test_a_debit_at_the_bank_leaves_its_due_date_neither_met_nor_missed(office):
    hanako = people.hanako(office)
    found = filed(office, hanako)
    assert found == Filed(date(2026, 11, 25), 9_000)
    assert filed(office, hanako) == NothingDue()
    office.clock.move(8 * DAY)
    list(rounds.close_days(office))
    now = standing(office, hanako)
    assert ([due.day for due in now.pending], now.unmet, now.late_since) == ([found.day], (), None)
    assert sound(office)


def test_a_debit_paid_but_told_late_meets_its_due_date(office):
    hanako = people.hanako(office)
    found = filed(office, hanako)
    office.clock.move(8 * DAY)
    list(rounds.close_days(office))
    between = pay(office, hanako, 5_000, "meanwhile")
    done = answered(office, hanako, found, paid=True)
    assert done.entry.value_date == found.day
    assert [entry.replaces for entry in done.corrected] == [between.entry.seq]
    now = standing(office, hanako)
    assert (now.pending, now.late_since) == ((), None)
    assert sound(office)
    assert answered(office, hanako, found, paid=True).repeated


def test_a_debit_that_failed_makes_the_due_date_missed_from_the_day_after(office):
    hanako = people.hanako(office)
    found = filed(office, hanako)
    office.clock.move(8 * DAY)
    list(rounds.close_days(office))
    between = pay(office, hanako, 5_000, "meanwhile")
    answered(office, hanako, found, paid=False)
    now = standing(office, hanako)
    assert now.late_since == found.day + DAY
    again = rows(office, hanako)[-1]
    assert again.replaces == between.entry.seq
    assert (between.entry.damages, again.damages > 0) == (0, True)
    assert sound(office)


def test_a_drawdown_does_not_change_what_the_debit_asks(office):
    hanako = people.hanako(office)
    found = filed(office, hanako)
    draw(office, hanako, 100_000)
    assert standing(office, hanako).minimum == 9_000
    draw(office, hanako, 150_000, "d2")
    assert standing(office, hanako).minimum > 9_000
    assert standing(office, hanako).running.amount == found.amount
    office.clock.move(6 * DAY)
    answered(office, hanako, found, paid=True)
    assert standing(office, hanako).late_since is None
    assert sound(office)


def test_no_deposit_goes_back_while_a_debit_is_at_the_bank(office):
    hanako = people.hanako(office)
    filed(office, hanako)
    pay(office, hanako, 300_000)
    held = standing(office, hanako).deposit
    with office.store.transaction():
        today = office.business_day()
        done = posting.return_within(office, hanako.contract_id, held, today, "r1")
    assert isinstance(done, Posted), "paid in full, nothing is awaited"
    misaki = people.yui(office)
    filed(office, misaki)
    with office.store.transaction():
        assert posting.return_within(
            office, misaki.contract_id, 100, office.business_day(), "r1"
        ) == NoDeposit(0)
    assert sound(office)
