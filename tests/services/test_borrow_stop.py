"""The member's own stop: in force once it is told, lifted after the days chosen and not a second before."""

import threading
from datetime import timedelta

import pytest

from madoguchi.domain.rights import State
from madoguchi.services import atm_authorise, atm_settle, borrow_stop, borrowing, not_me, rounds
from madoguchi.services import contracts as contracts_of
from madoguchi.services.books import Posted
from madoguchi.services.borrow_stop import NoStop, NotLonger
from madoguchi.services.cast import HANAKO
from madoguchi.services.repeating import again
from madoguchi.store import contracts, states
from tests import people
from tests.support.applying import visitor
from tests.support.atm import ask, linked, question
from tests.support.debits import kinds_of_letters
from tests.support.money import draw, sound, standing
from tests.support.together import at_once, each_at_once

SECOND = timedelta(seconds=1)


@pytest.fixture
def hanako(office):
    """佐藤 花子 in her first days."""
    return people.newcomer(office, HANAKO)


def stopped(office, who):
    """Whether the contract is in the state."""
    return bool(contracts.read(office.store, who.contract_id).states & State.STOPPED.bit)


def test_a_stop_works_at_once_for_every_way_of_borrowing_and_is_told(office, hanako):
    contracts_of.note_drawn_to(office, hanako.member_id, office.now())
    borrow_stop.stop(office, visitor(office, hanako), 3)
    assert draw(office, hanako, 1_000).refusal.code == "B-04"
    them = visitor(office, hanako)
    assert borrowing.borrow(office, them, "s", 1_000, "k").refusal.code == "B-04"
    assert kinds_of_letters(office) == ["stop_began"]
    assert sound(office)


def test_a_machine_that_was_reached_before_the_stop_gives_no_money_after_it(office, hanako):
    screen = linked(office, hanako)
    borrow_stop.stop(office, visitor(office, hanako), 1)
    told = atm_authorise.authorise(office, question(hanako, screen, 1_000)).told
    assert told["code"] == "T-04"


def test_pressing_twice_stops_once_with_the_days_chosen_first(office, hanako):
    them = visitor(office, hanako)
    found = at_once(office, 4, lambda: borrow_stop.stop(office, them, 7))
    assert {one.id for one in found} == {1}
    assert borrow_stop.stop(office, them, 1).days == 7
    assert kinds_of_letters(office) == ["stop_began"]


@pytest.mark.parametrize("days", [0, 2, 30])
def test_days_that_are_not_offered_stop_nothing(office, hanako, days):
    with pytest.raises(ValueError, match="days"):
        borrow_stop.stop(office, visitor(office, hanako), days)
    assert not stopped(office, hanako)


@pytest.mark.parametrize("days", [1, 3, 7])
def test_lifting_takes_the_days_chosen_to_the_second(office, hanako, days):
    them = visitor(office, hanako)
    borrow_stop.stop(office, them, days)
    lifts = borrow_stop.ask_lift(office, them)
    assert lifts == office.now() + timedelta(days=days)
    assert borrow_stop.ask_lift(office, them) == lifts
    office.clock.move(timedelta(days=days) - SECOND)
    assert (borrow_stop.lift_due(office), stopped(office, hanako)) == (0, True)
    office.clock.move(SECOND)
    assert (borrow_stop.lift_due(office), stopped(office, hanako)) == (1, False)
    assert kinds_of_letters(office) == ["stop_began", "stop_lift_asked", "stop_lifted"]
    assert isinstance(draw(office, hanako, 1_000), Posted)


def test_the_round_lifts_what_no_worker_lifted(office, hanako):
    them = visitor(office, hanako)
    borrow_stop.stop(office, them, 1)
    borrow_stop.ask_lift(office, them)
    office.clock.move(timedelta(days=2))
    list(rounds.close_days(office))
    assert not stopped(office, hanako)
    assert sound(office)


