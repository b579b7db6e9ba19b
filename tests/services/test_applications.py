"""Applications of members: sent once, taken back, answered, refused by a rule with its code."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from madoguchi.domain.applications import Kind, Stage
from madoguchi.domain.rights import State
from madoguchi.services import applications, borrow_stop, contracts
from madoguchi.services.applications import NothingOpen, Refused, Sent, Wish
from madoguchi.services.cast import HANAKO
from madoguchi.store import applications as rows
from tests import people
from tests.support.applying import CARD, CLOSING, LOWER, RAISE, open_cases, path, send, stage, visitor
from tests.support.debits import kinds_of_letters
from tests.support.money import draw, filed, pay, sound, standing
from tests.support.together import at_once


@pytest.fixture
def hanako(office):
    """佐藤 花子 in her first days: limit 500,000 at 17.8 %, due day 25, nothing borrowed."""
    return people.newcomer(office, HANAKO)


def code(outcome):
    """The reason code of a refusal."""
    assert isinstance(outcome, Refused), outcome
    return outcome.refusal.code


def test_a_raise_is_sent_told_and_becomes_a_case(office, hanako):
    sent = send(office, hanako, RAISE, proven=True)
    assert sent == Sent(1)
    assert path(office, 1) == [("sent", "member")]
    assert (open_cases(office), kinds_of_letters(office)) == (["application"], ["application_sent"])
    assert standing(office, hanako).limit == 500_000


def test_the_very_same_application_sent_again_is_the_first_one(office, hanako):
    assert send(office, hanako, CARD) == Sent(1)
    assert send(office, hanako, CARD) == Sent(1, repeated=True)
    assert kinds_of_letters(office) == ["application_sent"]


def test_only_one_application_of_a_kind_is_open(office, hanako):
    send(office, hanako, CARD)
    assert code(send(office, hanako, replace(CARD, reason="lost"))) == "A-04"
    assert isinstance(send(office, hanako, LOWER), Sent)


def test_of_many_sent_at_once_one_stands(office, hanako):
    them = visitor(office, hanako)
    found = at_once(office, 4, lambda: applications.send(office, them, CARD))
    assert sorted(one.repeated for one in found) == [False, True, True, True]
    assert len(rows.of_contract(office.store, hanako.contract_id, 9)) == 1


def test_the_database_itself_lets_no_second_one_be_open(office, hanako):
    facts = (hanako.member_id, hanako.contract_id, Kind.REISSUE, Stage.SENT, {}, office.now())
    with office.store.transaction():
        assert rows.add(office.store, *facts)
        assert rows.add(office.store, *facts) == 0


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"limit": 500_000}, "A-16"),
        ({"limit": 605_000}, "A-16"),
        ({"limit": 9_000_000}, "A-16"),
        ({"income": 2_000_000}, "A-14"),
        ({"other_debts": 1_000_000}, "A-14"),
        ({}, "A-15"),
    ],
)
def test_a_raise_that_the_law_or_the_lender_forbids_is_refused_with_its_code(office, hanako, changes, reason):
    assert code(send(office, hanako, replace(RAISE, **changes))) == reason
    assert rows.of_contract(office.store, hanako.contract_id, 9) == []


def test_a_limit_is_lowered_at_once_and_never_brings_a_higher_rate(office, hanako):
    assert send(office, hanako, replace(LOWER, limit=50_000)) == Sent(1)
    now = standing(office, hanako)
    assert (now.limit, now.rate) == (50_000, 1780)
    assert path(office, 1) == [("sent", "member"), ("approved", "system")]
    assert (open_cases(office), kinds_of_letters(office)) == ([], ["application_approved"])
    assert sound(office)


def test_a_limit_may_fall_below_what_is_owed(office, hanako):
    draw(office, hanako, 300_000)
    send(office, hanako, LOWER)
    now = standing(office, hanako)
    assert (now.limit, now.balance) == (200_000, 300_000)
    assert draw(office, hanako, 1_000, "d2").available == 0
    assert sound(office)


def test_lowering_twice_by_a_double_click_is_one_application(office, hanako):
    assert send(office, hanako, LOWER) == Sent(1)
    assert send(office, hanako, LOWER) == Sent(1, repeated=True)


def test_a_due_day_changes_after_the_running_due_date(office, hanako):
    draw(office, hanako, 100_000)
    assert standing(office, hanako).running.day == date(2026, 12, 25)
    send(office, hanako, Wish(Kind.DUE_DAY, due_day=5))
    now = standing(office, hanako)
    assert (now.due_day, now.pending_due_day, now.running.day) == (25, 5, date(2026, 12, 25))
    assert sound(office)


def test_a_due_day_that_has_not_begun_can_be_taken_back(office, hanako):
    draw(office, hanako, 100_000)
    send(office, hanako, Wish(Kind.DUE_DAY, due_day=5))
    assert code(send(office, hanako, Wish(Kind.DUE_DAY, due_day=15))) == "A-09"
    assert applications.withdraw(office, visitor(office, hanako), 1).id == 1
    assert (standing(office, hanako).pending_due_day, stage(office, 1)) == (None, "withdrawn")
    assert sound(office)


def test_a_due_day_is_refused_while_a_debit_is_at_the_bank(office, hanako):
    draw(office, hanako, 100_000)
    office.clock.move(timedelta(days=34))
    filed(office, hanako)
    assert code(send(office, hanako, Wish(Kind.DUE_DAY, due_day=5))) == "A-10"


@pytest.mark.parametrize("day", [25, 7, 0])
def test_a_due_day_that_is_not_offered_or_no_other_is_refused(office, hanako, day):
    assert code(send(office, hanako, Wish(Kind.DUE_DAY, due_day=day))) == "A-16"


def test_a_contract_closes_at_exact_zero_with_what_hangs_on_it(office, hanako):
    send(office, hanako, CARD)
    assert send(office, hanako, CLOSING) == Sent(2)
    assert send(office, hanako, CLOSING) == Sent(2, repeated=True)
    assert (stage(office, 1), open_cases(office)) == ("withdrawn", [])
    assert kinds_of_letters(office) == ["application_sent", "contract_closed"]
    assert code(send(office, hanako, CARD)) == "A-01"
    assert sound(office)


def test_a_closed_contract_has_no_stop_left_to_lift(office, hanako):
    borrow_stop.stop(office, visitor(office, hanako), 1)
    borrow_stop.ask_lift(office, visitor(office, hanako))
    send(office, hanako, CLOSING)
    office.clock.move(timedelta(days=2))
    assert borrow_stop.lift_due(office) == 0
    assert kinds_of_letters(office)[-1] == "contract_closed"
    assert sound(office)


def test_a_card_that_is_declared_lost_is_asked_for_anew_once(office, hanako):
    with office.store.transaction():
        first = applications.replace_lost_within(office, hanako.contract_id)
        assert applications.replace_lost_within(office, hanako.contract_id) == first
    assert (stage(office, first), open_cases(office)) == ("sent", ["application"])
    assert kinds_of_letters(office) == ["application_sent"]


def test_a_contract_does_not_close_over_a_yen_owed_or_held(office, hanako):
    draw(office, hanako, 1_000)
    assert code(send(office, hanako, CLOSING)) == "A-12"
    pay(office, hanako, 1_500)
    assert code(send(office, hanako, CLOSING)) == "A-13"


def test_a_contract_does_not_close_over_money_that_is_on_its_way(office, hanako):
    draw(office, hanako, 1_000, on=date(2026, 11, 24))
    assert code(send(office, hanako, CLOSING)) == "A-11"
    owing = contracts.close_contract(office, hanako.contract_id, "希望", "窓口")
    assert owing == contracts.StillOwing(1_000, 0)


@pytest.mark.parametrize(("who", "reason"), [("misaki", "A-03"), ("yui", "A-02"), ("sho", "A-01")])
def test_states_that_forbid_applications_say_so(office, who, reason):
    assert code(send(office, getattr(people, who)(office), LOWER)) == reason


def test_a_member_whose_card_is_on_hold_may_apply(office):
    sakura = people.sakura(office)
    assert State.HELD in visitor(office, sakura).rights.states
    assert isinstance(send(office, sakura, CARD), Sent)


def test_what_is_not_decided_is_taken_back_once_and_by_its_member_alone(office, hanako):
    send(office, hanako, CARD)
    assert applications.withdraw(office, visitor(office, people.ichiro(office)), 1) == NothingOpen()
    assert applications.withdraw(office, visitor(office, hanako), 1).id == 1
    assert applications.withdraw(office, visitor(office, hanako), 1) == NothingOpen()
    assert (stage(office, 1), open_cases(office)) == ("withdrawn", [])
    assert kinds_of_letters(office)[-1] == "application_ended"
