"""Nobody approves what they asked for, by no route; what is approved is carried out once and in time."""

from datetime import timedelta

import pytest

from madoguchi.domain.staff import Role
from madoguchi.services import audit, four_eyes, staff
from madoguchi.services.four_eyes import NO_RIGHT, OVER, OWN, Act, Cannot, Done
from madoguchi.store.audit import Filter
from tests.support import desk
from tests.support.together import each_at_once


@pytest.fixture
def done():
    """What was carried out."""
    return []


@pytest.fixture
def acts(done):
    """One act that notes that it was done, and one that cannot be."""

    def perform(_office, request, who):
        done.append((request.facts["amount"], who.name))

    told = lambda _office, request: [("金額", request.facts["amount"])]  # noqa: E731
    return {
        "waive": Act("waive", "減免", told, perform),
        "never": Act("never", "できないこと", told, lambda *_: "いまはできません。"),
    }


@pytest.fixture
def two(office):
    """An operator and an approver."""
    return desk.colleague(office, "desk1"), desk.colleague(office, "desk2", Role.APPROVER)


def ask(office, acts, who, act="waive"):
    """A request about 500 yen."""
    return four_eyes.ask(office, acts[act], None, {"amount": 500}, "お客さまの申し出", who)


def test_what_another_approves_is_carried_out(office, acts, two, done):
    number = ask(office, acts, two[0])
    assert four_eyes.approve(office, acts, number, two[1]) == Done()
    assert done == [(500, "desk2")]
    assert [line.kind for line in audit.found(office, Filter())][:2] == ["approved", "asked"]


def test_what_whoever_decided_had_before_their_eyes_stays_with_the_decision(office, acts, two):
    approved, refused, withdrawn = (ask(office, acts, two[0]) for _ in range(3))
    four_eyes.approve(office, acts, approved, two[1])
    four_eyes.refuse(office, acts, refused, two[1], "書類が足りません")
    four_eyes.withdraw(office, acts, withdrawn, two[0])
    for number in (approved, refused, withdrawn):
        assert four_eyes.read(office, number).shown == [("金額", 500)]


def test_nobody_approves_their_own_not_even_in_a_second_session(office, acts, two, done):
    number = ask(office, acts, two[1])
    office.clock.move(timedelta(seconds=30))
    again = staff.current(office, desk.enter(office, "desk2").token)
    assert four_eyes.approve(office, acts, number, two[1]) == OWN
    assert four_eyes.approve(office, acts, number, again) == OWN
    assert four_eyes.refuse(office, acts, number, again, "x") == OWN
    assert done == []


def test_an_operator_approves_nothing(office, acts, two, done):
    number = ask(office, acts, two[1])
    assert four_eyes.approve(office, acts, number, two[0]) == NO_RIGHT
    assert done == []


def test_the_database_itself_refuses_one_pair_of_eyes(office, acts, two):
    number = ask(office, acts, two[0])
    with pytest.raises(Exception, match=r"(?i)check"), office.store.transaction():
        office.store.write("UPDATE desk_request SET decided_by = asked_by, outcome = 'approved'")
    assert four_eyes.read(office, number).outcome == ""


def test_after_three_days_nothing_is_decided_any_more(office, acts, two, done):
    number = ask(office, acts, two[0])
    office.clock.move(four_eyes.LIFE)
    assert four_eyes.approve(office, acts, number, two[1]) == OVER
    assert four_eyes.waiting(office) == []
    assert done == []


def test_two_approvers_at_once_carry_it_out_once(office, acts, two, done):
    other = desk.colleague(office, "desk3", Role.APPROVER)
    number = ask(office, acts, two[0])
    presses = [lambda who=who: four_eyes.approve(office, acts, number, who) for who in (two[1], other)]
    found = each_at_once(office, presses)
    assert sorted(map(type, found), key=str) == sorted([Done, Cannot], key=str)
    assert len(done) == 1


def test_what_cannot_be_done_leaves_the_request_open(office, acts, two):
    number = ask(office, acts, two[0], "never")
    assert four_eyes.approve(office, acts, number, two[1]) == Cannot("いまはできません。")
    assert four_eyes.read(office, number).outcome == ""


def test_only_whoever_asked_takes_it_back(office, acts, two):
    number = ask(office, acts, two[0])
    assert isinstance(four_eyes.withdraw(office, acts, number, two[1]), Cannot)
    assert four_eyes.withdraw(office, acts, number, two[0]) == Done()
    assert four_eyes.approve(office, acts, number, two[1]) == OVER
