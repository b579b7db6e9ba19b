"""Importing members: all of them or none, faults by row and column, figures that verify can recompute."""

import csv
import io

import pytest

from madoguchi.domain.rights import State
from madoguchi.domain.secrets import pin_material
from madoguchi.domain.standing import due_now, payoff
from madoguchi.services import rounds, verify
from madoguchi.services.import_columns import COLUMNS
from madoguchi.services.importing import Faulty, Imported, import_members
from madoguchi.store import contracts, entries
from tests import people

HANAKO = {
    "member_number": "100000019", "name": "佐藤 花子", "name_kana": "サトウ ハナコ",
    "birth_date": "1988-06-14",
    "email": "hanako@example.jp", "card_number": "9990110000000014", "pin": "2583", "opened_on": "2025-09-24",
    "credit_limit": "500,000", "rate": "17.8", "due_day": "25", "settled_to": "2026-11-10",
    "principal": "231908", "carried_interest": "120", "next_due": "2026-11-25",
}  # fmt: skip
MISAKI = HANAKO | {
    "member_number": "100000035", "name": "高橋 美咲", "name_kana": "タカハシ ミサキ",
    "card_number": "999011000000004", "pin": "3907", "due_day": "5", "principal": "200000",
    "next_due": "2026-12-05", "arrears": "2026-11-05:8000",
}  # fmt: skip
DAISUKE = HANAKO | {
    "member_number": "100000085", "name": "中村 大輔", "name_kana": "ナカムラ ダイスケ",
    "card_number": "9990110000000089", "pin": "4670", "principal": "640", "carried_interest": "",
    "next_due": "",
}  # fmt: skip
ICHIRO = DAISUKE | {
    "member_number": "100000027", "name": "鈴木 一郎", "name_kana": "スズキ イチロウ",
    "card_number": "9990110000000022", "pin": "7416", "principal": "0",
}  # fmt: skip


def file(*rows):
    """The rows as the lines of a file."""
    names = [column.name for column in COLUMNS if any(column.name in row for row in rows)]
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(rows)
    return io.StringIO(out.getvalue())


def take(office, *rows, dry_run=False):
    """Import these rows."""
    return import_members(office, file(*rows), dry_run=dry_run, say=str)


def faults(office, *rows):
    """The faults of these rows as sentences."""
    outcome = take(office, *rows)
    assert isinstance(outcome, Faulty)
    assert office.store.one("SELECT COUNT(*) FROM member") == (0,)
    return [str(fault) for fault in outcome.faults]


def standing_of(office, number):
    """The cached figures of a member number."""
    sql = "SELECT c.id FROM contract c JOIN member m ON m.id = c.member_id WHERE m.number = ?"
    return contracts.read(office.store, office.store.one(sql, (number,))[0]).standing


def test_members_come_with_their_figures_and_verify_recomputes_them(office):
    assert take(office, HANAKO, MISAKI, DAISUKE, ICHIRO).members == 4
    hanako = standing_of(office, "100000019")
    assert (hanako.principal, hanako.interest, hanako.minimum, hanako.rate) == (231_908, 120, 9_000, 1780)
    assert str(hanako.running.day) == "2026-11-25"
    assert list(verify.differences(office)) == []
    list(rounds.close_days(office))
    assert list(verify.differences(office)) == []


def test_arrears_make_the_contract_overdue_with_damages_running(office):
    take(office, MISAKI)
    misaki = standing_of(office, "100000035")
    today, product = office.business_day(), office.rules.product
    assert due_now(misaki, today, product) == 8_000 + payoff(misaki, today, product).damages
    assert office.store.one("SELECT states FROM contract") == (State.OVERDUE.bit,)


def test_due_dates_of_days_that_are_closed_already_are_judged_at_once(office):
    list(rounds.close_days(office))
    late = HANAKO | {"opened_on": "2024-09-24", "settled_to": "2026-09-10", "next_due": "2026-09-25"}
    assert isinstance(take(office, late), Imported)
    assert list(verify.differences(office)) == []
    (row,) = (contracts.read(office.store, key) for key in contracts.ids_after(office.store, 0, 9))
    assert [due.day.month for due in row.standing.unmet] == [9, 10]


def test_the_opening_balance_is_an_entry_of_its_own_kind_and_nothing_is_no_entry(office):
    take(office, HANAKO, ICHIRO)
    (entry,) = entries.stream(office.store, 0, 99)
    assert (entry.kind.name, entry.amount, entry.interest, entry.balance) == (
        "OPENING",
        232_028,
        120,
        231_908,
    )
    assert str(entry.value_date) == "2026-11-10"


def test_the_pin_of_the_file_signs_in(office):
    take(office, HANAKO)
    (stored,) = office.store.one("SELECT pin_hash FROM card")
    material = pin_material("9990110000000014", "2583")
    assert office.hasher.verify(stored, material, keyed=True, known_device=True)


