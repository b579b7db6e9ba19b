"""Reminders are told once: by many processes, after a death in the middle, and in a demo that jumps ahead."""

from dataclasses import replace
from datetime import timedelta
from threading import RLock

import pytest

from madoguchi.domain.reminders import Window
from madoguchi.ports import JAPAN
from madoguchi.services import demo, pace, reminders
from madoguchi.services.choices import DEFAULTS, Choice
from madoguchi.services.office import Demo
from madoguchi.store import reminders as rows
from madoguchi.store.db import Store
from madoguchi.store.values import moment_in
from tests import people
from tests.services.test_reminders import after_the_round, told
from tests.support.money import DAY
from tests.support.together import each_at_once


@pytest.fixture
def hanako(office):
    """佐藤 花子, who owes 9,000 yen by Wednesday 25 November; it is Friday the 20th, 10:00."""
    return after_the_round(office, people.hanako)


def test_two_processes_at_once_tell_each_due_date_once(office, monkeypatch):
    monkeypatch.setattr(reminders, "BATCH", 2)
    monkeypatch.setattr(pace, "LEAST", 0)
    people.full_cast(office)
    office.store.peewee.execute_sql("UPDATE contract SET due_on = 20261125 WHERE due_on IS NOT NULL")
    office.clock.move(2 * DAY)
    others = [replace(office, alone=RLock()) for _ in range(4)]
    counts = each_at_once(office, [lambda other=other: reminders.run(other) for other in others])
    noted = office.store.rows("SELECT contract_id FROM reminder")
    assert sum(counts) == len(noted) == len(set(noted)) > 3
    assert len(told(office)) == len({letter["name"] for letter in told(office)})


def test_who_is_held_by_another_act_is_told_at_a_later_look(office, hanako):
    office.clock.move(2 * DAY)
    if office.store.sqlite:  # one writer at a time: nobody can be held
        assert reminders.run(office) == 1
        return
    other = Store(office.store.url)
    with other.transaction():
        other.one(other.locked("SELECT id FROM member WHERE id = ?"), (hanako.member_id,))
        assert reminders.run(office) == 0
    assert reminders.run(office) == 1
    other.close()


def test_a_run_that_is_cut_short_tells_the_rest_later_and_nothing_twice(office, hanako, monkeypatch):
    office.clock.move(2 * DAY)

    def broken(*_):
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(rows, "looked_after", broken)
        with pytest.raises(ZeroDivisionError):
            reminders.run(office)
    assert (told(office), reminders.run(office), len(told(office))) == ([], 1, 1)


def test_a_due_date_that_comes_back_is_not_told_again(office, hanako):
    office.clock.move(2 * DAY)
    reminders.run(office)
    with office.store.transaction():
        office.store.write("UPDATE contract SET reminded_for = 0")
    assert reminders.run(office) == 1
    assert len(told(office)) == 1


def test_the_books_take_the_defaults_that_members_are_told(office, hanako):
    found = office.store.one("SELECT remind_days, remind_hour FROM contract")
    assert found == (int(DEFAULTS[Choice.REMINDER_DAYS]), int(DEFAULTS[Choice.REMINDER_HOUR]))


def test_the_search_goes_by_its_index(sqlite_url):
    office = people.office(Store(sqlite_url))
    day = office.business_day()
    plan = office.store.rows(f"EXPLAIN QUERY PLAN {rows.IS_DUE}", rows.bounds(Window(3, day, day, 10)))
    assert "USING INDEX contract_remind (remind_days=? AND due_on>? AND due_on<?)" in str(plan)


def test_a_demo_that_jumps_ahead_writes_each_reminder_at_its_own_hour(office, hanako):
    playing = replace(office, demo=Demo(office.clock, type(office.clock)))
    demo.move_clock(playing, timedelta(days=40))
    found = office.store.rows("SELECT due_on, told_at FROM reminder ORDER BY due_on")
    hours = [(due, f"{moment_in(at).astimezone(JAPAN):%m-%d %H:%M}") for due, at in found]
    assert hours == [(20261125, "11-22 10:00"), (20261225, "12-22 10:00")]
