"""Transfers that fail or stay unknown, and debits that come back, each become one case."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from madoguchi.ports.bank import Pending, Rejected, Settled
from madoguchi.services import debit_results, payouts, transfer_cases
from madoguchi.services.payouts import CLAIM
from madoguchi.store import cases
from tests import people
from tests.support.banks import Member, Scripted
from tests.support.casework import open_cases
from tests.support.debits import filed, mandated, result_of, three_due_on_the_25th
from tests.support.money import sound
from tests.support.together import at_once

PAID = Settled("F1", date(2026, 11, 20))
NO = Rejected("no_account", "この番号の口座が見つかりませんでした")
SILENT = Scripted(*[Pending()] * 50)


@pytest.fixture
def hanako(office):
    """Hanako, who borrowed 20,000 yen that the bank has not heard of yet."""
    member = Member(office, people.hanako(office))
    member.seq = member.borrow(20_000)
    return member


def delivered(office, answer):
    """Let the worker hear the bank's answer."""
    office.clock.move(CLAIM)
    payouts.deliver(replace(office, bank=Scripted(answer)))


def unknown(office, minutes):
    """Let minutes pass in which the bank says nothing, and let the worker look for such transfers."""
    delivered(office, Pending())
    office.clock.move(timedelta(minutes=minutes))
    return transfer_cases.open_unknown(replace(office, bank=SILENT))


def told(office):
    """What each case about transfers says happened, and how it ended."""
    found = [cases.read(office.store, number) for (number,) in office.store.rows("SELECT id FROM case_file")]
    return [(case.facts["what"], case.outcome) for case in found if case.kind == "transfer"]


def test_a_transfer_that_the_bank_refused_is_a_case_of_its_member(office, hanako):
    delivered(office, NO)
    [case] = open_cases(office)
    assert (case.kind, case.subject_id, case.member_id) == ("transfer", 1, hanako.who.member_id)
    assert told(office) == [("returned", "")]
    assert sound(office)


def test_a_transfer_that_was_sent_is_none(office, hanako):
    delivered(office, PAID)
    assert (open_cases(office), unknown(office, 60)) == ([], 0)


def test_silence_becomes_a_case_after_the_lenders_minutes_and_only_once(office, hanako):
    assert unknown(office, 20) == 0
    assert unknown(office, 10) == 1
    assert unknown(office, 60) == 0
    assert told(office) == [("unknown", "")]


def test_two_workers_open_one_case(office, hanako):
    office.clock.move(timedelta(minutes=31))
    quiet = replace(office, bank=SILENT)
    assert sum(at_once(office, 4, lambda: transfer_cases.open_unknown(quiet))) == 1
    assert told(office) == [("unknown", "")]


def test_the_banks_late_yes_ends_the_case(office, hanako):
    unknown(office, 40)
    delivered(office, PAID)
    assert told(office) == [("unknown", "settled")]
    assert [note.by_whom for note in cases.notes(office.store, 1)] == ["system"]


def test_the_banks_late_no_goes_on_in_the_same_case(office, hanako):
    unknown(office, 40)
    delivered(office, NO)
    assert told(office) == [("unknown", "")]
    assert "見つかりませんでした" in cases.notes(office.store, 1)[-1].text


def test_where_the_bank_is_reached_by_files_silence_is_no_case(office, hanako):
    office.clock.move(timedelta(hours=5))
    assert transfer_cases.open_unknown(replace(office, bank=None)) == 0
    assert transfer_cases.open_unknown(replace(office, bank=SILENT, transfers=object())) == 0


def test_all_that_failed_in_a_result_file_is_one_case_however_often_it_comes(office):
    three_due_on_the_25th(office)
    file = filed(office)
    for _ in range(2):
        debit_results.take(office, result_of(office, file, 0, 1, 2))
    [case] = open_cases(office)
    assert (case.kind, case.subject_id, case.facts) == ("debit", file.id, {"paid": 1, "failed": 2})


def test_a_result_file_without_failures_is_no_case(office):
    mandated(office, people.hanako(office))
    file = filed(office)
    debit_results.take(office, result_of(office, file, 0))
    assert open_cases(office) == []
