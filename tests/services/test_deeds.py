"""The desk acts as the ladder says: checked, once, told to the member, noted in the log and on the case."""

import pytest

from madoguchi.domain.ladder import LADDER, Check, DeskAct, Identity
from madoguchi.domain.staff import Role
from madoguchi.services import audit, cases, deeds, four_eyes
from madoguchi.services.cases import CaseKind
from madoguchi.services.deed import Order
from madoguchi.services.deeds import NO_CASE, NO_RIGHT, NOT_CHECKED, Asked, Done
from madoguchi.services.desk_acts import ACTS, DEEDS
from madoguchi.services.four_eyes import OVER, OWN, Cannot
from madoguchi.store import cases as case_rows
from madoguchi.store.audit import Filter
from tests import people
from tests.support import desk
from tests.support.deeds import People
from tests.support.together import at_once

ALONE = [act for act in DeskAct if not LADDER[act].two]
TWO = [act for act in DeskAct if LADDER[act].two]


@pytest.fixture
def at(office):
    """The people at the desk."""
    return People(office)


@pytest.fixture
def hanako(office):
    """A member with a debt."""
    return people.hanako(office)


def letters_of(office, kind="desk_done"):
    """How many letters of a kind were written."""
    return office.store.one("SELECT COUNT(*) FROM letter WHERE kind = ?", (kind,))[0]


def test_every_act_of_the_ladder_exists_and_two_people_are_asked_for_just_where_it_says():
    assert set(DEEDS) == set(DeskAct)
    assert set(ACTS) & {act.value for act in DeskAct} == {act.value for act in TWO}


@pytest.mark.parametrize("act", [act for act in DeskAct if LADDER[act].check is not Check.NOTHING])
def test_without_its_check_no_act_is_done_or_asked_for(at, hanako, act):
    assert at.begin(act, hanako, Identity()) == NOT_CHECKED


def test_whoever_lacks_the_right_does_nothing(office, at, hanako):
    auditor = desk.colleague(office, "audit1", Role.AUDITOR)
    for act in DeskAct:
        assert at.begin(act, hanako, by=auditor) == NO_RIGHT


def test_a_number_that_nobody_has_is_nobody(at, hanako):
    order = Order(at.operator, "x")
    assert deeds.begin(at.office, DEEDS[DeskAct.HOLD], "999999999", order) is None


def test_an_act_tells_the_member_and_leaves_a_line_and_a_note(office, at, hanako):
    with office.store.transaction():
        case = cases.open_within(office, CaseKind.CONTACT, member_id=hanako.member_id).case_id
    assert at.begin(DeskAct.TELL_NUMBER, hanako, case_id=case, reason="番号を忘れた") == Done()
    line = audit.found(office, Filter(kind="act:number"))[0]
    assert (line.member_id, line.case_id, line.facts["check"]) == (hanako.member_id, case, "phone")
    assert line.facts["told"] == ["address", "birth_date", "name"]
    assert [note.text for note in case_rows.notes(office.store, case)] == ["会員番号を伝える：番号を忘れた"]
    assert letters_of(office) == 1


def test_a_case_of_somebody_else_is_no_case_for_it(office, at, hanako):
    with office.store.transaction():
        other = cases.open_within(office, CaseKind.CONTACT).case_id
    assert at.begin(DeskAct.HOLD, hanako, case_id=other) == NO_CASE


def test_what_takes_two_is_only_asked_for_and_twice_the_same_is_one_request(at, hanako):
    first = at.begin(DeskAct.PIN_RESET, hanako)
    assert isinstance(first, Asked)
    assert at.begin(DeskAct.PIN_RESET, hanako) == Asked(first.request_id, repeated=True)
    other = at.begin(DeskAct.PIN_RESET, hanako, reason="ほかの理由")
    assert isinstance(other, Cannot)
    assert letters_of(at.office) == 0


def test_a_double_press_asks_once(at, hanako):
    asked = at_once(at.office, 2, lambda: at.begin(DeskAct.PIN_RESET, hanako))
    assert len({one.request_id for one in asked}) == 1


def test_nobody_approves_what_they_asked_for(at, hanako):
    asked = at.begin(DeskAct.PIN_RESET, hanako, by=at.approver)
    assert four_eyes.approve(at.office, ACTS, asked.request_id, at.approver) == OWN
    assert letters_of(at.office) == 0


def test_what_was_approved_is_done_once(at, hanako):
    asked = at.begin(DeskAct.PIN_RESET, hanako)
    assert four_eyes.approve(at.office, ACTS, asked.request_id, at.approver) == four_eyes.Done()
    assert four_eyes.approve(at.office, ACTS, asked.request_id, at.approver) == OVER
    line = audit.found(at.office, Filter(kind="act:pin"))[0]
    assert (line.by_whom, line.facts["request"]) == ("desk2", asked.request_id)
    assert line.facts["place"] == "本店の窓口"
    assert line.facts["told"] == ["licence"]


def test_a_request_tells_who_was_checked_how_and_nothing_secret(at, hanako):
    asked = at.begin(DeskAct.REISSUE, hanako, card_number="9990110200000990")
    told = dict(ACTS["reissue"].told(at.office, four_eyes.read(at.office, asked.request_id)))
    assert told["本人確認"] == "運転免許証（本店の窓口）"
    assert told["新しいカード"] == "末尾 0990"


def test_what_cannot_be_done_at_the_approval_changes_nothing_and_stays_to_be_decided(at, hanako):
    asked = at.begin(DeskAct.PIN_RESET, hanako)
    at.begin(DeskAct.LOST, hanako)
    answer = four_eyes.approve(at.office, ACTS, asked.request_id, at.approver)
    assert isinstance(answer, Cannot)
    assert four_eyes.read(at.office, asked.request_id).outcome == ""


def test_the_log_is_whole_after_all_of_it(office, at, hanako):
    at.begin(DeskAct.HOLD, hanako)
    at.both(DeskAct.PIN_RESET, hanako)
    assert list(audit.differences(office)) == []
