"""The machine's clock is stepped back and forward: no day is closed twice, nothing is told or paid twice."""

from datetime import timedelta

from madoguchi.services import reminders, rounds, sessions, verify
from madoguchi.services.staff import In
from tests import people
from tests.support import desk
from tests.support.money import DAY

HOUR = timedelta(hours=1)


def closed(office):
    """The days that rounds closed, in order."""
    return [day for (day,) in office.store.rows("SELECT day FROM closed_day ORDER BY closed_at, day")]


def written(office):
    """All letters."""
    return office.store.rows("SELECT kind, member_id, created_at FROM letter ORDER BY id")


def test_a_clock_that_goes_back_closes_no_day_again_and_tells_nothing_twice(database):
    office = people.office(database)
    people.full_cast(office)
    for _ in range(8):
        office.clock.move(DAY)
        list(rounds.close_days(office))
        reminders.run(office)
    days, letters = closed(office), written(office)
    office.clock.move(-3 * DAY)
    assert list(rounds.close_days(office)) == []
    reminders.run(office)
    assert (closed(office), written(office)) == (days, letters)
    office.clock.move(3 * DAY + HOUR)
    assert list(rounds.close_days(office)) == []
    reminders.run(office)
    assert (closed(office), written(office)) == (days, letters)
    assert list(verify.differences(office)) == []


def test_a_clock_that_jumps_ahead_and_returns_leaves_the_books_provable(database):
    office = people.office(database)
    who = people.hanako(office)
    office.clock.move(40 * DAY)
    list(rounds.close_days(office))
    office.clock.move(-40 * DAY)
    assert list(verify.differences(office)) == []
    assert sessions.current(office, "no such token") is None
    office.clock.move(41 * DAY)
    list(rounds.close_days(office))
    assert len(closed(office)) == len(set(closed(office)))
    assert list(verify.differences(office)) == []
    assert who.contract_id


def test_a_code_of_the_app_is_not_good_again_when_the_clock_goes_back(database):
    office = people.office(database)
    desk.add(office)
    code = desk.code(office)
    assert isinstance(desk.enter(office, code_=code), In)
    office.clock.move(HOUR)
    assert isinstance(desk.enter(office), In)
    office.clock.move(-HOUR)
    assert not isinstance(desk.enter(office, code_=code), In)
