"""A lost card or misuse told without signing in: held at once, a case either way, and nothing shows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from madoguchi.domain.identity import Claim
from madoguchi.domain.rights import State, states_of
from madoguchi.services import locks, reports, shut, verify
from madoguchi.services.links import Browser
from madoguchi.services.reports import Taken, TooMany
from madoguchi.store import contracts
from tests import people
from tests.support.mailbox import letters
from tests.support.members import statements
from tests.support.together import at_once

HERE = Browser("iPhoneのSafari", "203.0.113.0/24")


@pytest.fixture
def hanako(office):
    return people.newcomer(office, people.cast.HANAKO)


def claim(who, **changes):
    """What the member would type."""
    member = who.persona.member
    return replace(Claim(member.name_kana, member.birth_date, member.number), **changes)


def states(office, who):
    """The states of the contract."""
    return states_of(contracts.read(office.store, who.contract_id).states)


def cases(office):
    """(kind, member, closed) of every case."""
    return office.store.rows("SELECT kind, member_id, closed_at FROM case_file ORDER BY id")


def test_a_match_is_on_hold_at_once_with_a_case_and_a_letter(office, hanako):
    assert reports.lost_card(office, claim(hanako), HERE) == Taken()
    assert states(office, hanako) == {State.HELD}
    assert shut.why_held(office, hanako.contract_id) == reports.LOST_REPORT
    assert cases(office) == [("lost_card", hanako.member_id, None)]
    assert [one["kind"] for one in letters(office)] == ["card_reported"]
    assert list(verify.differences(office)) == []


def test_nobody_s_report_opens_a_case_too_and_holds_nothing(office, hanako):
    assert reports.lost_card(office, claim(hanako, number="100000999"), HERE) == Taken()
    assert states(office, hanako) == set()
    assert cases(office) == [("lost_card", None, None)]
    assert letters(office) == []


def test_told_again_it_notes_and_writes_no_second_letter(office, hanako):
    for _ in range(2):
        reports.lost_card(office, claim(hanako), HERE)
    assert len(cases(office)) == 1
    assert len(letters(office, "card_reported")) == 1
    assert len(office.store.rows("SELECT 1 FROM case_note")) == 1


def test_a_hold_by_guessing_is_no_longer_lifted_by_its_owner_alone(office, hanako):
    locks.hold_card(office, hanako.contract_id)
    reports.lost_card(office, claim(hanako), HERE)
    assert not shut.ways(office, None).by_code
    assert shut.why_held(office, hanako.contract_id) == reports.LOST_REPORT
    reasons = office.store.rows("SELECT reason FROM contract_state WHERE ended_at IS NULL ORDER BY id")
    assert reasons == [(locks.GUESSING,), (reports.LOST_REPORT,)]


def test_misuse_signs_out_holds_and_stops_borrowing(office, hanako):
    assert reports.misuse(office, claim(hanako), HERE) == Taken()
    assert states(office, hanako) == {State.HELD, State.STOPPED}
    assert cases(office) == [("misuse", hanako.member_id, None)]
    assert [one["kind"] for one in letters(office)] == ["all_stopped"]


@pytest.mark.parametrize("report", [reports.lost_card, reports.misuse])
def test_one_number_is_named_five_times_an_hour_whoever_it_is(office, hanako, report):
    for name in ("サトウ アイ", "サトウ ユイ", "サトウ マイ", "サトウ メイ", "サトウ レイ"):
        assert report(office, claim(hanako, name_kana=name), HERE) == Taken()
    assert report(office, claim(hanako), HERE) == TooMany()
    assert states(office, hanako) == set()
    office.clock.move(timedelta(hours=1))
    assert report(office, claim(hanako), HERE) == Taken()
    assert State.HELD in states(office, hanako)


def test_the_reads_are_the_same_for_somebody_and_for_nobody(office, hanako):
    def reads(one):
        with statements(office.store) as asked:
            reports.lost_card(office, one, HERE)
        return [sql for sql in asked if sql.startswith("SELECT") and "contract_state" not in sql]

    assert reads(claim(hanako)) == reads(claim(hanako, number="100000999"))


def test_a_search_for_a_birth_date_uses_its_index(office, hanako):
    if not office.store.sqlite:
        return
    sql = "EXPLAIN QUERY PLAN SELECT id, number, name_kana, phone FROM member WHERE birth_date = 19880412"
    assert "member_birth" in office.store.one(sql)[-1]


def test_eight_at_once_are_one_hold_one_case_and_one_letter(office, hanako):
    office = replace(office, rules=replace(office.rules, lost_card=replace(office.rules.lost_card, hour=99)))
    at_once(office, 8, lambda: reports.lost_card(office, claim(hanako), HERE))
    assert len(cases(office)) == 1
    assert len(letters(office, "card_reported")) == 1
    assert len(office.store.rows("SELECT 1 FROM contract_state WHERE ended_at IS NULL")) == 1


def test_five_an_hour_hold_against_eight_at_once(office, hanako):
    found = at_once(office, 8, lambda: reports.lost_card(office, claim(hanako), HERE))
    assert found.count(Taken()) == 5
