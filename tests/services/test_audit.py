"""The audit log is a chain: what is changed or missing in it is found."""

import pytest

from madoguchi.services import audit
from madoguchi.services.audit import Noted
from madoguchi.store.audit import Filter
from tests import people
from tests.support.together import at_once


def note(office, count=1, by_whom="desk1", **about):
    """Lines about looking at a member."""
    for _ in range(count):
        with office.store.transaction():
            audit.note_within(office, Noted.LOOKED, by_whom, **about)


def tamper(office, sql):
    """What only somebody with the database's file can do."""
    store = office.store
    trigger = "DROP TRIGGER audit_no_update" if store.sqlite else "ALTER TABLE audit DISABLE TRIGGER ALL"
    with store.transaction():
        store.write(trigger)
        if store.sqlite:
            store.write("DROP TRIGGER audit_no_delete")
        store.write(sql)
        if not store.sqlite:  # this database is used again by the next test
            store.write("ALTER TABLE audit ENABLE TRIGGER ALL")


def test_an_untouched_chain_has_no_differences(office):
    note(office, 3)
    assert list(audit.differences(office)) == []


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE audit SET by_whom = 'desk2' WHERE seq = 2", "audit: line 2 was changed"),
        ("DELETE FROM audit WHERE seq = 2", "audit: line 2 is missing"),
        ("DELETE FROM audit WHERE seq = 3", "audit: the chain ends at line 2, its head is another"),
    ],
)
def test_a_changed_or_missing_line_is_named(office, sql, told):
    note(office, 3)
    tamper(office, sql)
    assert told in list(audit.differences(office))


def test_the_database_itself_refuses_to_change_a_line(office):
    note(office)
    with pytest.raises(Exception, match="append-only"), office.store.transaction():
        office.store.write("UPDATE audit SET by_whom = 'x'")


def test_lines_that_are_added_at_once_stand_one_behind_the_other(office):
    at_once(office, 8, lambda: note(office))
    assert [line.seq for line in audit.found(office, Filter())] == list(range(8, 0, -1))
    assert list(audit.differences(office)) == []


def test_lines_are_found_by_who_what_and_about_whom(office):
    ichiro = people.ichiro(office)
    note(office, by_whom="desk2", member_id=ichiro.member_id)
    note(office)
    assert [line.seq for line in audit.found(office, Filter(by_whom="desk2"))] == [1]
    assert [line.seq for line in audit.found(office, Filter(member_id=ichiro.member_id))] == [1]
    assert [line.seq for line in audit.found(office, Filter(kind="looked", before=2))] == [1]
    assert audit.found(office, Filter(since=office.now(), until=office.now())) == []


def test_a_line_tells_just_the_facts_of_its_kind(office):
    with pytest.raises(AssertionError, match="tells"), office.store.transaction():
        audit.note_within(office, Noted.SIGNED_IN, "desk1")
