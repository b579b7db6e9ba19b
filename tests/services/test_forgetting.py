"""Personal data goes ten years after the end, the books stay and agree; all that is held is accounted for."""

from datetime import timedelta

import pytest

from madoguchi.services import audit, cases, choices, details, forgetting, new_contract, person_acts, verify
from madoguchi.services.cases import CaseKind
from madoguchi.services.choices import Choice
from madoguchi.services.details import Detail
from madoguchi.store import held, letters
from madoguchi.store.audit import Filter
from tests import people
from tests.support import contracts, desk
from tests.support.together import at_once

YEAR = timedelta(days=366)


@pytest.fixture
def sho(office):
    """渡辺 翔, whose contract ended 30 days ago."""
    return people.sho(office)


def tables(store):
    """The names of all tables."""
    schema = "SELECT name FROM sqlite_master WHERE type = 'table'"
    other = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    return [row[0] for row in store.rows(schema if store.sqlite else other)]


def everything(office):
    """All that stands anywhere in the books, as one text."""
    names = ["member", *(one.table for one in held.HELD)]
    return " ".join(str(office.store.rows(f"SELECT * FROM {name}")) for name in names)


def leave_traces(office, who):
    """A change, a choice and a closed case of somebody, in tables that are otherwise only added to."""
    new = {"postcode": "100-0001", "address": "渡辺の新しい家"}
    details.change(office, who.member_id, Detail.ADDRESS, new)
    with office.store.transaction():
        choices.choose_within(office, who.member_id, {Choice.REMINDER_DAYS: "5"})
        case = cases.open_within(office, CaseKind.CONTACT, {"by": "渡辺"}, member_id=who.member_id)
        cases.note_within(office, case.case_id, cases.MEMBER, "渡辺です")
        cases.close_within(office, case.case_id, "answered")


def test_nobody_else_deletes_what_is_only_added_to(office, sho):
    leave_traces(office, sho)
    for table in ("choice", "member_change", "case_note"):
        with pytest.raises(Exception, match="append-only"), office.store.transaction():
            office.store.write(f"DELETE FROM {table}")


def test_after_ten_years_nothing_names_the_member_and_the_books_agree(office, sho):
    assert "渡辺" in everything(office)
    leave_traces(office, sho)
    entries = office.store.rows("SELECT * FROM entry")
    office.clock.move(YEAR * 10)
    assert next(iter(forgetting.run(office))) == "1 members."
    left = everything(office)
    for told in (
        "渡辺",
        "ワタナベ",
        "Watanabe",
        "sho@example.jp",
        "090-0000-0069",
        "架空町",
        "9990110000000063",
    ):
        assert told not in left
    assert office.store.rows("SELECT * FROM entry") == entries
    assert list(verify.differences(office)) == []
    assert list(audit.differences(office)) == []


def test_a_day_too_early_nobody_goes(office, sho):
    office.clock.move(timedelta(days=3652 - 31))
    assert forgetting.plan(office).members == []
    assert [one.number for one, _ in forgetting.soon(office)] == ["100000069"]
    assert not forgetting.forget(office, sho.member_id)


def test_whoever_still_has_a_contract_stays_however_old(office):
    people.ichiro(office)
    office.clock.move(YEAR * 30)
    assert next(iter(forgetting.run(office))) == "0 members."
    assert "鈴木" in everything(office)


def test_an_open_case_keeps_the_data(office, sho):
    with office.store.transaction():
        office.store.write(
            "INSERT INTO case_file (kind, member_id, opened_at, read_from) VALUES ('contact', ?, 0, 0)",
            (sho.member_id,),
        )
    office.clock.move(YEAR * 10)
    assert forgetting.plan(office).members == []


def test_running_twice_and_at_once_forgets_once(office, sho):
    office.clock.move(YEAR * 10)
    at_once(office, 2, lambda: list(forgetting.run(office)))
    assert len(audit.found(office, Filter(kind="forgotten"))) == 1
    assert next(iter(forgetting.run(office))) == "0 members."


def test_letters_and_sign_ins_go_by_their_own_terms(office):
    people.hanako(office)
    count = office.store.one("SELECT COUNT(*) FROM letter WHERE state NOT IN ('new', 'claimed')")[0]
    office.clock.move(YEAR * 4)
    assert forgetting.plan(office).letters == count
    list(forgetting.run(office))
    assert forgetting.plan(office).letters == forgetting.plan(office).sign_ins == 0
    assert letters.contact(office.store, 1).email == "hanako@example.jp"


def test_a_request_that_came_to_nothing_loses_the_person(office):
    who = desk.colleague(office, "desk1")
    new_contract.ask(office, contracts.wish(), "店頭", who)
    office.clock.move(timedelta(days=365) + timedelta(hours=73))
    assert forgetting.plan(office).requests == 1
    list(forgetting.run(office))
    assert "鈴木" not in everything(office) + str(office.store.rows("SELECT * FROM desk_request"))


def test_every_table_with_a_member_or_a_contract_in_it_is_accounted_for(office):
    known = {one.table for one in held.HELD}
    for table in tables(office.store):
        if {"member_id", "contract_id"} & set(held.columns_of(office.store, table)):
            assert table in known, f"{table}: say in store/held.py what is told of it and what becomes of it"


def test_a_forgotten_member_is_found_no_more_and_has_no_pages(office, sho):
    office.clock.move(YEAR * 10)
    list(forgetting.run(office))
    assert person_acts.person(office, "100000069") is None
