"""Passkeys: a challenge is ours, for one browser, lately, and once; then a step or a whole sign-in."""

from datetime import timedelta

import pytest

from madoguchi.services import cast, locks, login, passkeys, second_sign_in, sessions
from madoguchi.services.factors import Failed
from madoguchi.services.passkeys import Refused
from madoguchi.services.second_sign_in import NextTime
from madoguchi.services.tries import SignedIn, Waiting
from tests import people
from tests.support.factors import answer, on_paper, turn_on
from tests.support.guessing import OpenGate, place
from tests.support.mailbox import letters
from tests.support.together import at_once

HERE, THERE = "visit:here", "visit:there"


@pytest.fixture
def office(database):
    """An office whose passkeys are words on paper."""
    return on_paper(people.office(database))


@pytest.fixture
def hanako(office):
    """Hanako with a passkey on her phone."""
    who = people.newcomer(office, cast.HANAKO)
    assert register(office, who)
    return who


def register(office, who, binding="session", **said):
    """Make a passkey."""
    challenge = passkeys.to_register(office, who.member_id, who.number, binding)
    said = {"count": 0} | said
    return passkeys.register(office, who.member_id, binding, answer(challenge, **said), "自分のスマホ")


def sign_in(office, challenge, **said):
    """Answer a challenge from this browser."""
    return passkeys.sign_in(office, HERE, answer(challenge, **said), place())


def test_a_passkey_signs_in_by_itself_and_counts_as_both_steps(office, hanako):
    turn_on(office, hanako)
    found = sign_in(office, passkeys.to_prove(office, HERE))
    visitor = sessions.current(office, found.session_token)
    assert (visitor.member_id, visitor.stepped) == (hanako.member_id, office.now())


def test_a_challenge_is_answered_once(office, hanako):
    challenge = passkeys.to_prove(office, HERE)
    assert isinstance(sign_in(office, challenge), SignedIn)
    assert sign_in(office, challenge, count=2) == Refused()


def test_of_one_answer_sent_twice_at_once_one_signs_in(office, hanako):
    challenge = passkeys.to_prove(office, HERE)
    found = at_once(office, 6, lambda: sign_in(office, challenge))
    assert sum(isinstance(one, SignedIn) for one in found) == 1


def test_a_challenge_is_for_one_browser_and_ten_minutes(office, hanako):
    assert sign_in(office, passkeys.to_prove(office, THERE)) == Refused()
    challenge = passkeys.to_prove(office, HERE)
    office.clock.move(timedelta(minutes=10, seconds=1))
    assert sign_in(office, challenge) == Refused()


def test_a_challenge_that_is_not_ours_is_refused(office, hanako):
    challenge = passkeys.to_prove(office, HERE)
    forged = challenge[:-2] + ("01" if challenge.endswith("00") else "00")
    assert sign_in(office, forged) == Refused()
    assert sign_in(office, "") == Refused()


@pytest.mark.parametrize("said", [{"key": "another"}, {"count": 0}, {"credential": "unknown"}])
def test_a_wrong_key_a_counter_that_stands_and_an_unknown_passkey_are_refused(office, hanako, said):
    assert sign_in(office, passkeys.to_prove(office, HERE), **said) == Refused()
    assert office.store.rows("SELECT 1 FROM session") == []


def test_each_wrong_answer_is_logged_as_nobodys_and_counted_for_its_address(office, hanako):
    gate, challenge = OpenGate(), passkeys.to_prove(office, HERE)
    for said in ({"credential": "unknown"}, {"key": "another"}):
        passkeys.sign_in(office, HERE, answer(challenge, **said), place(gate=gate))
    assert gate.taken == 2
    assert isinstance(passkeys.sign_in(office, HERE, answer(challenge), place(gate=gate)), SignedIn)
    assert gate.taken == 2
    lines = office.store.rows("SELECT route, outcome, member_id FROM sign_in_event ORDER BY id")
    wrong = ("passkey", "passkey_wrong", None)
    assert lines == [wrong, wrong, ("passkey", "signed_in", hanako.member_id)]


def test_a_full_address_waits_and_looks_at_no_passkey(office, hanako):
    until = office.now() + timedelta(seconds=40)
    said, full = answer(passkeys.to_prove(office, HERE)), place(gate=OpenGate(seconds=40))
    assert passkeys.sign_in(office, HERE, said, full) == Waiting(until)
    assert isinstance(passkeys.sign_in(office, HERE, said, place()), SignedIn)


def test_the_letter_about_a_new_device_names_the_passkey(office, hanako):
    sign_in(office, passkeys.to_prove(office, HERE))
    assert letters(office, "sign_in_new_device")[0]["route"] == "passkey"


def test_a_held_card_does_not_shut_a_passkey_out(office, hanako):
    locks.hold_card(office, hanako.contract_id)
    locks.lock_password(office, hanako.member_id)
    assert isinstance(sign_in(office, passkeys.to_prove(office, HERE)), SignedIn)


def test_a_contract_closed_long_ago_is_not_entered(office, hanako):
    with office.store.transaction():
        office.store.write("UPDATE contract SET states = 1, closed_on = 20260101")
    assert sign_in(office, passkeys.to_prove(office, HERE)) == Refused()
    assert office.store.rows("SELECT outcome FROM sign_in_event") == [("passkey_wrong",)]


def test_a_passkey_is_a_second_step_for_its_owner_alone(office, hanako):
    ken = people.newcomer(office, cast.KEN)
    turn_on(office, ken)
    turn_on(office, hanako)
    for who, expected in ((ken, Failed), (hanako, SignedIn)):
        waiting = login.by_card(office, who.persona.card, who.persona.pin, place()).token
        challenge = passkeys.to_prove(office, sessions.key_of(waiting), who.member_id)
        said = answer(challenge, count=who.member_id + 5)
        found = second_sign_in.finish_by_passkey(office, waiting, said, NextTime.AS_CHOSEN, place())
        assert isinstance(found, expected)


def test_one_passkey_is_registered_once_and_told_by_letter(office, hanako):
    assert not register(office, people.newcomer(office, cast.KEN))
    assert [one["change"] for one in letters(office, "second_step_changed")] == [
        "パスキー「自分のスマホ」を登録しました"
    ]


def test_a_removed_passkey_is_nothing_any_more(office, hanako):
    (key,) = passkeys.of_member(office, hanako.member_id)
    assert not passkeys.remove(office, people.newcomer(office, cast.KEN).member_id, key.id)
    assert passkeys.remove(office, hanako.member_id, key.id)
    assert sign_in(office, passkeys.to_prove(office, HERE)) == Refused()


@pytest.mark.parametrize(
    ("host", "offered"),
    [("localhost", True), ("localhost:8000", True), ("127.0.0.1:8000", False), ("[::1]:8000", False)],
)
def test_passkeys_are_offered_on_the_host_of_the_public_address_alone(office, host, offered):
    assert passkeys.offered_on(office, host) is offered


def test_the_real_library_refuses_nonsense(database):
    office = people.office(database)
    for said in ("", "null", "[]", "{}", '{"id": 1}', '{"response": {"clientDataJSON": "e30"}}', "[" * 5000):
        assert passkeys.sign_in(office, HERE, said, place()) == Refused()
        assert not passkeys.register(office, 1, HERE, said, "")
