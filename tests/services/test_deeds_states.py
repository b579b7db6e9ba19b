"""What a contract may is changed at the desk: stopped at once, opened by two, ended for good."""

from datetime import date, timedelta

import pytest

from madoguchi.domain.ladder import DeskAct
from madoguchi.domain.rights import State
from madoguchi.services import borrow_stop, four_eyes, not_me, reminders, rounds, verify
from madoguchi.services.deeds import Done
from madoguchi.services.desk_acts import ACTS
from madoguchi.services.four_eyes import Cannot
from madoguchi.store import contracts, states
from tests import people
from tests.support import applying
from tests.support.debits import made, mandated
from tests.support.deeds import People

DAY = timedelta(days=1)


@pytest.fixture
def at(office):
    """The people at the desk."""
    return People(office)


@pytest.fixture
def hanako(office):
    """A member with a debt."""
    return people.hanako(office)


def reasons(office, who, state=State.SUSPENDED):
    """Why the contract is in a state."""
    return states.reasons(office.store, who.contract_id, state)


def stop(office, who, why):
    """Stop borrowing for a reason."""
    with office.store.transaction():
        states.insist(office.store, who.contract_id, State.STOPPED, office.now(), why, "member")


def letters_of(office, kind):
    """How many letters of a kind were written."""
    return office.store.one("SELECT COUNT(*) FROM letter WHERE kind = ?", (kind,))[0]


def test_suspending_is_done_for_a_reason_once_and_resuming_ends_it(office, at, hanako):
    assert at.begin(DeskAct.SUSPEND, hanako, why="investigation") == Done()
    assert isinstance(at.begin(DeskAct.SUSPEND, hanako, why="investigation"), Cannot)
    assert at.begin(DeskAct.SUSPEND, hanako, why="misuse") == Done()
    assert at.begin(DeskAct.RESUME, hanako) == Done()
    assert reasons(office, hanako) == []
    assert not contracts.read(office.store, hanako.contract_id).states & State.SUSPENDED.bit
    assert isinstance(at.begin(DeskAct.RESUME, hanako), Cannot)


def test_resuming_leaves_a_debt_arrangement_alone(office, at, hanako):
    at.begin(DeskAct.ARRANGE, hanako, day="2026-11-20")
    assert isinstance(at.begin(DeskAct.RESUME, hanako), Cannot)
    at.begin(DeskAct.SUSPEND, hanako, why="misuse")
    at.begin(DeskAct.RESUME, hanako)
    assert reasons(office, hanako) == ["debt_arrangement"]


@pytest.mark.parametrize("why", ["member", not_me.NOT_ME, "misuse"])
def test_a_stop_of_any_reason_is_lifted_early_by_two(office, at, hanako, why):
    stop(office, hanako, why)
    assert at.both(DeskAct.LIFT_STOP, hanako) == four_eyes.Done()
    assert reasons(office, hanako, State.STOPPED) == []
    assert list(verify.differences(office)) == []


def test_the_members_own_stop_ends_whole_and_can_begin_again(office, at, hanako):
    visitor = applying.visitor(office, hanako)
    borrow_stop.stop(office, visitor, 7)
    assert at.both(DeskAct.LIFT_STOP, hanako) == four_eyes.Done()
    assert borrow_stop.look(office, hanako.contract_id) == borrow_stop.Seen(None, others=False)
    assert borrow_stop.stop(office, visitor, 3).days == 3
    assert list(verify.differences(office)) == []


def test_what_stops_borrowing_after_the_request_is_not_lifted_by_it(office, at, hanako):
    stop(office, hanako, "member")
    asked = at.begin(DeskAct.LIFT_STOP, hanako)
    stop(office, hanako, not_me.NOT_ME)
    answer = four_eyes.approve(office, ACTS, asked.request_id, at.approver)
    assert answer == four_eyes.Done()
    assert reasons(office, hanako, State.STOPPED) == [not_me.NOT_ME]
    assert contracts.read(office.store, hanako.contract_id).states & State.STOPPED.bit


