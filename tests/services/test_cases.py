"""A case is opened in the act that causes it, and a person looks at it by the lender's hours."""

from datetime import datetime

import pytest

from madoguchi.ports import JAPAN
from madoguchi.services import cases
from madoguchi.services.cases import CaseKind
from madoguchi.store import cases as rows
from tests import people


def opened(office, kind=CaseKind.MESSAGE, **about):
    """Open a case in an act of its own."""
    with office.store.transaction():
        return cases.open_within(office, kind, **about)


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ((2026, 11, 20, 20, 59), (2026, 11, 20, 20, 59)),
        ((2026, 11, 20, 21, 0), (2026, 11, 24, 9, 0)),  # Friday night before a long weekend
        ((2026, 11, 25, 8, 59), (2026, 11, 25, 9, 0)),
    ],
)
def test_a_case_is_read_by_the_hours_of_the_web(office, sent, read):
    office.clock.move(datetime(*sent, tzinfo=JAPAN) - people.TODAY)
    assert opened(office).read_from == datetime(*read, tzinfo=JAPAN)


def test_a_lost_card_is_looked_at_by_night(office):
    office.clock.move(datetime(2026, 11, 22, 3, 0, tzinfo=JAPAN) - people.TODAY)
    assert opened(office, CaseKind.LOST_CARD).read_from == office.now()


def test_what_should_have_been_read_first_stands_first_and_closing_works_once(office):
    ichiro = people.ichiro(office)
    late = opened(office, facts={"topic": "返済"}, member_id=ichiro.member_id, subject_id=7)
    urgent = opened(office, CaseKind.MISUSE)
    with office.store.transaction():
        cases.note_within(office, late.case_id, cases.MEMBER, "写真を足しました")
    assert [case.id for case in rows.still_open(office.store, 10)] == [late.case_id, urgent.case_id]
    assert rows.read(office.store, late.case_id).facts == {"topic": "返済"}
    assert [note.text for note in rows.notes(office.store, late.case_id)] == ["写真を足しました"]
    with office.store.transaction():
        assert cases.close_about_within(office, CaseKind.MESSAGE, 7, "answered") == 1
        assert not cases.close_within(office, late.case_id, "again")
    assert rows.read(office.store, late.case_id).outcome == "answered"


def test_a_note_cannot_be_changed_by_anybody(office):
    case = opened(office)
    with office.store.transaction():
        cases.note_within(office, case.case_id, "desk1", "電話しました")
    with pytest.raises(Exception, match="append-only"), office.store.transaction():
        office.store.write("UPDATE case_note SET text = 'x'")
