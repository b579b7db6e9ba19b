"""A contract is asked for by one and opened by another, with numbers of its own and a ticket for the PIN."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from madoguchi.domain.screening import Obstacle
from madoguchi.domain.staff import Role
from madoguchi.services import audit, counter, four_eyes, mail_change, new_contract, verify
from madoguchi.services.desk_acts import ACTS
from madoguchi.services.four_eyes import OWN, Cannot, Done
from madoguchi.services.new_contract import Asked, Unfit
from madoguchi.store import contracts, dossier
from madoguchi.store.audit import Filter
from tests import people
from tests.support import desk
from tests.support.contracts import wish
from tests.support.mailbox import letters
from tests.support.together import at_once

WISH = wish()


@pytest.fixture
def two(office):
    """An operator and an approver."""
    return desk.colleague(office, "desk1"), desk.colleague(office, "desk2", Role.APPROVER)


def asked(office, two, wish=WISH):
    """The number of a request."""
    found = new_contract.ask(office, wish, "店頭でのお申し込み", two[0])
    assert isinstance(found, Asked)
    return found.request


def opened(office, two, wish=WISH):
    """The contract that came of a request."""
    number = asked(office, two, wish)
    assert four_eyes.approve(office, ACTS, number, two[1]) == Done()
    return four_eyes.read(office, number).contract_id


def test_the_approved_contract_has_its_terms_its_letter_and_a_ticket_for_the_pin(office, two):
    contract_id = opened(office, two)
    row = contracts.read(office.store, contract_id)
    assert (row.standing.limit, row.standing.rate, row.standing.due_day) == (300_000, 1780, 15)
    assert row.standing.first_contract
    assert counter.open_of(office, contract_id)
    assert letters(office, "welcome")[0]["to"] == "ichiro@example.jp"
    assert dossier.account_of(office.store, row.member_id).number == "0000027"


def test_the_papers_are_noted_and_the_books_agree(office, two):
    contract_id = opened(office, two, replace(WISH, first=False, account=None))
    line = audit.found(office, Filter(kind="contract_opened"))[0]
    assert line.facts["document"] == "運転免許証"
    assert line.by_whom == "desk2"
    assert not contracts.read(office.store, contract_id).standing.first_contract
    assert list(verify.differences(office)) == []


def test_numbers_go_up_and_pass_over_those_that_are_taken(office, two):
    first, second = (
        opened(office, two, replace(WISH, name=name, shared=name == "鈴木 二郎"))
        for name in ("鈴木 一郎", "鈴木 二郎")
    )
    numbers = [dossier.who(office.store, number).number for number in new_contract.same_person(
        office, WISH.name_kana, WISH.birth_date)]  # fmt: skip
    assert numbers == ["200000000"[:8] + numbers[0][8], "20000001" + numbers[1][8]]
    assert first != second


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"limit": 1_210_000}, [Obstacle.THIRD, Obstacle.PAPERS]),
        ({"birth_date": date(2010, 1, 1)}, [Obstacle.YOUNG]),
    ],
)
def test_what_the_law_forbids_is_not_even_asked_for(office, two, change, found):
    assert new_contract.ask(office, replace(WISH, **change), "x", two[0]) == Unfit(found)
    assert four_eyes.waiting(office) == []


def test_whoever_asked_does_not_approve(office, two):
    number = new_contract.ask(office, WISH, "x", two[1]).request
    assert four_eyes.approve(office, ACTS, number, two[1]) == OWN


def test_what_no_longer_holds_on_the_day_of_approval_is_not_opened(office, two):
    number = asked(office, two)
    terms = replace(office.rules.lending_terms, limit_highest=100_000)
    stricter = replace(office, rules=replace(office.rules, lending_terms=terms))
    assert isinstance(four_eyes.approve(stricter, ACTS, number, two[1]), Cannot)
    assert new_contract.same_person(office, WISH.name_kana, WISH.birth_date) == []


def test_two_presses_are_one_request_and_two_approvals_one_contract(office, two):
    found = at_once(office, 2, lambda: new_contract.ask(office, WISH, "x", two[0]))
    assert found[0] == found[1]
    number = found[0].request
    outcomes = at_once(office, 2, lambda: four_eyes.approve(office, ACTS, number, two[1]))
    assert sorted(type(one).__name__ for one in outcomes) == ["Cannot", "Done"]
    assert len(new_contract.same_person(office, WISH.name_kana, WISH.birth_date)) == 1


def test_whoever_decides_is_told_of_a_member_with_the_same_name_and_birthday(office, two):
    people.ichiro(office)
    told = dict(new_contract.told(office, four_eyes.read(office, asked(office, two))))
    assert told["同じお名前・生年月日の会員"] == "100000027"
    office.clock.move(timedelta(hours=1))
    assert told["利用限度額・利率"] == "300,000円 年17.8%"


def test_an_address_that_another_member_has_needs_a_word_that_both_share_it(office, two):
    opened(office, two)
    number = asked(office, two, replace(WISH, name="鈴木 二郎"))
    assert four_eyes.approve(office, ACTS, number, two[1]) == Cannot(mail_change.TAKEN)
    assert opened(office, two, replace(WISH, name="鈴木 三郎", shared=True))
