"""The days that damages are told with are those that the sum covers, or none where that is not certain."""

from datetime import date

from madoguchi.domain.interest import units
from madoguchi.domain.standing import advance, damages_days, days_late, pay, waive
from tests.domain.products import SHIPPED, hanako

SETTLED, DUE, LATE = date(2026, 10, 5), date(2026, 11, 5), date(2026, 11, 18)


def late(on=LATE):
    """200,000 yen, overdue since 6 November."""
    return advance(hanako(200_000, SETTLED, DUE), on, SHIPPED)


def test_before_any_payment_they_are_the_days_late():
    assert damages_days(late(), SHIPPED) == days_late(late(), LATE) == 13


def test_after_a_payment_they_begin_anew():
    paid, _ = pay(late(), LATE, 5_000, SHIPPED)
    assert damages_days(paid, SHIPPED) == 0
    then = advance(paid, date(2026, 11, 22), SHIPPED)
    assert damages_days(then, SHIPPED) == 4
    assert units(then.principal, SHIPPED.damages_rate, LATE, date(2026, 11, 22)) == then.damages_units


def test_where_some_is_carried_or_was_waived_no_number_is_told():
    paid, _ = pay(late(), LATE, 500, SHIPPED)
    assert damages_days(advance(paid, date(2026, 11, 22), SHIPPED), SHIPPED) == 0
    waived, _ = waive(late(), LATE, 700, 0, SHIPPED)
    assert damages_days(waived, SHIPPED) == 0


def test_in_order_there_are_none():
    assert damages_days(late(DUE), SHIPPED) == 0
