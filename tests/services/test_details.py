"""Details on file: changed with what was kept, told by letter, and an income that opens nothing."""

import pytest

from madoguchi.services import details
from madoguchi.services.details import Changed, Detail, Unchanged
from madoguchi.store import accounts
from tests import people
from tests.support.mailbox import letters
from tests.support.post import Bag, with_carriers
from tests.support.together import at_once

NEW = {"postcode": "160-0022", "address": "東京都新宿区新宿1-2-3"}
OLD = {"postcode": "100-0000", "address": "東京都千代田区架空町1-2-3"}


@pytest.fixture
def ichiro(office):
    """鈴木 一郎 with 3,600,000 yen a year on file."""
    return people.newcomer(office)


def income(office, who):
    """The income that borrowing reckons with."""
    return accounts.means(office.store, who.member_id, who.contract_id).annual_income


def state(office, who, yen):
    """State an income on the site."""
    new = {"employer": "架空商事株式会社", "income_stated": yen}
    return details.change(office, who.member_id, Detail.WORK, new)


def test_a_change_keeps_what_was_and_says_who_when_and_how(office, ichiro):
    assert details.change(office, ichiro.member_id, Detail.ADDRESS, NEW) == Changed(OLD)
    (line,) = details.past(office, ichiro.member_id, Detail.ADDRESS)
    assert (line.was, line.became, line.at) == (OLD, NEW, office.now())
    assert (line.by_whom, line.way) == ("member", "site")
    assert details.on_file(office, ichiro.member_id).address == NEW["address"]
    assert [(one["kind"], one["to"]) for one in letters(office)] == [("address_changed", "ichiro@example.jp")]


def test_the_desk_changes_by_the_same_act_under_its_own_name(office, ichiro):
    details.change(office, ichiro.member_id, Detail.PHONE, {"phone": "090-0000-1111"}, by_whom="desk1")
    (line,) = details.past(office, ichiro.member_id, Detail.PHONE)
    assert (line.by_whom, line.way) == ("desk1", "desk")


def test_what_stands_already_is_no_change_and_no_letter(office, ichiro):
    assert details.change(office, ichiro.member_id, Detail.ADDRESS, OLD) == Unchanged()
    assert details.past(office, ichiro.member_id, Detail.ADDRESS) == []
    assert letters(office) == []


def test_the_same_press_eight_times_at_once_is_one_change_and_one_letter(office, ichiro):
    change = lambda: details.change(office, ichiro.member_id, Detail.ADDRESS, NEW)  # noqa: E731
    found = at_once(office, 8, change)
    assert sorted(type(one).__name__ for one in found) == ["Changed"] + ["Unchanged"] * 7
    assert len(details.past(office, ichiro.member_id, Detail.ADDRESS)) == len(letters(office)) == 1


def test_the_history_is_the_database_s_to_keep(office, ichiro):
    details.change(office, ichiro.member_id, Detail.ADDRESS, NEW)
    with pytest.raises(Exception, match="append-only"), office.store.transaction():
        office.store.write("UPDATE member_change SET by_whom = 'nobody'")


def test_an_old_number_is_told_by_sms_where_sms_is_carried(office, ichiro):
    office = with_carriers(office, Bag(), Bag())
    details.change(office, ichiro.member_id, Detail.PHONE, {"phone": "090-0000-1111"})
    told = {(one["kind"], one["to"]) for one in letters(office)}
    old = details.past(office, ichiro.member_id, Detail.PHONE)[0].was["phone"]
    assert told == {("phone_changed", "ichiro@example.jp"), ("phone_changed_text", old)}


def test_a_page_shows_the_last_ten(office, ichiro):
    for number in range(12):
        details.change(office, ichiro.member_id, Detail.PHONE, {"phone": f"090-0000-{number:04}"})
    lines = details.past(office, ichiro.member_id, Detail.PHONE)
    assert [line.became["phone"][-2:] for line in lines] == [f"{n:02}" for n in range(11, 1, -1)]


def test_more_income_that_is_only_stated_opens_nothing(office, ichiro):
    assert isinstance(state(office, ichiro, 9_000_000), Changed)
    assert details.on_file(office, ichiro.member_id).income == 9_000_000
    assert income(office, ichiro) == 3_600_000


def test_less_income_counts_at_once(office, ichiro):
    state(office, ichiro, 1_200_000)
    assert income(office, ichiro) == 1_200_000


def test_an_income_that_papers_show_takes_the_stated_one_s_place(office, ichiro):
    state(office, ichiro, 1_200_000)
    with office.store.transaction():
        details.check_income_within(office, ichiro.member_id, 5_000_000, "desk1")
    on_file = details.on_file(office, ichiro.member_id)
    assert (on_file.income, on_file.stated, income(office, ichiro)) == (5_000_000, False, 5_000_000)
    assert details.past(office, ichiro.member_id, Detail.WORK)[0].by_whom == "desk1"


def test_an_income_that_is_not_known_stays_so_by_a_mere_statement(office, ichiro):
    with office.store.transaction():
        office.store.write("UPDATE member SET annual_income = 0")
    state(office, ichiro, 9_000_000)
    assert income(office, ichiro) == 0
