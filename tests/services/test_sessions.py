"""Sessions: how they go on, run out and end."""

from datetime import timedelta

import pytest

from madoguchi.domain.rights import Action
from madoguchi.services import cast, login, sessions
from tests import people
from tests.support.guessing import place

MINUTE = timedelta(minutes=1)


@pytest.fixture
def office(database):
    return people.office(database)


@pytest.fixture
def token(office):
    """Hanako's session on a new browser."""
    people.newcomer(office, cast.HANAKO)
    return sign_in(office).session_token


def sign_in(office, **cookies):
    return login.by_card(office, cast.HANAKO.card, cast.HANAKO.pin, place(**cookies))


def test_a_visitor_is_who_signed_in_with_rights_and_figures(office, token):
    visitor = sessions.current(office, token)
    assert (visitor.number, visitor.name, visitor.limit) == ("100000019", "佐藤 花子", 500_000)
    assert visitor.rights.may(Action.BORROW)
    assert visitor.previous is None


def test_a_session_ends_fifteen_idle_minutes_after_its_last_use(office, token):
    office.clock.move(14 * MINUTE)
    assert sessions.current(office, token).ends_at == office.now() + 15 * MINUTE
    office.clock.move(15 * MINUTE)
    assert sessions.current(office, token) is None


def test_no_session_outlives_eight_hours(office, token):
    for _ in range(47):
        office.clock.move(10 * MINUTE)
        assert sessions.current(office, token)
    sessions.extend(office, token)
    assert sessions.current(office, token).ends_at == office.now() + 10 * MINUTE
    office.clock.move(10 * MINUTE)
    assert sessions.current(office, token) is None


def test_its_use_is_written_once_a_minute_at_most(office, token):
    began = sessions.current(office, token).ends_at
    office.clock.move(timedelta(seconds=59))
    assert sessions.current(office, token).ends_at == began
    office.clock.move(timedelta(seconds=1))
    assert sessions.current(office, token).ends_at == began + MINUTE


def test_extending_begins_the_idle_time_anew(office, token):
    office.clock.move(timedelta(seconds=30))
    sessions.extend(office, token)
    assert sessions.current(office, token).ends_at == office.now() + 15 * MINUTE


def test_the_end_is_announced_when_it_is_near(office, token):
    for _ in range(47):
        office.clock.move(10 * MINUTE)
        assert not sessions.current(office, token).warn
    office.clock.move(8 * MINUTE)
    assert sessions.current(office, token).warn


def test_a_copy_of_the_token_is_dead_after_signing_out(office, token):
    sessions.end(office, token)
    assert sessions.current(office, token) is None


def test_signing_in_again_ends_the_session_this_browser_had(office, token):
    office.clock.move(MINUTE)
    again = sign_in(office, session=token)
    assert again.session_token != token
    assert sessions.current(office, token) is None
    assert sessions.current(office, again.session_token).previous == people.TODAY


def test_neither_table_holds_a_token_that_signs_in(office, token):
    rows = office.store.rows("SELECT key FROM session") + office.store.rows("SELECT key FROM device")
    assert all(token not in key and sessions.current(office, key) is None for (key,) in rows)


def test_one_query_finds_the_visitor(office, token):
    asked = []
    execute = office.store._execute
    office.store._execute = lambda sql, params: asked.append(sql) or execute(sql, params)
    assert sessions.current(office, token)
    assert len(asked) == 1


def test_a_due_date_that_passed_unseen_by_the_round_already_stops_borrowing(office):
    hanako = people.hanako(office)
    token = sign_in(office).session_token
    due = sessions.current(office, token).standing.running.day
    office.clock.move(timedelta(days=(due - office.business_day()).days))
    token = sign_in(office).session_token
    assert sessions.current(office, token).rights.may(Action.BORROW)
    office.clock.move(timedelta(days=1))
    token = sign_in(office).session_token
    assert sessions.current(office, token).rights.refusal(Action.BORROW).code == "B-03"
    assert hanako.member_id == sessions.current(office, token).member_id


def test_a_look_that_is_not_noticed_puts_the_end_off_by_nothing(office, token):
    before = sessions.current(office, token).ends_at
    office.clock.move(timedelta(minutes=10))
    assert sessions.current(office, token, noticed=False).ends_at == before
    office.clock.move(timedelta(minutes=5))
    assert sessions.current(office, token) is None


def test_a_session_whose_time_was_up_is_told_from_one_that_was_ended(office, token):
    office.clock.move(timedelta(hours=9))
    sessions.sweep(office)
    assert sessions.gone(office, token) is sessions.Gone.RAN_OUT
    sessions.end(office, token)
    assert sessions.gone(office, token) is sessions.Gone.ENDED


def test_sweeping_forgets_what_has_run_out_and_nothing_else(office, token):
    login.by_card(office, cast.HANAKO.card, "0000", place())
    office.clock.move(timedelta(days=8))
    fresh = sign_in(office).session_token
    login.by_card(office, "9990110003", "0000", place())
    sessions.sweep(office)
    assert [len(office.store.rows(f"SELECT 1 FROM {table}")) for table in ("session", "guess")] == [1, 1]
    assert sessions.current(office, fresh)
