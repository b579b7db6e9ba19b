"""The clock inside the one process: one round a day, tried again when the books cannot be had."""

from datetime import timedelta

from madoguchi.domain.faults import Unavailable
from madoguchi.jobs.scheduler import Scheduler
from madoguchi.services import reminders, rounds
from madoguchi.store import closed_days
from madoguchi.store.db import Store
from tests import people


def test_a_look_closes_what_is_over_and_a_second_look_does_nothing(sqlite_url, monkeypatch):
    office = people.office(Store(sqlite_url))
    clock = Scheduler(office)
    done = clock.look(None)
    assert done == office.business_day()
    monkeypatch.setattr(rounds, "close_days", lambda _office: 1 / 0)
    assert clock.look(done) == done


def test_the_round_is_run_when_the_day_turns_in_japan(sqlite_url):
    office = people.office(Store(sqlite_url))
    clock = Scheduler(office)
    done = clock.look(None)
    office.clock.move(timedelta(hours=14))  # 20 November, midnight in Japan
    assert clock.look(done) == done + timedelta(days=1)
    assert closed_days.last(office.store) == done


def test_a_round_that_cannot_be_run_is_tried_again(sqlite_url, monkeypatch):
    office = people.office(Store(sqlite_url))

    def broken(_office):
        raise Unavailable("database")

    with monkeypatch.context() as patched:
        patched.setattr(rounds, "close_days", broken)
        assert Scheduler(office).look(None) is None
    assert Scheduler(office).look(None) == office.business_day()


def test_each_look_writes_the_reminders_whose_hour_has_come(sqlite_url):
    office = people.office(Store(sqlite_url))
    people.hanako(office)
    clock = Scheduler(office)
    done = clock.look(None)
    assert clock.remind() == 0
    office.clock.move(timedelta(days=2))
    clock.look(done)
    assert [clock.remind(), clock.remind()] == [1, 0]


def test_reminders_that_cannot_be_written_are_tried_again(sqlite_url, monkeypatch):
    office = people.office(Store(sqlite_url))

    def broken(_office):
        raise Unavailable("database")

    monkeypatch.setattr(reminders, "run", broken)
    assert Scheduler(office).remind() == 0
