"""The queue shows what should be looked at first in front, by the desk's own clock, and who looks now."""

from datetime import datetime, timedelta

import pytest

from madoguchi.domain.staff import Role
from madoguchi.ports import JAPAN
from madoguchi.services import audit, cases, desk_queue
from madoguchi.services.cases import CaseKind
from madoguchi.services.desk_queue import Wish
from madoguchi.store.audit import Filter
from tests import people
from tests.support import desk
from tests.support.casework import take


def opened(office, kind, **about):
    """The number of a new case."""
    with office.store.transaction():
        return cases.open_within(office, kind, **about).case_id


def listed(office, **wish):
    """The numbers that a page of the queue shows."""
    return [row.case.id for row in desk_queue.look(office, Wish(**wish)).rows]


def at(office, *moment):
    """Move the clock to a moment of November 2026 in Japan."""
    office.clock.move(datetime(2026, 11, *moment, tzinfo=JAPAN) - office.now())


def test_what_is_due_first_stands_first_and_what_nobody_has_before_what_somebody_has(office):
    document, message = opened(office, CaseKind.DOCUMENT), opened(office, CaseKind.MESSAGE)
    lost, held = opened(office, CaseKind.LOST_CARD), opened(office, CaseKind.MISUSE)
    take(office, held, desk.colleague(office))
    assert listed(office) == [lost, message, document, held]
    assert listed(office, taken_by="") == [lost, message, document]
    assert (listed(office, taken_by="desk1"), listed(office, kind=CaseKind.MESSAGE)) == ([held], [message])


@pytest.mark.parametrize(
    ("kind", "moment", "left", "late"),
    [
        (CaseKind.MESSAGE, (20, 12), 4, 0),
        (CaseKind.MESSAGE, (22, 12), 0, 5),  # late since Friday 16:00, and the weekend counts nothing
        (CaseKind.CONTACT, (23, 12), 1, 0),
        (CaseKind.CONTACT, (24, 12), 0, 2),
        (CaseKind.LOST_CARD, (20, 12), 0, 1),
    ],
)
def test_clocks_obey_the_hours(office, kind, moment, left, late):
    opened(office, kind)
    at(office, *moment)
    [row] = desk_queue.look(office, Wish()).rows
    assert (row.left, row.late) == (timedelta(hours=left), timedelta(hours=late))


def test_a_case_of_the_night_waits_from_the_morning_on(office):
    at(office, 20, 22)
    opened(office, CaseKind.MESSAGE)
    at(office, 24, 10)
    [row] = desk_queue.look(office, Wish()).rows
    assert (row.waited, row.left, row.is_late) == (timedelta(hours=1), timedelta(hours=5), False)


def test_who_took_it_in_time_or_late_is_not_late_any_more(office):
    number = opened(office, CaseKind.LOST_CARD)
    at(office, 20, 13)
    assert desk_queue.look(office, Wish()).counts[0].late == 1
    take(office, number, desk.colleague(office))
    found = desk_queue.look(office, Wish())
    assert (found.counts[0].open, found.counts[0].late, found.rows[0].is_late) == (1, 0, False)


def test_the_pages_of_the_queue_hold_each_case_once(office):
    numbers = [opened(office, CaseKind.DOCUMENT) for _ in range(2 * desk_queue.PAGE + 1)]
    who, seen, after = desk.colleague(office), [], None
    for number in numbers[:3]:
        take(office, number, who)
    while True:
        found = desk_queue.look(office, Wish(after=after))
        seen += [row.case.id for row in found.rows]
        if found.more is None:
            break
        after = desk_queue.place_of(desk_queue.token_of(found.more))
    assert seen == numbers[3:] + numbers[:3]


@pytest.mark.parametrize("token", ["", "x", "1-2", "1-2-x", "1-2-3-4", "1-" + "9" * 30 + "-3", "-1-2-3"])
def test_what_holds_no_place_begins_at_the_front(token):
    assert desk_queue.place_of(token) is None


def test_two_people_at_one_case_see_each_other_for_a_minute(office):
    number = opened(office, CaseKind.CONTACT)
    one, other = desk.colleague(office), desk.colleague(office, "desk2", Role.APPROVER)
    assert desk_queue.open_case(office, number, one).others == []
    assert desk_queue.open_case(office, number, other).others == ["desk1"]
    assert desk_queue.open_case(office, number, one).others == ["desk2"]
    office.clock.move(timedelta(seconds=61))
    assert desk_queue.open_case(office, number, one).others == []


def test_a_look_at_a_case_is_noted_once_in_ten_minutes_and_forgotten_as_presence(office):
    ichiro = people.ichiro(office)
    number, one = opened(office, CaseKind.CONTACT, member_id=ichiro.member_id), desk.colleague(office)
    for minutes in (0, 5, 6):
        office.clock.move(timedelta(minutes=minutes))
        desk_queue.open_case(office, number, one)
    lines = audit.found(office, Filter(kind="case_seen"))
    assert [(line.member_id, line.case_id) for line in lines] == [(ichiro.member_id, number)] * 2
    office.clock.move(timedelta(minutes=11))
    desk_queue.sweep(office)
    assert office.store.rows("SELECT COUNT(*) FROM case_presence") == [(0,)]


def test_a_case_goes_to_colleagues_who_work_on_cases(office):
    number, one = opened(office, CaseKind.CONTACT), desk.colleague(office)
    desk.add(office, "desk2", Role.APPROVER)
    desk.add(office, "audit1", Role.AUDITOR)
    assert desk_queue.open_case(office, number, one).colleagues == ["desk2"]
