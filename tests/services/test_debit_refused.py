"""Result files that are refused whole: whatever differs is named with its line and column."""

import pytest

from madoguchi.services import debit_results
from madoguchi.services.debit_results import Refused
from madoguchi.store import debits
from tests import people
from tests.support.debits import DUE, filed, kinds_of_letters, made, mandated, result_of
from tests.support.money import sound


@pytest.fixture
def hanako(office):
    """佐藤 花子 with a mandate."""
    who = people.hanako(office)
    mandated(office, who)
    return who


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