def test_closing_by_wish_needs_exact_zero(office, at, hanako):
    assert isinstance(at.begin(DeskAct.CLOSE, hanako), Cannot)
    ichiro = people.ichiro(office)
    assert at.begin(DeskAct.CLOSE, ichiro) == Done()
    row = contracts.read(office.store, ichiro.contract_id)
    assert (row.closed_on, bool(row.states & State.CLOSED.bit)) == (office.business_day(), True)
    assert list(verify.differences(office)) == []


def test_the_lender_ends_a_contract_with_a_debt_and_it_can_still_be_repaid(office, at, hanako):
    assert at.both(DeskAct.END, hanako) == four_eyes.Done()
    row = contracts.read(office.store, hanako.contract_id)
    assert row.closed_on == office.business_day()
    assert row.standing.principal > 0
    assert office.store.one("SELECT COUNT(*) FROM session WHERE member_id = ?", (hanako.member_id,))[0] == 0
    assert letters_of(office, "desk_decided") == 1
    assert list(verify.differences(office)) == []


def test_a_contract_that_the_lender_ends_with_nothing_owed_gets_its_certificate(office, at):
    ichiro = people.ichiro(office)
    assert at.both(DeskAct.END, ichiro) == four_eyes.Done()
    sql = "SELECT kind FROM document WHERE contract_id = ?"
    assert ("paid",) in office.store.rows(sql, (ichiro.contract_id,))


@pytest.mark.parametrize(
    "act", [DeskAct.HOLD, DeskAct.SUSPEND, DeskAct.CLOSE, DeskAct.END, DeskAct.PIN_RESET, DeskAct.REISSUE]
)
def test_a_closed_contract_is_left_alone(office, at, act):
    facts = {DeskAct.SUSPEND: {"why": "misuse"}, DeskAct.REISSUE: {"card_number": "9990110200000990"}}
    assert isinstance(at.begin(act, people.sho(office), **facts.get(act, {})), Cannot)


@pytest.mark.parametrize("arranged", [False, True])
def test_nobody_asks_for_money_while_a_debt_is_arranged(office, at, arranged):
    misaki = people.misaki(office)
    if arranged:
        assert at.begin(DeskAct.ARRANGE, misaki, day="2026-11-20") == Done()
    for _ in range(30):
        office.clock.move(DAY)
        list(rounds.close_days(office))
    asked = sum(letters_of(office, kind) for kind in ("late_7", "late_30"))
    assert bool(asked) is not arranged


def test_letters_about_lateness_go_on_once_the_arrangement_is_over(office, at):
    misaki = people.misaki(office)
    at.begin(DeskAct.ARRANGE, misaki, day="2026-11-20")
    office.clock.move(30 * DAY)
    list(rounds.close_days(office))
    assert at.both(DeskAct.ARRANGED, misaki) == four_eyes.Done()
    office.clock.move(DAY)
    list(rounds.close_days(office))
    assert letters_of(office, "late_30") == 1


@pytest.mark.parametrize("arranged", [False, True])
def test_no_reminder_and_no_debit_asks_while_a_debt_is_arranged(office, at, hanako, arranged):
    list(rounds.close_days(office))
    mandated(office, hanako)
    if arranged:
        at.begin(DeskAct.ARRANGE, hanako, day="2026-11-20")
    office.clock.move(2 * DAY)
    assert reminders.run(office) == 1
    assert bool(letters_of(office, "reminder")) is not arranged
    assert bool(made(office, date(2026, 11, 25)).file.count) is not arranged


@pytest.mark.parametrize("why", ["death", "called_in", "debt_arrangement"])
def test_resuming_leaves_what_other_acts_set(office, at, hanako, why):
    with office.store.transaction():
        states.insist(office.store, hanako.contract_id, State.SUSPENDED, office.now(), why, "desk2")
    assert isinstance(at.begin(DeskAct.RESUME, hanako), Cannot)
    at.begin(DeskAct.SUSPEND, hanako, why="misuse")
    assert at.begin(DeskAct.RESUME, hanako) == Done()
    assert reasons(office, hanako) == [why]
