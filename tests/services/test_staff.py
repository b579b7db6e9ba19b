"""The desk's own way in: password and app together, its own lock, and sessions that end."""

from datetime import timedelta

import pytest

from madoguchi.domain.faults import Unavailable
from madoguchi.domain.staff import Role
from madoguchi.services import audit, staff, staff_sessions
from madoguchi.services.staff import In, Wait, Wrong
from madoguchi.store.audit import Filter
from tests.support import desk
from tests.support.together import at_once


def test_password_and_app_together_open_the_desk(office):
    desk.add(office)
    found = desk.enter(office)
    assert isinstance(found, In)
    who = staff.current(office, found.token)
    assert (who.name, who.role) == ("desk1", Role.OPERATOR)


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [
        ("desk1", "wrong", None),
        ("desk1", desk.PASSWORD, "000000"),
        ("desk1", desk.PASSWORD, ""),
        ("x", "y", None),
    ],
)
def test_one_wrong_part_is_as_wrong_as_all(office, name, password, code):
    desk.add(office)
    assert desk.enter(office, name, password, code) == Wrong()


def test_a_code_is_used_once(office):
    desk.add(office)
    assert isinstance(desk.enter(office), In)
    assert desk.enter(office) == Wrong()
    office.clock.move(timedelta(seconds=30))
    assert isinstance(desk.enter(office), In)


def test_a_name_waits_after_four_wrong_tries_whether_anybody_has_it_or_not(office):
    desk.add(office)
    for name in ("desk1", "nobody"):
        tries = [desk.enter(office, name, "wrong") for _ in range(5)]
        assert tries[:4] == [Wrong()] * 4
        assert tries[4] == Wait(office.now() + timedelta(minutes=1))
    office.clock.move(timedelta(minutes=1))
    assert isinstance(desk.enter(office), In)


BUSY = "not compared"


def guess(office):
    """A wrong password; what the hashing had no room for was not compared."""
    try:
        return desk.enter(office, password="wrong")
    except Unavailable:
        return BUSY


def test_parallel_guesses_are_all_counted(office):
    desk.add(office)
    tries = at_once(office, 20, lambda: guess(office))
    assert tries.count(Wrong()) <= 4 <= tries.count(Wrong()) + tries.count(BUSY)


def test_a_right_try_gives_its_slot_back_and_a_wrong_one_does_not(office):
    desk.add(office)
    gate = desk.Open()
    desk.enter(office, gate=gate)
    assert gate.taken == 0
    desk.enter(office, password="wrong", gate=gate)
    assert gate.taken == 1


def test_whoever_left_is_out_at_once_and_stays_out(office):
    desk.add(office)
    token = desk.enter(office).token
    assert staff.leave(office, "desk1")
    assert staff.current(office, token) is None
    office.clock.move(timedelta(seconds=30))
    assert desk.enter(office) == Wrong()
    assert not staff.leave(office, "desk1")


def test_a_session_ends_when_idle_and_after_a_working_day(office):
    desk.add(office)
    token = desk.enter(office).token
    office.clock.move(timedelta(minutes=14))
    assert staff.current(office, token)
    office.clock.move(timedelta(minutes=15))
    assert staff.current(office, token) is None


def test_signing_out_kills_every_copy_of_the_token(office):
    desk.add(office)
    token = desk.enter(office).token
    staff_sessions.sign_out(office, token, staff.current(office, token))
    assert staff.current(office, token) is None


@pytest.mark.parametrize(
    ("name", "password"),
    [("x", desk.PASSWORD), ("名前", desk.PASSWORD), ("desk1", "short"), ("d.1", "password12345")],
)
def test_an_account_needs_a_plain_name_and_a_long_password(office, name, password):
    with pytest.raises(ValueError, match=r"."):
        staff.add(office, name, Role.OPERATOR, password)
    assert staff.everybody(office) == []


def test_who_came_in_and_who_tried_stands_in_the_log(office):
    desk.add(office)
    desk.enter(office, password="wrong")
    desk.enter(office)
    told = [(line.kind, line.by_whom) for line in audit.found(office, Filter())]
    assert told == [("signed_in", "desk1"), ("refused_in", ""), ("staff_added", staff.COMMAND)]