def test_a_wish_for_lifting_can_be_taken_back(office, hanako):
    them = visitor(office, hanako)
    assert borrow_stop.ask_lift(office, them) == NoStop()
    borrow_stop.stop(office, them, 1)
    borrow_stop.ask_lift(office, them)
    assert borrow_stop.go_on(office, them).days == 1
    assert borrow_stop.go_on(office, them) == NoStop()
    office.clock.move(timedelta(days=9))
    assert (borrow_stop.lift_due(office), stopped(office, hanako)) == (0, True)


def test_lifting_ones_own_stop_leaves_that_of_another_reason(office, hanako):
    with office.store.transaction():
        now = office.now()
        states.insist(office.store, hanako.contract_id, State.STOPPED, now, not_me.NOT_ME, "member")
    them = visitor(office, hanako)
    assert borrow_stop.look(office, hanako.contract_id) == borrow_stop.Seen(None, others=True)
    assert borrow_stop.ask_lift(office, them) == NoStop()
    borrow_stop.stop(office, them, 1)
    borrow_stop.ask_lift(office, them)
    office.clock.move(timedelta(days=1))
    assert (borrow_stop.lift_due(office), stopped(office, hanako)) == (1, True)
    assert borrow_stop.look(office, hanako.contract_id) == borrow_stop.Seen(None, others=True)
    assert sound(office)


def test_no_drawdown_that_begins_after_the_stop_is_told_succeeds(office, hanako):
    them, told, gate = visitor(office, hanako), threading.Event(), threading.Barrier(4)
    late = []

    def borrow(name):
        gate.wait()
        for n in range(12):
            begun_after = told.is_set()
            done = draw(office, hanako, 1_000, f"{name}{n}")
            if begun_after and isinstance(done, Posted):
                late.append(done)

    def stop():
        gate.wait()
        again(office.store, lambda: borrow_stop.stop(office, them, 1))
        told.set()

    each_at_once(office, [stop] + [lambda name=name: borrow(name) for name in "bcd"])
    assert (late, stopped(office, hanako)) == ([], True)
    assert standing(office, hanako).principal % 1_000 == 0
    assert sound(office)


def test_a_stop_is_made_longer_and_never_shorter(office, hanako):
    them = visitor(office, hanako)
    assert borrow_stop.lengthen(office, them, 3) == NoStop()
    borrow_stop.stop(office, them, 1)
    asked = borrow_stop.ask_lift(office, them) - timedelta(days=1)
    found = at_once(office, 4, lambda: borrow_stop.lengthen(office, them, 7))
    assert {(one.days, one.lifts_at) for one in found} == {(7, asked + timedelta(days=7))}
    assert isinstance(borrow_stop.lengthen(office, them, 3), NotLonger)
    office.clock.move(timedelta(days=6))
    assert (borrow_stop.lift_due(office), stopped(office, hanako)) == (0, True)
    assert kinds_of_letters(office) == ["stop_began", "stop_lift_asked", "stop_longer"]


def test_what_became_of_stops_stays_to_be_seen(office, hanako):
    them = visitor(office, hanako)
    borrow_stop.stop(office, them, 1)
    borrow_stop.ask_lift(office, them)
    borrow_stop.go_on(office, them)
    borrow_stop.lengthen(office, them, 3)
    borrow_stop.ask_lift(office, them)
    office.clock.move(timedelta(days=3))
    borrow_stop.lift_due(office)
    told = [(one.what, one.days) for one in reversed(borrow_stop.past(office, hanako.contract_id))]
    assert told == [("began", 1), ("asked", 1), ("goes_on", 1), ("longer", 3), ("asked", 3), ("lifted", 3)]


def test_what_a_machine_was_promised_before_the_stop_is_told_and_still_booked(office, hanako):
    told = ask(office, hanako, 10_000)
    borrow_stop.stop(office, visitor(office, hanako), 1)
    open_now = borrow_stop.paying(office, hanako.contract_id)
    minutes = timedelta(minutes=office.rules.atm.confirm_minutes)
    assert open_now == borrow_stop.Paying(10_000, office.now() + minutes)
    assert atm_settle.confirm(office, told.transaction).result == "confirmed"
    assert borrow_stop.paying(office, hanako.contract_id) is None
    assert sound(office)
