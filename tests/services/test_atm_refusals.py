"""What the smartphone ATM refuses: amounts, states, links that do not work; and what its page knows."""

from datetime import timedelta

import pytest

from madoguchi.domain.rights import Rights
from madoguchi.services import atm, atm_authorise, atm_settle, verify
from tests import people
from tests.support.atm import ask, ask_in, linked, question, withdraw
from tests.support.money import standing

MINUTE = timedelta(minutes=1)


def test_the_day_has_a_limit_that_reversals_give_back(office):
    ken = people.ken(office)
    withdraw(office, ken, 150_000)
    refused = ask(office, ken, 60_000)
    assert (refused.told["code"], refused.told["ask"]) == ("T-16", "amount")
    assert "あと50,000円" in refused.told["message"]
    last = withdraw(office, ken, 50_000)
    assert ask(office, ken, 1_000).told["ask"] == "end"
    atm_settle.reverse(office, last)
    withdraw(office, ken, 50_000)
    office.clock.move(timedelta(hours=15))
    withdraw(office, ken, 200_000)


@pytest.mark.parametrize(
    ("amount", "code"), [(500, "T-17"), (1_500, "T-17"), (301_000, "T-16"), (200_000, None)]
)
def test_amounts_are_refused_by_the_rule_that_stops_them(office, amount, code):
    assert ask(office, people.ichiro(office), amount).told.get("code") == code


def test_never_more_than_is_left_of_the_limit(office):
    ichiro = people.ichiro(office)
    withdraw(office, ichiro, 200_000)
    office.clock.move(timedelta(days=1))
    refused = ask(office, ichiro, 101_000)
    assert (refused.told["code"], refused.told["ask"]) == ("T-15", "amount")
    withdraw(office, ichiro, 100_000)
    assert list(verify.differences(office)) == []


def test_a_third_of_the_income_is_the_law_at_a_machine_too(office):
    hanako = people.hanako(office)
    with office.store.transaction():
        office.store.write("UPDATE member SET annual_income = 750000")
    assert ask(office, hanako, 19_000).told["code"] == "B-06"  # 250,000 less 231,844
    withdraw(office, hanako, 18_000)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (people.misaki, "T-03"),
        (people.yui, "T-02"),
        (people.sakura, "T-05"),
    ],
)
def test_each_state_stops_withdrawals_with_its_code_and_no_state_stops_repaying(office, make, code):
    who = make(office)
    assert ask(office, who, 1_000).told["code"] == code
    if standing(office, who).debt:
        assert ask_in(office, who, 1_000).result == "approved"
    else:
        assert ask_in(office, who, 1_000).told["code"] == "T-18"


def test_a_closed_contract_without_debt_takes_nothing(office):
    sho = people.sho(office)
    assert ask(office, sho, 1_000).told["code"] == "T-01"
    assert ask_in(office, sho, 1_000).told["code"] == "R-01"


def test_notes_go_in_by_the_thousand_and_not_without_end(office):
    hanako = people.hanako(office)
    assert ask_in(office, hanako, 1_500).told["code"] == "T-17"
    assert ask_in(office, hanako, 501_000).told["code"] == "T-19"


def test_another_company_number_finds_nobody(office):
    ichiro = people.ichiro(office)
    told = ask(office, ichiro, 1_000, company="8439")
    assert (told.told["code"], told.told["ask"]) == ("T-13", "company")


def test_a_link_works_ten_minutes_once_and_until_it_is_ended(office):
    ichiro = people.ichiro(office)
    ended = linked(office, ichiro)
    assert atm.unlink(office, ichiro.contract_id)
    late = linked(office, ichiro)
    office.clock.move(10 * MINUTE)
    used = linked(office, ichiro)
    atm_authorise.authorise(office, question(ichiro, used, 1_000))
    for screen in (ended, late, used, "0000000000"):
        told = atm_authorise.authorise(office, question(ichiro, screen, 1_000))
        assert (told.result, told.told["code"]) == ("refused", "T-14")


def test_a_new_link_ends_the_one_before(office):
    ichiro = people.ichiro(office)
    first, second = linked(office, ichiro), linked(office, ichiro)
    assert atm_authorise.authorise(office, question(ichiro, first, 1_000)).told["code"] == "T-14"
    assert atm_authorise.authorise(office, question(ichiro, second, 1_000)).result == "approved"


def test_two_members_cannot_link_one_machine(office):
    ichiro, hanako = people.ichiro(office), people.hanako(office)
    screen = linked(office, ichiro)
    assert atm.link(office, ichiro.contract_id, screen) is atm.Linking.LINKED
    assert atm.link(office, hanako.contract_id, screen) is atm.Linking.TAKEN


def test_the_page_knows_what_is_left_and_what_came_last(office):
    ichiro = people.ichiro(office)
    withdraw(office, ichiro, 150_000)
    now = standing(office, ichiro)
    seen = atm.look(office, ichiro.contract_id, ichiro.member_id, now, Rights())
    assert (seen.left_today, seen.most, seen.last.stage) == (50_000, 50_000, "confirmed")
    assert seen.linked_to is None


def earning(office, who, income):
    """This member's yearly income as recorded."""
    with office.store.transaction():
        office.store.write("UPDATE member SET annual_income = ? WHERE id = ?", (income, who.member_id))


@pytest.mark.parametrize(("income", "code", "ask_next"), [(150_000, "B-06", "amount"), (0, "B-07", "end")])
def test_the_law_of_a_third_holds_at_machines_too(office, income, code, ask_next):
    ichiro = people.ichiro(office)
    earning(office, ichiro, income)
    refused = ask(office, ichiro, 51_000)
    assert (refused.told["code"], refused.told["ask"]) == (code, ask_next)


def test_what_a_third_of_the_income_leaves_can_be_drawn(office):
    ichiro = people.ichiro(office)
    earning(office, ichiro, 152_999)
    now = standing(office, ichiro)
    assert atm.look(office, ichiro.contract_id, ichiro.member_id, now, Rights()).most == 50_000
    withdraw(office, ichiro, 50_000)
    assert ask(office, ichiro, 1_000).told["code"] == "B-06"
