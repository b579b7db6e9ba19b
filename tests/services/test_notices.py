"""Notices: published, read, withdrawn; points for reading come once."""

from datetime import timedelta

import pytest

from madoguchi.domain.bulletins import NewNotice
from madoguchi.services import notices, points
from madoguchi.services.notices import Claimed, Faulty, NotShown
from madoguchi.services.posting import NotAllowed
from tests import people
from tests.support.money import sound
from tests.support.points import entries, join, notice
from tests.support.together import at_once

DAY = timedelta(days=1)


@pytest.fixture
def hanako(office):
    """花子 in her first days."""
    return people.newcomer(office, people.cast.HANAKO)


def titles(office, **place):
    """What everybody sees."""
    return [one.title for one in notices.page(office, None, **place)[0]]


def test_a_notice_is_shown_from_its_first_day_to_its_last(office):
    notice(office, "明日から", begins=1, days=1)
    assert titles(office) == []
    office.clock.move(DAY)
    assert titles(office) == ["明日から"]
    office.clock.move(2 * DAY)
    assert titles(office) == []


def test_what_is_published_is_shown_at_once_and_what_is_withdrawn_no_more(office):
    number = notice(office)
    assert len(titles(office)) == 1
    assert notices.withdraw(office, number, "広報") is True
    assert titles(office) == []
    assert notices.withdraw(office, number, "広報") is False
    assert notices.read(office, number, None) == NotShown()
    assert notices.read(office, 99, None) is None


def test_a_faulty_notice_is_published_by_nobody(office):
    today = office.business_day()
    told = notices.publish(office, NewNotice("", "本文", today, today, 3), "広報")
    assert isinstance(told, Faulty)
    assert len(told.faults) == 2
    assert titles(office) == []


def test_many_come_in_pages_the_newest_first(office):
    for n in range(25):
        notice(office, f"{n}番")
    first, more = notices.page(office, None)
    rest, end = notices.page(office, None, more)
    assert [one.title for one in (*first, *rest)] == [f"{n}番" for n in reversed(range(25))]
    assert (len(first), end) == (20, None)


def test_opening_a_notice_reads_it_and_only_for_who_opened_it(office, hanako):
    ichiro, number = people.ichiro(office), notice(office)
    notice(office, "もうひとつ")
    assert notices.unread(office, hanako.member_id) == 2
    notices.read(office, number, hanako.member_id)
    assert notices.unread(office, hanako.member_id) == 1
    assert notices.unread(office, ichiro.member_id) == 2
    marked = {one.title: bool(one.read_at) for one in notices.page(office, hanako.member_id)[0]}
    assert marked == {"年末年始の電話": True, "もうひとつ": False}


def test_a_marked_notice_is_read_with_a_press_which_earns_once(office, hanako):
    join(office, hanako)
    number = notice(office, points=20)
    assert notices.read(office, number, hanako.member_id).claim
    assert notices.unread(office, hanako.member_id) == 1
    assert notices.claim(office, number, hanako.member_id) == Claimed(20)
    assert notices.claim(office, number, hanako.member_id) == Claimed(0)
    assert notices.unread(office, hanako.member_id) == 0
    assert notices.read(office, number, hanako.member_id).claimed
    assert points.balance(office, hanako.member_id) == 120


def test_many_presses_at_once_earn_once(office, hanako):
    join(office, hanako)
    number = notice(office, points=5)
    found = at_once(office, 4, lambda: notices.claim(office, number, hanako.member_id))
    assert sorted(one.points for one in found) == [0, 0, 0, 5]
    assert entries(office, hanako) == [("joined", 100, 100), ("notice", 5, 105)]
    assert sound(office)


def test_who_takes_no_part_reads_by_opening_and_earns_after_joining(office, hanako):
    number = notice(office, points=10)
    assert not notices.read(office, number, hanako.member_id).claim
    assert notices.unread(office, hanako.member_id) == 0
    assert isinstance(notices.claim(office, number, hanako.member_id), NotAllowed)
    join(office, hanako)
    assert notices.claim(office, number, hanako.member_id) == Claimed(10)


def test_a_notice_that_is_over_earns_nothing(office, hanako):
    join(office, hanako)
    number = notice(office, points=10, days=1)
    office.clock.move(2 * DAY)
    assert notices.claim(office, number, hanako.member_id) == NotShown()
    assert points.balance(office, hanako.member_id) == 100
