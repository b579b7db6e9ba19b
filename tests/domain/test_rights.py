"""The table of states and actions, cell by cell as the lender decided it."""

from datetime import date, timedelta

import pytest

from madoguchi.domain.rights import (
    Action,
    Rights,
    State,
    mask_of,
    may_enter,
    refusal,
    states_of,
)

A = Action
EVERYTHING = frozenset(Action)
ALLOWED = {
    frozenset(): EVERYTHING,
    frozenset({State.STOPPED}): EVERYTHING - {A.BORROW, A.ATM},
    frozenset({State.OVERDUE}): EVERYTHING - {A.BORROW, A.ATM, A.APPLY},
    frozenset({State.SUSPENDED}): EVERYTHING - {A.BORROW, A.ATM, A.APPLY},
    frozenset({State.HELD}): EVERYTHING - {A.ATM},
    frozenset({State.LOST}): EVERYTHING - {A.ATM},
    frozenset({State.CLOSED}): {A.SIGN_IN, A.DOCUMENTS, A.PROTECT},
    frozenset({State.HELD, State.OVERDUE}): EVERYTHING - {A.BORROW, A.ATM, A.APPLY},
    frozenset({State.CLOSED, State.HELD, State.STOPPED}): {A.SIGN_IN, A.DOCUMENTS, A.PROTECT},
}


@pytest.mark.parametrize(
    ("states", "allowed"), ALLOWED.items(), ids=lambda v: "+".join(sorted(x.value for x in v))
)
def test_what_a_state_leaves(states, allowed):
    assert {action for action in Action if Rights(states).may(action)} == allowed


def test_a_debt_that_is_left_can_be_repaid_after_closing():
    assert Rights(frozenset({State.CLOSED}), debt=True).may(A.REPAY)
    assert not Rights(frozenset({State.CLOSED}), debt=True).may(A.BORROW)


def test_a_refusal_names_the_rule_a_code_and_the_next_step():
    denial = refusal(frozenset({State.OVERDUE}), A.BORROW)
    assert denial.code == "B-03"
    assert "返済の遅れ" in denial.rule
    assert denial.next_step


def test_closed_wins_over_all_and_the_stricter_state_speaks():
    assert refusal(frozenset({State.CLOSED, State.OVERDUE}), A.BORROW).code == "B-01"
    assert refusal(frozenset({State.STOPPED, State.SUSPENDED}), A.BORROW).code == "B-02"


def test_every_code_stands_for_one_cell_only():
    from madoguchi.domain.rights import TABLE

    codes = [denial.code for denial in TABLE.values()]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("state", [State.HELD, State.LOST])
def test_a_card_on_hold_or_lost_leaves_the_web_id(state):
    today = date(2026, 11, 20)
    assert not may_enter(frozenset({state}), by_card=True, closed_on=None, today=today)
    assert may_enter(frozenset({state}), by_card=False, closed_on=None, today=today)


@pytest.mark.parametrize(("days", "enters"), [(0, True), (90, True), (91, False)])
def test_a_closed_contract_is_open_to_the_web_id_for_ninety_days(days, enters):
    closed, states = date(2026, 8, 1), frozenset({State.CLOSED})
    today = closed + timedelta(days=days)
    assert may_enter(states, by_card=False, closed_on=closed, today=today) is enters
    assert not may_enter(states, by_card=True, closed_on=closed, today=today)


def test_a_set_of_states_survives_being_kept_as_a_number():
    for states in ALLOWED:
        assert states_of(mask_of(states)) == states
    with pytest.raises(ValueError, match="not known"):
        states_of(64)
