"""Signing in by a mailed code and a secret, and what it lifts, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from madoguchi.domain.codes import Level
from madoguchi.domain.faults import Unavailable
from madoguchi.services import cast, locks, login, second_step, sessions, unlock
from madoguchi.services.proofs import Given
from madoguchi.services.tries import Locked, Reason, Route, SignedIn, Waiting, WrongPair
from madoguchi.services.unlock import Aim, Gone, Lifted, ProofMissing, WrongCode, WrongSecret
from tests import people
from tests.support.codes_by_mail import asked
from tests.support.guessing import OpenGate, counting, place
from tests.support.mailbox import letters
from tests.support.together import at_once

CARD, PIN = cast.HANAKO.card, cast.HANAKO.pin
WEB_ID, PASSWORD = cast.HANAKO.web_id, cast.HANAKO.password
NOBODY = "9990119999999999"
RIGHT, WRONG = Given(pin=PIN), Given(pin="0000")


@pytest.fixture
def office(database, tmp_path):
    """An office whose hasher counts what it compares."""
    return counting(people.office(database), tmp_path / "compared")


@pytest.fixture
def hanako(office):
    """Hanako with a contract of three days."""
    return people.newcomer(office, cast.HANAKO)


@pytest.fixture
def held(office, hanako):
    """Hanako, whose card three wrong PINs on her own browser held."""
    device = login.by_card(office, CARD, PIN, place()).device_token
    for _ in range(3):
        login.by_card(office, CARD, "0000", place(device))
    return hanako


def enter(office, token, code, given=RIGHT, gate=None):
    """A try from a browser that nobody knows."""
    return unlock.enter(office, token, code, given, place(gate=gate))


def state_of_card(office, number=CARD):
    """active or held."""
    return office.store.one("SELECT state FROM card WHERE number = ?", (number,))[0]


def test_code_and_pin_together_sign_in_whatever_strangers_failed_before(office, hanako):
    for _ in range(11):
        office.clock.move(timedelta(hours=25))
        login.by_card(office, CARD, "0000", place())
    assert isinstance(login.by_card(office, CARD, PIN, place()), Waiting)
    token, code = asked(office, Aim.UNLOCK, CARD)
    found = enter(office, token, code)
    assert sessions.current(office, found.session_token).member_id == hanako.member_id
    assert login.by_card(office, CARD, "0000", place()) == WrongPair()


def test_a_right_code_ends_the_wait_even_when_the_pin_is_wrong_but_no_stop(office, hanako):
    for _ in range(4):
        login.by_card(office, CARD, "0000", place())
    token, code = asked(office, Aim.UNLOCK, CARD)
    assert enter(office, token, code, WRONG) == WrongSecret()
    assert login.by_card(office, CARD, "0000", place()) == WrongPair()
    with office.store.transaction():
        office.store.write("UPDATE guess SET opens_at = NULL")
    token, code = asked(office, Aim.UNLOCK, CARD)
    enter(office, token, code, WRONG)
    assert login.by_card(office, CARD, PIN, place()) == Waiting(None)


def test_without_the_right_code_no_secret_is_compared_for_anybody_or_nobody(office, hanako):
    before, answers = office.hasher.compared, []
    for number in (CARD, NOBODY):
        token, code = asked(office, Aim.CODE_FIRST, number)
        wrong = f"{(int(code or 0) + 1) % 10**6:06}"
        answers.append([enter(office, token, wrong) for _ in range(6)])
        assert enter(office, token, code) == WrongCode()
    assert answers == [[WrongCode()] * 6] * 2
    assert office.hasher.compared == before


def test_codes_that_are_not_sent_any_more_read_the_same(office, hanako):
    tokens = [asked(office, Aim.CODE_FIRST, CARD)[0] for _ in range(4)]
    assert [enter(office, token, "000000") for token in tokens] == [WrongCode()] * 4
    assert asked(office, Aim.CODE_FIRST, CARD)[1] == ""


def test_strangers_elsewhere_use_up_no_code_of_ones_own_network_or_known_browser(office, hanako):
    device = login.by_card(office, CARD, PIN, place()).device_token
    for _ in range(4):
        asked(office, Aim.UNLOCK, CARD)
    assert len(letters(office, "code")) == 3
    for here in (replace(place(), block="198.51.100.0/24"), place(device)):
        before = len(letters(office, "code"))
        unlock.ask(office, Aim.UNLOCK, Route.CARD, CARD, here)
        assert len(letters(office, "code")) == before + 1


def test_asking_costs_the_same_for_anybody_and_nobody(office, hanako, monkeypatch):
    asked_for, real = [], office.store._execute
    monkeypatch.setattr(
        office.store, "_execute", lambda sql, params: asked_for.append(sql) or real(sql, params)
    )
    costs = []
    for number in (CARD, NOBODY):
        asked_for.clear()
        unlock.ask(office, Aim.UNLOCK, Route.CARD, number, place())
        costs.append(list(asked_for))
    assert costs[0] == costs[1]


def test_a_hold_by_guessing_is_lifted_by_code_and_password_and_one_is_in(office, held):
    token, code = asked(office, Aim.UNLOCK, CARD)
    assert enter(office, token, code) == ProofMissing(tried=False)
    assert isinstance(enter(office, token, "", Given(password=PASSWORD)), SignedIn)
    assert state_of_card(office) == "active"
    assert len(letters(office, "hold_lifted")) == 1
    assert isinstance(login.by_card(office, CARD, PIN, place()), SignedIn)


def test_a_second_proof_left_out_costs_no_try_and_no_slot_and_a_wrong_one_both(office, held):
    token, code = asked(office, Aim.UNLOCK, CARD)
    gate = OpenGate()
    found = [enter(office, token, code, gate=gate) for _ in range(8)]
    assert (found, gate.taken) == ([ProofMissing(tried=False)] * 8, 0)
    guess = Given(pin=PIN, password="Wrong-Guess-1")
    answers = [enter(office, token, "", guess, gate) for _ in range(4)]
    assert answers[:3] == [ProofMissing(tried=True)] * 3
    assert isinstance(answers[3], Waiting)
    assert state_of_card(office) == "held"


def test_the_pin_alone_does_not_ask_for_a_proof_that_could_lift_nothing(office, hanako):
    locks.hold_card(office, hanako.contract_id, "not_me", "member")
    token, code = asked(office, Aim.UNLOCK, CARD)
    assert enter(office, token, code) == Locked(Reason.HELD)


def test_a_web_id_and_its_password_lift_the_hold_as_well(office, held):
    token, code = asked(office, Aim.UNLOCK, WEB_ID, Route.WEB_ID)
    assert isinstance(enter(office, token, code, Given(password=PASSWORD)), SignedIn)
    assert state_of_card(office) == "active"


def test_a_code_that_only_came_first_lifts_no_hold(office, held):
    token, code = asked(office, Aim.CODE_FIRST, WEB_ID, Route.WEB_ID)
    assert isinstance(enter(office, token, code, Given(password=PASSWORD)), SignedIn)
    assert state_of_card(office) == "held"


def test_a_hold_for_any_other_reason_stays(office, hanako):
    locks.hold_card(office, hanako.contract_id, "not_me", "member")
    token, code = asked(office, Aim.UNLOCK, CARD)
    assert isinstance(enter(office, token, code, Given(password=PASSWORD)), SignedIn)
    assert state_of_card(office) == "held"


def test_a_recovery_code_lifts_the_hold_once_and_the_pin_is_still_to_come(office, held):
    recovery = second_step.choose(office, held.member_id, Level.NEW_DEVICE)
    token, code = asked(office, Aim.UNLOCK, CARD)
    assert enter(office, token, code, Given(factor=code)) == WrongSecret()
    assert enter(office, token, "", Given(factor=recovery[0])) == Lifted(did=True)
    assert state_of_card(office) == "active"
    assert enter(office, token, "", Given(factor=recovery[0])) == WrongSecret()
    assert isinstance(enter(office, token, "", RIGHT), SignedIn)


def test_wrong_secrets_behind_a_right_code_walk_the_waits_on_a_tally_of_their_own(office, hanako):
    token, code = asked(office, Aim.CODE_FIRST, CARD)
    opens = office.now() + timedelta(seconds=60)
    assert [enter(office, token, code, WRONG) for _ in range(4)] == [WrongSecret()] * 3 + [Waiting(opens)]
    assert login.by_card(office, CARD, "0000", place()) == WrongPair()
    office.clock.move(timedelta(seconds=60))
    assert isinstance(enter(office, token, code), SignedIn)


def test_a_sign_in_with_a_code_is_used_once_runs_out_and_cannot_be_made_up(office, hanako):
    token, code = asked(office, Aim.CODE_FIRST, CARD)
    people.newcomer(office, cast.KEN)
    assert enter(office, token.replace(CARD, cast.KEN.card), code) == Gone()
    assert enter(office, "made-up", code) == Gone()
    assert isinstance(enter(office, token, code), SignedIn)
    assert enter(office, token, code) == Gone()
    token, code = asked(office, Aim.CODE_FIRST, CARD)
    office.clock.move(timedelta(minutes=10))
    assert enter(office, token, code) == Gone()


def test_of_eight_at_once_with_one_token_one_is_let_in(office, hanako):
    token, code = asked(office, Aim.CODE_FIRST, CARD)
    found = at_once(office, 8, lambda: type(enter(office, token, code)).__name__)
    assert found.count("SignedIn") == 1
    assert office.store.one("SELECT COUNT(*) FROM session") == (1,)


def test_a_full_lane_costs_neither_secret_nor_slot(office, hanako):
    class Full:
        def verify(self, *_args, **_kwargs):
            raise Unavailable("hashing")

    token, code = asked(office, Aim.CODE_FIRST, CARD)
    gate, busy = OpenGate(), replace(office, hasher=Full())
    for _ in range(5):
        with pytest.raises(Unavailable):
            enter(busy, token, code, gate=gate)
    assert gate.taken == 0
    assert isinstance(enter(office, token, code), SignedIn)


def test_a_full_address_waits_and_tries_nothing(office, hanako):
    token, code = asked(office, Aim.CODE_FIRST, CARD)
    until = office.now() + timedelta(seconds=40)
    assert enter(office, token, code, gate=OpenGate(seconds=40)) == Waiting(until)
    assert isinstance(enter(office, token, code), SignedIn)


def test_sakura_gets_in_again_by_a_new_password_and_a_code(office):
    sakura = people.sakura(office)
    token, code = asked(office, Aim.UNLOCK, cast.SAKURA.card)
    assert enter(office, token, code, Given(password=cast.SAKURA.password)) == Locked(Reason.LOCKED)
    assert state_of_card(office, cast.SAKURA.card) == "held"
    locks.unlock_password(office, sakura.member_id)
    found = enter(office, token, "", Given(pin=cast.SAKURA.pin, password=cast.SAKURA.password))
    assert isinstance(found, SignedIn)
    assert sessions.current(office, found.session_token).route == "card"
