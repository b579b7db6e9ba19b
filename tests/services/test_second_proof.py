"""Lifting a hold by a code of an SMS or a passkey beside the mailed code, on both databases."""

from datetime import timedelta

import pytest

from madoguchi.services import cast, locks, passkeys, second_proof, unlock
from madoguchi.services.codes import NoWay, Sent, TooSoon
from madoguchi.services.proofs import Given
from madoguchi.services.sessions import key_of
from madoguchi.services.tries import Locked, Reason, Route, SignedIn, Waiting
from madoguchi.services.unlock import (
    Aim,
    Gone,
    Lifted,
    ProofMissing,
    Proved,
    UsedCode,
    WrongCode,
    WrongSecret,
)
from tests import people
from tests.services.test_passkeys import register
from tests.services.test_unlock import CARD, PIN, WEB_ID, enter, state_of_card
from tests.support.codes_by_mail import asked
from tests.support.factors import answer, on_paper, with_app, wrong
from tests.support.guessing import OpenGate, place
from tests.support.mailbox import letters
from tests.support.post import Bag, with_carriers
from tests.support.together import at_once

NOTHING = Given()


@pytest.fixture
def office(database):
    """An office that carries SMS and whose passkeys are words on paper."""
    return with_carriers(on_paper(people.office(database)), Bag(), Bag())


@pytest.fixture
def held(office):
    """Hanako, whose card was held for guessing."""
    made = people.newcomer(office, cast.HANAKO)
    locks.hold_card(office, made.contract_id)
    return made


@pytest.fixture
def proved(office, held):
    """A sign-in that unlocks, after its mailed code was right."""
    token, code = asked(office, Aim.UNLOCK, CARD)
    assert enter(office, token, code, NOTHING) == Proved()
    return token


def by_passkey(office, token, gate=None, **said):
    """Answer a challenge of this sign-in."""
    challenge = second_proof.passkey_options(office, token)
    return second_proof.by_passkey(office, token, answer(challenge, **said), place(gate=gate))


def test_the_mailed_code_alone_leads_on_and_lifts_nothing(office, proved):
    assert unlock.current(office, proved).proved
    assert state_of_card(office) == "held"
    assert enter(office, proved, "", Given(pin=PIN)) == ProofMissing(tried=False)


def test_a_code_by_sms_lifts_the_hold_once_and_the_pin_signs_in(office, proved):
    assert isinstance(second_proof.send_text(office, proved), Sent)
    code = letters(office, "code_text")[0]["code"]
    assert enter(office, proved, "", Given(factor=wrong(code))) == WrongSecret()
    assert enter(office, proved, "", Given(factor=code)) == Lifted(did=True)
    assert state_of_card(office) == "active"
    assert enter(office, proved, "", Given(factor=code)) == WrongSecret()
    assert isinstance(enter(office, proved, "", Given(pin=PIN)), SignedIn)


def test_the_code_by_sms_is_none_of_the_mailed_ones(office, held):
    token, mailed = asked(office, Aim.UNLOCK, CARD)
    assert enter(office, token, mailed, NOTHING) == Proved()
    second_proof.send_text(office, token)
    assert enter(office, token, "", Given(factor=mailed)) == WrongSecret()
    texted = letters(office, "code_text")[0]["code"]
    office.clock.move(timedelta(minutes=1))
    other, _code = asked(office, Aim.UNLOCK, CARD)
    assert enter(office, other, texted, NOTHING) == WrongCode()


def test_a_passkey_lifts_the_hold_once_and_the_pin_signs_in(office, held, proved):
    assert register(office, held)
    challenge = second_proof.passkey_options(office, proved)
    assert second_proof.by_passkey(office, proved, answer(challenge), place()) == Lifted(did=True)
    assert state_of_card(office) == "active"
    assert second_proof.by_passkey(office, proved, answer(challenge, count=2), place()) == WrongSecret()
    assert len(letters(office, "hold_lifted")) == 1
    assert isinstance(enter(office, proved, "", Given(pin=PIN)), SignedIn)


