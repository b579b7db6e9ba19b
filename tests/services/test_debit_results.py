"""Result files: each code has its effect once, late ones in value-date order."""

from dataclasses import replace
from datetime import timedelta

import pytest

from madoguchi.domain.debit_file import Result
from madoguchi.domain.debits import EFFECTS
from madoguchi.domain.papers import PaperKind
from madoguchi.services import debit_results, mandates, pace, verify
from madoguchi.services.debit_results import Taken, TakenBefore
from madoguchi.services.papers import look
from madoguchi.store import debits
from tests import people
from tests.support.debits import (
    DUE,
    facts_of_letters,
    filed,
    kinds_of_letters,
    later,
    mandated,
    result_of,
    three_due_on_the_25th,
)
from tests.support.mailbox import letters
from tests.support.money import pay, rows, sound, standing
from tests.support.together import at_once

DAY = timedelta(days=1)
RECEIPT = PaperKind.RECEIPT


@pytest.fixture
def hanako(office):
    """佐藤 花子 with a mandate."""
    who = people.hanako(office)
    mandated(office, who)
    return who


def test_a_paid_debit_is_posted_on_its_day_and_told(office, hanako):
    file = filed(office)
    assert debit_results.take(office, result_of(office, file, 0)) == Taken(DUE, 1, 0)
    last = rows(office, hanako)[-1]
    assert (last.value_date, last.amount, last.cause.split("|")[0]) == (DUE, 9_000, "口座振替")
    assert standing(office, hanako).late_since is None
    assert kinds_of_letters(office)[-1] == "debit_paid"
    assert debits.at_bank(office.store, hanako.contract_id) == []
    later(office, 1)
    assert standing(office, hanako).late_since is None
    assert sound(office)


@pytest.mark.parametrize("code", [1, 2, 3, 4, 8, 9])
def test_a_debit_that_failed_misses_its_due_date_and_ends_the_mandate_where_it_must(office, hanako, code):
    file = filed(office)
    assert debit_results.take(office, result_of(office, file, code)) == Taken(DUE, 0, 1)
    assert kinds_of_letters(office)[-1] == "debit_failed"
    later(office, 2)
    assert standing(office, hanako).late_since == DUE + DAY
    active = mandates.look(office, hanako.contract_id).active
    assert (active is None) == (code in (2, 3, 4))
    assert sound(office)


@pytest.mark.parametrize("code", [2, 3, 4])
def test_who_has_to_apply_anew_is_told_that_arrears_come_first(office, hanako, code):
    debit_results.take(office, result_of(office, filed(office), code))
    (letter,) = letters(office, "debit_failed")
    assert "遅れている分のお支払いがすべて済んでから" in letter["then"]


def test_each_code_is_told_in_its_own_words():
    assert len({effect.told for effect in EFFECTS.values()}) == len(EFFECTS) == len(Result)


def test_while_pending_nothing_is_late_and_interest_runs_on(office, hanako):
    file = filed(office)
    before = standing(office, hanako).interest
    later(office, 3)
    now = standing(office, hanako)
    assert ([due.day for due in now.pending], now.late_since) == ([DUE], None)
    assert now.interest >= before
    assert debits.at_bank(office.store, hanako.contract_id)[0].on == file.due_on
    assert sound(office)


def test_a_late_yes_with_payments_in_between_is_split_again_by_value_dates(office, hanako):
    file = filed(office)
    later(office, 1)
    first = pay(office, hanako, 4_000, "p1").entry
    later(office, 1)
    second = pay(office, hanako, 5_000, "p2").entry
    later(office, 1)
    debit_results.take(office, result_of(office, file, 0))
    anew = {row.replaces: row for row in rows(office, hanako) if row.replaces}
    assert set(anew) == {first.seq, second.seq}
    assert [anew[one.seq].amount for one in (first, second)] == [4_000, 5_000]
    assert anew[first.seq].interest < first.interest, "the debit took the interest up to its day"
    (facts,) = facts_of_letters(office, "debit_paid")
    assert "11月26日の4,000円、11月27日の5,000円" in facts
    paid = next(
        row for row in rows(office, hanako) if row.cause.startswith("口座振替") and row.value_date == DUE
    )
    (letter,) = letters(office, "debit_paid")
    assert letter["balance"] == f"{look(office, hanako.contract_id, paid.seq, RECEIPT).balance:,}"
    assert standing(office, hanako).late_since is None
    assert sound(office)


