"""What is due while money is on its way: by today's standing, by its arrival, and by the due date itself."""

from datetime import date

from madoguchi.domain.standing import (
    Arriving,
    draw,
    due_by_then,
    due_on_arrival,
    file_debit,
    next_due,
    pay,
    preview_payment,
)
from tests.domain.products import SHIPPED, hanako

SETTLED, DUE, FIRST_DUE = date(2026, 10, 26), date(2026, 11, 25), date(2027, 1, 5)
TODAY, ARRIVES, TOO_LATE = date(2026, 11, 20), date(2026, 11, 24), date(2026, 11, 26)


def coming(arrives, amount=50_000):
    """231,844 yen with a minimum of 9,000, and money on its way."""
    return draw(hanako(231_844, SETTLED, DUE), TODAY, amount, SHIPPED, arrives)


def test_what_is_due_is_what_a_payment_of_today_meets():
    asked = next_due(coming(ARRIVES), SHIPPED)
    paid, split = pay(coming(ARRIVES), TODAY, asked[1], SHIPPED)
    assert split.filled == (asked,) == ((DUE, 9_000),)
    assert paid.running.met


def test_what_is_due_from_the_arrival_is_what_a_payment_of_that_day_meets():
    found = due_on_arrival(coming(ARRIVES), SHIPPED)
    assert found == Arriving(ARRIVES, DUE, 11_000)
    assert not pay(coming(ARRIVES), ARRIVES, 10_999, SHIPPED)[0].running.met
    assert pay(coming(ARRIVES), ARRIVES, 11_000, SHIPPED)[0].running.met


def test_a_debit_asks_what_the_due_date_itself_will_ask():
    filed = file_debit(coming(ARRIVES), TODAY, DUE, SHIPPED)
    assert due_by_then(coming(ARRIVES), SHIPPED) == (DUE, filed.running.amount) == (DUE, 11_000)
    assert due_on_arrival(filed, SHIPPED) is None


def test_money_that_arrives_after_the_next_due_date_changes_nothing_of_it():
    assert due_on_arrival(coming(TOO_LATE), SHIPPED) is None
    assert due_by_then(coming(TOO_LATE), SHIPPED) == next_due(coming(TOO_LATE), SHIPPED)


def test_paying_all_of_today_tells_what_the_money_on_its_way_will_ask():
    seen = preview_payment(coming(ARRIVES), TODAY, coming(ARRIVES).debt, SHIPPED)
    assert (seen.next_due, seen.paid_in_full, seen.after.balance) == (None, True, 50_000)
    assert seen.arriving == Arriving(ARRIVES, FIRST_DUE, 2_000)