def test_a_dry_run_writes_nothing(office):
    assert take(office, HANAKO, dry_run=True) == Imported(1, 0, dry_run=True)
    assert office.store.one("SELECT COUNT(*) FROM member") == (0,)


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("member_number", "12345678", "must have 9 digits, not '12345678'"),
        ("name", "", "must not be empty"),
        ("name_kana", "さとう", "must be full-width katakana such as サトウ ハナコ, not 'さとう'"),
        ("birth_date", "1988-02-31", "must be a day such as 2026-11-20, not '1988-02-31'"),
        ("card_number", "12345", "must have 10, 15, 16 digits"),
        ("pin", "25832", "must have 4 digits"),
        ("rate", "18.1", "is above the legal cap for this credit limit"),
        ("due_day", "7", "the product has no due day 7"),
        ("settled_to", "2026-11-21", "lies in the future"),
        ("principal", "23.5", "must be whole yen such as 230000, not '23.5'"),
        ("minimum", "0", "an open debt needs a minimum above 0"),
        ("next_due", "", "an open debt needs its next due date"),
        ("principal", "231,908,000", "is above 100,000,000 yen"),
        ("carried_interest", "231909", "is more than the principal"),
        ("carried_damages", "500000", "is more than the principal"),
        ("next_due", "2027-02-25", "lies more than three months after settled_to"),
        ("birth_date", "1888-06-14", "must have a year from 1900 to 2199, not '1888-06-14'"),
        ("next_due", "2026-10-25", "the next due date must lie after the day the balance is settled to"),
    ],
)
def test_a_fault_names_its_row_and_column(office, column, cell, told):
    assert f"row 3, column {column}: {told}" in faults(office, MISAKI, HANAKO | {column: cell})


def test_a_cell_that_cannot_be_read_hides_no_contradiction_of_others(office):
    told = faults(
        office, HANAKO | {"name_kana": "さとう", "rate": "18.1", "next_due": "2026-10-25", "pin": ""}
    )
    assert [line.split(":")[0].split()[-1] for line in told] == ["name_kana", "pin", "rate", "next_due"]


def test_a_remainder_owes_no_more_interest_than_the_limit_and_nothing_is_filled(office):
    assert isinstance(take(office, DAISUKE | {"carried_interest": "700"}, dry_run=True), Imported)
    told = faults(office, DAISUKE | {"carried_interest": "500001", "filled": "100"})
    assert "row 2, column carried_interest: is more than the credit limit" in told
    assert "row 2, column filled: was paid towards a next due date, and there is none" in told


def test_a_limit_that_was_cut_below_the_debt_is_no_fault(office):
    cut = HANAKO | {"credit_limit": "100,000", "principal": "231908"}
    assert isinstance(take(office, cut, dry_run=True), Imported)


def test_a_secret_that_is_wrong_is_not_repeated(office):
    assert "25832" not in " ".join(faults(office, HANAKO | {"pin": "25832"}))


def test_numbers_that_stand_twice_in_the_file_are_told(office):
    told = faults(office, HANAKO, MISAKI | {"card_number": HANAKO["card_number"]})
    assert told == ["row 3, column card_number: stands in row 2 already"]


def test_numbers_that_are_in_the_books_are_told(office):
    people.hanako(office)
    outcome = take(office, HANAKO | {"member_number": "100000028"}, ICHIRO)
    assert [str(fault) for fault in outcome.faults] == [
        "row 2, column card_number: is in the database already"
    ]
    assert office.store.one("SELECT COUNT(*) FROM member") == (1,)


def test_web_ids_that_only_look_different_are_told(office):
    secret = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA"
    one = HANAKO | {"web_id": "hanako2026", "password_hash": secret}
    two = MISAKI | {"web_id": "HANAKO2026", "password_hash": secret}
    assert faults(office, one, two) == ["row 3, column web_id: stands in row 2 already"]


def test_a_hundred_faults_are_told_and_more_are_counted(office):
    outcome = take(office, *[HANAKO | {"name": ""} for _ in range(150)])
    assert (len(outcome.faults), outcome.more) == (100, True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("member_number\n1\n", "row 1, column name: is missing"),
        ("shoe_size,name\n", "row 1, column shoe_size: is no column that is known here"),
        ("", "row 1, column member_number: is missing"),
        ('"a\n', "cannot be read as CSV"),
    ],
)
def test_a_file_that_is_no_import_file_is_told(office, text, told):
    outcome = import_members(office, io.StringIO(text), dry_run=False, say=str)
    assert any(told in str(fault) for fault in outcome.faults)


def test_a_row_with_a_missing_cell_is_told(office):
    text = file(HANAKO).getvalue() + "100000035,高橋\n"
    outcome = import_members(office, io.StringIO(text), dry_run=False, say=str)
    assert "row 3, column -: has 2 cells, the header 15" in str(outcome.faults[0])


def test_every_column_is_documented():
    guide = (people.ROOT / "docs" / "importing.md").read_text()
    assert [column.name for column in COLUMNS if f"`{column.name}`" not in guide] == []
