"""期限の利益の喪失: the whole debt due at once, damages on all of it, and only the whole cures it."""

from datetime import date, timedelta

from madoguchi.domain.replay import CalledIn, Drawn, Opened, Paid, replay
from madoguchi.domain.standing import due_now, next_due
from tests.domain.products import CYCLE, SHIPPED

LIFE = [Opened(date(2026, 1, 5), 0, 500_000, 1780, 5), Drawn(date(2026, 1, 10), 1, 200_000)]
CALLED = date(2026, 6, 1)


def at(day, *more, product=SHIPPED):
    """The standing of the life on a day, with more happening."""
    return replay([*LIFE, *more], product, day)[0]


def test_the_whole_debt_is_due_and_no_later_date_is_left():
    now = at(CALLED, CalledIn(CALLED, 2))
    assert due_now(now, CALLED, SHIPPED) == now.debt
    assert next_due(now, SHIPPED) is None
    assert [due.left for due in now.unmet] == [now.principal + now.interest]


def test_damages_go_on_as_before_on_all_of_the_principal():
    later = CALLED + timedelta(days=30)
    assert at(later, CalledIn(CALLED, 2)).debt == at(later).debt


def test_paying_the_arrears_alone_cures_nothing_any_more():
    arrears = due_now(at(CALLED), CALLED, SHIPPED)
    assert at(CALLED, Paid(CALLED, 3, arrears)).late_since is None
    assert at(CALLED, CalledIn(CALLED, 2), Paid(CALLED, 3, arrears)).late_since is not None


def test_paying_all_of_it_ends_the_debt():
    debt = at(CALLED, CalledIn(CALLED, 2)).debt
    now = at(CALLED, CalledIn(CALLED, 2), Paid(CALLED, 3, debt))
    assert (now.debt, now.deposit, now.late_since, now.unmet) == (0, 0, None, ())


def test_who_is_not_late_when_it_is_told_again_is_not_called_in():
    early = Paid(date(2026, 2, 20), 1, 150_000)
    before = at(date(2026, 2, 25), early)
    assert at(date(2026, 2, 25), early, CalledIn(date(2026, 2, 25), 2)) == before


def test_a_cycle_is_called_in_as_well():
    life = [Opened(date(2026, 1, 5), 0, 500_000, 1780, 0), *LIFE[1:]]
    now = replay([*life, CalledIn(CALLED, 2)], CYCLE, CALLED)[0]
    assert due_now(now, CALLED, CYCLE) == now.debt
