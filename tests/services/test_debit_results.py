"""Result files: each code works once, late ones in value-date order, and what is off is refused whole."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from madoguchi.domain.debit_file import Result
from madoguchi.domain.debits import EFFECTS
from madoguchi.services import debit_results, mandates, rounds, verify
from madoguchi.services.debit_results import Refused, Taken, TakenBefore
from madoguchi.store import debits
from tests import people
from tests.support.debits import (
    facts_of_letters,
    kinds_of_letters,
    made,
    mandated,
    result_of,
    three_due_on_the_25th,
)
from tests.support.money import pay, rows, sound, standing
from tests.support.together import at_once

DUE = date(2026, 11, 25)
DAY = timedelta(days=1)


@pytest.fixture
def hanako(office):
    """佐藤 花子 with a mandate."""
    who = people.hanako(office)
    mandated(office, who)
    return who


def filed(office, on=DUE):
    """Make the file, and let its day come."""
    file = made(office, on).file
    office.clock.move((on - office.business_day()) + timedelta(hours=2))
    list(rounds.close_days(office))
    return file


def later(office, days):
    """Let days pass, with their rounds."""
    office.clock.move(timedelta(days=days))
    list(rounds.close_days(office))


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
    written, letters = rows(office, hanako), kinds_of_letters(office)
    assert debit_results.take(office, data) == TakenBefore(DUE)
    assert (rows(office, hanako), kinds_of_letters(office)) == (written, letters)


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
    monkeypatch.setattr(debit_results.time, "sleep", _stop)
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


def spoilt(data, line, column, cells):
    """A file with other cells at a place."""
    at = (line - 1) * 122 + column - 1
    return data[:at] + cells.encode("shift_jis") + data[at + len(cells) :]


@pytest.mark.parametrize(
    ("line", "column", "cells", "words"),
    [
        (1, 5, "9999999999", "it is for 9999999999"),
        (1, 55, "1126", "no file of ours"),
        (2, 2, "0009", "bank is 0009, and 0001 was asked for"),
        (2, 21, "001", "branch is 001"),
        (2, 43, "2", "kind is 2"),
        (2, 44, "1", "number is"),
        (2, 92, "00000000000009000001", "no file of ours"),
        (2, 111, "7", "customer is"),
        (2, 85, "x", "digits only"),
        (2, 112, "5", "no result code"),
        (2, 112, "1", "1 paid debits, the lines give 0"),
        (3, 8, "000000009001", "the lines give 9000"),
        (4, 2, "x", "spaces"),
    ],
)
def test_a_file_that_differs_anywhere_is_refused_whole_with_its_place(
    office, hanako, line, column, cells, words
):
    file = filed(office)
    outcome = debit_results.take(office, spoilt(result_of(office, file, 0), line, column, cells))
    assert isinstance(outcome, Refused)
    assert words in outcome.sentence
    assert debits.at_bank(office.store, hanako.contract_id)
    assert "debit_paid" not in kinds_of_letters(office)


def test_an_amount_that_agrees_with_itself_but_not_with_what_was_asked_is_refused(office, hanako):
    data = result_of(office, filed(office), 0)
    for line, column in ((2, 81), (3, 8 + 2), (3, 26 + 2)):
        data = spoilt(data, line, column, "0000009001")
    outcome = debit_results.take(office, data)
    assert (outcome.line, outcome.column) == (2, 81)
    assert "amount is 9001, and 9000 was asked for" in str(outcome)


def test_another_result_for_a_file_that_was_taken_is_refused(office, hanako):
    file = filed(office)
    debit_results.take(office, result_of(office, file, 0))
    outcome = debit_results.take(office, result_of(office, file, 1))
    assert (outcome.line, outcome.column) == (2, 112)
    assert "result is 1, and 0 was taken before" in outcome.sentence


def test_a_result_before_its_day_is_refused(office, hanako):
    file = made(office, DUE).file
    outcome = debit_results.take(office, result_of(office, file, 0))
    assert "which has not come" in outcome.sentence
    assert sound(office)


def test_a_file_with_a_debit_less_is_refused(office, hanako):
    yui = people.yui(office)
    mandated(office, yui)
    file = filed(office)
    lines = result_of(office, file, 0, 0).split(b"\r\n")
    one = [lines[0], lines[1], *result_of(office, file, 0, 0).split(b"\r\n")[3:]]
    one[2] = f"8{1:06}{9_000:012}{1:06}{9_000:012}{0:06}{0:012}".encode() + b" " * 65
    outcome = debit_results.take(office, b"\r\n".join(one))
    assert isinstance(outcome, Refused)
    assert debits.at_bank(office.store, yui.contract_id)


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
