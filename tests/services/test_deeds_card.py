"""Cards and ways in at the desk: what is shut is opened by the right check, what is lost stays so."""

from datetime import timedelta

import pytest

from madoguchi.domain.applications import Kind, Stage
from madoguchi.domain.ladder import DeskAct
from madoguchi.domain.lockout import Tally
from madoguchi.domain.rights import State
from madoguchi.services import application_review as review
from madoguchi.services import counter, four_eyes, locks, login, not_me, staff, verify
from madoguchi.services.cases import CaseKind
from madoguchi.services.deeds import Done
from madoguchi.services.four_eyes import Cannot
from madoguchi.services.login import tally_key
from madoguchi.services.tries import Route
from madoguchi.store import applications, attempts, cases, contracts, states
from tests import people
from tests.support import desk, guessing
from tests.support.deeds import People

NEW = "9990110200000990"


@pytest.fixture
def at(office):
    """The people at the desk."""
    return People(office)


@pytest.fixture
def hanako(office):
    """A member with card and Web-ID."""
    return people.hanako(office)


def card(office, who):
    """The state of the newest card and why."""
    row = office.store.one(
        "SELECT state, state_why FROM card WHERE contract_id = ? ORDER BY id DESC LIMIT 1", (who.contract_id,)
    )
    return tuple(row)


def in_states(office, who):
    """The states of the contract."""
    return contracts.read(office.store, who.contract_id).states


def test_a_hold_asks_nothing_and_is_set_once(office, at, hanako):
    assert at.begin(DeskAct.HOLD, hanako) == Done()
    assert card(office, hanako) == ("held", "desk")
    assert isinstance(at.begin(DeskAct.HOLD, hanako), Cannot)
    assert list(verify.differences(office)) == []


def test_a_hold_by_the_desk_stands_where_guessing_held_the_card_before(office, at):
    sakura = people.sakura(office)
    assert at.begin(DeskAct.HOLD, sakura) == Done()
    assert card(office, sakura) == ("held", "desk")
    assert set(states.reasons(office.store, sakura.contract_id, State.HELD)) == {"guessing", "desk"}


@pytest.mark.parametrize("why", [locks.GUESSING, not_me.NOT_ME, "own", "lost_report"])
def test_a_release_ends_a_hold_of_any_reason(office, at, hanako, why):
    locks.hold_card(office, hanako.contract_id, why, "member")
    at.begin(DeskAct.HOLD, hanako)
    assert at.begin(DeskAct.RELEASE, hanako) == Done()
    assert card(office, hanako)[0] == "active"
    assert states.reasons(office.store, hanako.contract_id, State.HELD) == []
    assert office.store.one("SELECT COUNT(*) FROM letter WHERE kind = 'hold_lifted'")[0] == 1
    assert isinstance(at.begin(DeskAct.RELEASE, hanako), Cannot)


def test_a_lost_card_is_lost_for_good_and_a_case_sees_to_another(office, at, hanako):
    at.begin(DeskAct.HOLD, hanako)
    assert at.begin(DeskAct.LOST, hanako) == Done()
    assert card(office, hanako) == ("lost", "reported")
    assert in_states(office, hanako) & (State.LOST.bit | State.HELD.bit) == State.LOST.bit
    for act in (DeskAct.RELEASE, DeskAct.HOLD, DeskAct.LOST, DeskAct.PIN_RESET):
        assert isinstance(at.begin(act, hanako), Cannot)
    found = cases.of_member(office.store, hanako.member_id, 5)
    assert {case.kind for case in found} == {CaseKind.LOST_CARD.value, CaseKind.APPLICATION.value}
    assert list(verify.differences(office)) == []


def test_the_new_card_for_a_lost_one_is_agreed_to_while_a_payment_is_late(office, at):
    misaki = people.misaki(office)
    at.begin(DeskAct.LOST, misaki)
    one = applications.newest(office.store, misaki.contract_id, Kind.REISSUE)
    assert not isinstance(review.approve(office, one.id, "desk1"), review.Forbidden)
    assert applications.read(office.store, one.id).stage is Stage.MAKING


def test_a_new_card_ends_the_old_one_and_works_from_its_pin_on(office, at, hanako):
    at.begin(DeskAct.LOST, hanako)
    assert at.both(DeskAct.REISSUE, hanako, card_number=NEW) == four_eyes.Done()
    assert not in_states(office, hanako) & State.LOST.bit
    assert applications.newest(office.store, hanako.contract_id, Kind.REISSUE).stage is Stage.APPROVED
    assert not signed_in(by_card(office, NEW, "5839"))
    typed(office, at, hanako, "5839")
    assert signed_in(by_card(office, NEW, "5839"))
    assert not signed_in(by_card(office, hanako.persona.card, hanako.persona.pin))
    assert list(verify.differences(office)) == []


@pytest.mark.parametrize(
    "number", ["9990110000000022", "99901", "99901100000009AB", "9990110200000991", "1234567890123452"]
)
def test_a_number_that_cannot_be_a_new_cards_is_refused(office, at, hanako, number):
    people.ichiro(office)
    assert isinstance(at.begin(DeskAct.REISSUE, hanako, card_number=number), Cannot)


def test_another_pin_is_typed_at_the_counter_and_signs_in(office, at, hanako):
    assert at.both(DeskAct.PIN_RESET, hanako) == four_eyes.Done()
    typed(office, at, hanako, "5839")
    assert signed_in(by_card(office, hanako.persona.card, "5839"))
    assert not signed_in(by_card(office, hanako.persona.card, hanako.persona.pin))


def test_waits_stops_and_a_locked_password_end_with_one_act(office, at):
    sakura = people.sakura(office)
    key = tally_key(office, Route.WEB_ID, sakura.persona.web_id)
    with office.store.transaction():
        attempts.hold(office.store, key, office.now())
        attempts.save(office.store, key, Tally(100, office.now(), None))
    assert at.begin(DeskAct.UNLOCK, sakura) == Done()
    assert attempts.read(office.store, key) is None
    assert signed_in(by_web_id(office, sakura.persona.web_id, sakura.persona.password))
    assert card(office, sakura)[0] == "held"
    assert isinstance(at.begin(DeskAct.UNLOCK, sakura), Cannot)


def typed(office, at, who, pin):
    """The member types a PIN at the counter's screen."""
    office.clock.move(timedelta(minutes=1))
    token = desk.enter(office, "desk1").token
    number = counter.open_of(office, who.contract_id)
    lent = counter.hand_over(office, number, staff.current(office, token), token)
    assert counter.set_pin(office, number, pin, pin, staff.current(office, lent)) == counter.Done()


def by_card(office, number, pin):
    """A try by card on a browser that nobody knows."""
    return login.by_card(office, number, pin, guessing.place())


def by_web_id(office, web_id, password):
    """The same by Web-ID."""
    return login.by_web_id(office, web_id, password, guessing.place())


def signed_in(outcome):
    """Whether a try got in."""
    return type(outcome).__name__ == "SignedIn"
