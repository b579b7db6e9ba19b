"""What rows keep as a word, the desk reads in words."""

import pytest

from madoguchi.domain.letter_kinds import Kind
from madoguchi.domain.rights import State
from madoguchi.domain.staff import Role
from madoguchi.services import (
    audit,
    borrow_stop,
    calling_in,
    card,
    deeds_card,
    locks,
    looks,
    not_me,
    person_acts,
    reports,
)
from madoguchi.services.audit import Noted
from madoguchi.store.arrangements import ARRANGEMENT
from madoguchi.web.desk import audit_words, case_words, row_words
from tests import people
from tests.support import desk

REASONS = (
    borrow_stop.REASON, calling_in.CALLED_IN, card.OWN, deeds_card.DESK, deeds_card.REPORTED, locks.GUESSING,
    not_me.NOT_ME, person_acts.DEATH, reports.LOST_REPORT, reports.MISUSE, ARRANGEMENT,
)  # fmt: skip


def test_every_letter_state_of_a_contract_and_reason_has_a_word():
    assert set(row_words.OF_LETTERS) == {kind.value for kind in Kind}
    assert set(row_words.OF_STATES) == {state.value for state in State}
    assert set(REASONS) <= set(row_words.REASONS)
    assert {"found", "returned", "reissued"} <= set(case_words.OUTCOMES)


@pytest.mark.parametrize("noted", Noted)
def test_every_fact_of_the_audit_log_has_a_name(noted):
    assert noted.keys <= set(audit_words.NAMES)


def test_the_audit_log_says_whom_a_line_is_about_and_for_which_case(visitor, office):
    who, number = desk.colleague(office, "desk3"), people.cast.HANAKO.member.number
    looks.begin(office, number, None, "電話でのご相談", who, "s" * 43)
    with office.store.transaction():
        told = {"asked": "お名前", "reason": "お電話", "request": 1}
        audit.note_within(office, Noted.MAIL_SET_RIGHT, "desk3", member_id=1, **told)
    desk.walk_in(visitor, office, "desk4", Role.AUDITOR)
    page = visitor.get("/desk/audit")
    assert visitor.find(f"//td/a[@href='/desk/members/{number}']")
    assert visitor.find("//td/a[@href='/desk/cases/1']")
    assert "変えたもの: メールアドレス" in page.text