def test_of_one_passkey_answer_sent_twice_at_once_one_lifts(office, held, proved):
    assert register(office, held)
    challenge = second_proof.passkey_options(office, proved)
    found = at_once(office, 4, lambda: second_proof.by_passkey(office, proved, answer(challenge), place()))
    assert sorted(type(one).__name__ for one in found) == ["Lifted", *["WrongSecret"] * 3]


def test_anothers_passkey_and_one_for_another_sign_in_lift_nothing(office, held, proved):
    ken = people.newcomer(office, cast.KEN)
    assert register(office, ken)
    assert by_passkey(office, proved) == WrongSecret()
    assert register(office, held, credential="mine")
    elsewhere = passkeys.to_prove(office, key_of("elsewhere"), held.member_id)
    said = answer(elsewhere, credential="mine")
    assert second_proof.by_passkey(office, proved, said, place()) == WrongSecret()
    assert state_of_card(office) == "held"


def test_a_wrong_passkey_costs_the_address_a_slot_and_a_full_one_waits(office, held, proved):
    assert register(office, held)
    gate = OpenGate()
    assert by_passkey(office, proved, gate, key="another") == WrongSecret()
    assert gate.taken == 1
    until = office.now() + timedelta(seconds=40)
    assert by_passkey(office, proved, OpenGate(seconds=40)) == Waiting(until)


def test_a_hold_for_any_other_reason_stays_and_is_told(office, held, proved):
    locks.release_card(office, held.contract_id, held.member_id, "checked")
    locks.hold_card(office, held.contract_id, "not_me", "member")
    assert register(office, held)
    assert by_passkey(office, proved) == Locked(Reason.HELD)
    assert state_of_card(office) == "held"


@pytest.mark.parametrize(
    ("aim", "route", "identifier"),
    [(Aim.CODE_FIRST, Route.CARD, CARD), (Aim.UNLOCK, Route.WEB_ID, WEB_ID)],
)
def test_only_unlocking_by_card_has_them(office, held, aim, route, identifier):
    token, code = asked(office, aim, identifier, route)
    enter(office, token, code, NOTHING)
    assert second_proof.look(office, token) is None
    assert second_proof.send_text(office, token) == Gone()


def test_before_the_mailed_code_was_right_nothing_is_sent_told_or_tried(office, held):
    assert register(office, held)
    token, _code = asked(office, Aim.UNLOCK, CARD)
    assert second_proof.look(office, token) is None
    assert second_proof.passkey_options(office, token) is None
    assert second_proof.send_text(office, token) == Gone()
    assert second_proof.by_passkey(office, token, answer("00"), place()) == Gone()
    assert letters(office, "code_text") == []


def test_sms_keep_to_the_budget_and_go_to_mobile_numbers_alone(office, proved):
    assert isinstance(second_proof.send_text(office, proved), Sent)
    assert isinstance(second_proof.send_text(office, proved), TooSoon)
    office.store.peewee.execute_sql("UPDATE member SET phone = '03-0000-0000'")
    office.clock.move(timedelta(minutes=1))
    assert second_proof.send_text(office, proved) == NoWay()
    assert second_proof.look(office, proved).text == ""


@pytest.mark.parametrize("pin", ["", PIN], ids=["the code alone", "with the PIN"])
def test_a_code_of_an_app_that_was_used_is_told_so_and_is_no_guess(office, held, pin):
    token, code = asked(office, Aim.UNLOCK, CARD)
    app = with_app(office, held)  # which a code of this moment was shown for
    shown = app.at(office.now())
    again = Given(pin=pin, factor=shown)
    assert enter(office, token, wrong(code), again) == WrongCode()  # without the mailbox nobody learns of it
    assert [enter(office, token, code, again) for _ in range(8)] == [UsedCode()] * 8
    assert enter(office, token, "", Given(pin="0000", factor=shown)) == WrongSecret()
    assert enter(office, token, "", Given(pin=PIN, password="Wrong-1", factor=shown)) == ProofMissing(True)
    office.clock.move(timedelta(seconds=30))
    assert state_of_card(office) == "held"
    enter(office, token, "", Given(pin=pin, factor=app.at(office.now())))
    assert state_of_card(office) == "active"