def test_a_late_no_with_a_payment_in_between_makes_it_late_from_the_day_after(office, hanako):
    file = filed(office)
    later(office, 2)
    between = pay(office, hanako, 5_000).entry
    later(office, 1)
    debit_results.take(office, result_of(office, file, 1))
    again = next(row for row in rows(office, hanako) if row.replaces == between.seq)
    assert (between.damages, again.damages > 0) == (0, True)
    (letter,) = letters(office, "debit_failed")
    assert letter["corrected"] == "11月27日の5,000円"
    assert standing(office, hanako).late_since == DUE + DAY
    assert sound(office)


def test_what_was_paid_in_full_meanwhile_makes_the_debit_a_deposit(office, hanako):
    file = filed(office)
    later(office, 1)
    pay(office, hanako, standing(office, hanako).debt + 5_000)
    debit_results.take(office, result_of(office, file, 0))
    found = standing(office, hanako)
    assert (found.principal, found.deposit > 9_000) == (0, True)
    assert sound(office)


def test_the_same_file_twice_does_nothing(office, hanako):
    file = filed(office)
    data = result_of(office, file, 0)
    debit_results.take(office, data)
    written, told = rows(office, hanako), kinds_of_letters(office)
    assert debit_results.take(office, data) == TakenBefore(DUE)
    assert (rows(office, hanako), kinds_of_letters(office)) == (written, told)


def test_the_same_file_from_four_hands_at_once_is_posted_once(office, hanako):
    file = filed(office)
    data = result_of(office, file, 0)
    found = at_once(office, 4, lambda: debit_results.take(office, data))
    assert sorted(type(one).__name__ for one in found) == ["Taken", *["TakenBefore"] * 3]
    debited = [row for row in rows(office, hanako) if row.key.endswith(f"debit:{file.id}-1")]
    assert len(debited) == 1
    assert kinds_of_letters(office).count("debit_paid") == 1
    assert sound(office)


def test_results_that_were_stopped_half_way_go_on_with_the_same_file(office, monkeypatch):
    three_due_on_the_25th(office)
    file = filed(office)
    data = result_of(office, file, 0, 1, 0)
    monkeypatch.setattr(debit_results, "FEW", 1)
    monkeypatch.setattr(pace.time, "sleep", _stop)
    with pytest.raises(KeyboardInterrupt):
        debit_results.take(office, data)
    monkeypatch.undo()
    assert len(debits.unposted(office.store, file.id, 9)) == 2
    assert debit_results.take(office, data) == TakenBefore(DUE)
    assert debits.unposted(office.store, file.id, 9) == []
    assert sorted(kinds_of_letters(office)[-3:]) == ["debit_failed", "debit_paid", "debit_paid"]
    assert sound(office)


def _stop(_seconds):
    raise KeyboardInterrupt


def test_a_closed_account_is_asked_for_a_new_mandate_and_a_new_one_takes_over(office, hanako):
    file = filed(office)
    debit_results.take(office, result_of(office, file, 2))
    assert mandates.look(office, hanako.contract_id).last.mandate.why == "bank:2"
    account = replace(mandates.look(office, hanako.contract_id).last.mandate.account, number="7777777")
    mandates.ask_for(office, hanako.contract_id, account)
    assert mandates.look(office, hanako.contract_id).asked


def test_verify_names_a_paid_debit_without_its_entry_and_a_file_that_does_not_sum_up(office, hanako):
    file = filed(office)
    debit_results.take(office, result_of(office, file, 0))
    with office.store.transaction():
        office.store.write("UPDATE debit SET amount = 9001")
    assert list(verify.differences(office)) == [
        "Debit file for 2026-11-25: 1 debits, 9000 yen are written, 1, 9001 are in it.",
        f"Contract {hanako.contract_id}: debit {file.id}-1 was paid and is not in the ledger as that.",
    ]
