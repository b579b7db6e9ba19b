"""Signing in with a second step: when it is asked, by what it is passed, what it never lets through."""

from datetime import timedelta

import pytest

from madoguchi.domain.codes import Level
from madoguchi.domain.letters import Channel
from madoguchi.services import (
    cast,
    codes,
    locks,
    login,
    recovery,
    second_sign_in,
    second_step,
    sessions,
)
from madoguchi.services.codes import TooSoon
from madoguchi.services.factors import Failed, Later, Spent, Used
from madoguchi.services.links import Browser
from madoguchi.services.second_sign_in import Gone, NextTime
from madoguchi.services.tries import CodeNeeded, SignedIn
from tests import people
from tests.support.factors import mailed, turn_on, with_app, wrong
from tests.support.guessing import OpenGate, place
from tests.support.mailbox import letters, token
from tests.support.together import at_once, each_at_once

CARD, PIN = cast.HANAKO.card, cast.HANAKO.pin
WEB_ID, PASSWORD = cast.HANAKO.web_id, cast.HANAKO.password
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def hanako(office):
    """Hanako with a contract of three days."""
    return people.newcomer(office, cast.HANAKO)


@pytest.fixture
def careful(office, hanako):
    """Hanako, who is asked on new devices."""
    turn_on(office, hanako)
    return hanako


def begin(office, device=""):
    """A right secret; the token of the sign-in that waits."""
    asked = login.by_card(office, CARD, PIN, place(device))
    assert isinstance(asked, CodeNeeded)
    return asked.token


def finish(office, waiting, typed, then=NextTime.AS_CHOSEN, **where):
    """Type something as the second step."""
    return second_sign_in.finish(office, waiting, typed, then, place(**where))


def test_nobody_is_asked_who_did_not_turn_it_on(office, hanako):
    assert isinstance(login.by_card(office, CARD, PIN, place()), SignedIn)
    assert isinstance(login.by_web_id(office, WEB_ID, PASSWORD, place()), SignedIn)


def test_a_right_secret_alone_opens_nothing(office, careful):
    waiting = begin(office)
    assert office.store.rows("SELECT 1 FROM session") == []
    assert sessions.current(office, waiting) is None


def test_the_mailed_code_finishes_the_sign_in_once(office, careful):
    waiting = begin(office)
    found = finish(office, waiting, mailed(office))
    assert sessions.current(office, found.session_token).member_id == careful.member_id
    assert sessions.current(office, found.session_token).stepped == office.now()
    assert finish(office, waiting, mailed(office)) == Gone()


def test_wrong_codes_are_counted_and_then_another_is_needed(office, careful):
    waiting = begin(office)
    code = mailed(office)
    answers = [finish(office, waiting, wrong(code)) for _ in range(6)]
    assert answers == [*(Failed(left) for left in (4, 3, 2, 1, 0)), Spent()]
    assert finish(office, waiting, code) == Spent()
    office.clock.move(MINUTE)
    second_sign_in.send_code(office, waiting, Channel.MAIL)
    assert isinstance(finish(office, waiting, mailed(office)), SignedIn)


def test_a_code_of_one_sign_in_is_nothing_to_another(office, careful):
    begin(office)
    office.clock.move(MINUTE)
    assert finish(office, begin(office), letters(office, "code")[1]["code"]) == Failed(4)


def test_starting_over_sends_no_more_codes_than_the_budget(office, careful):
    waiting = [begin(office) for _ in range(8)]
    assert len(letters(office, "code")) == 1
    assert second_sign_in.current(office, waiting[0]).sent
    assert not second_sign_in.current(office, waiting[-1]).sent
    assert isinstance(second_sign_in.send_code(office, waiting[-1], Channel.MAIL), TooSoon)


def test_an_app_finishes_it_and_each_of_its_codes_is_good_once(office, careful):
    app = with_app(office, careful)
    office.clock.move(MINUTE)
    waiting, code = begin(office), app.at(office.now())
    assert letters(office, "code") == []
    assert isinstance(finish(office, waiting, code), SignedIn)
    again = begin(office)
    assert [finish(office, again, code) for _ in range(7)] == [Used()] * 7
    assert finish(office, again, wrong(code)) == Failed()
    office.clock.move(timedelta(seconds=30))
    assert isinstance(finish(office, again, app.at(office.now())), SignedIn)


def test_an_app_can_be_guessed_at_five_times_in_ten_minutes(office, careful):
    app = with_app(office, careful)
    office.clock.move(MINUTE)
    right = app.at(office.now())
    waiting = [begin(office) for _ in range(6)]
    answers = [finish(office, one, wrong(right)) for one in waiting]
    until = office.now() + 10 * MINUTE
    assert answers == [*[Failed()] * 5, Later(until)]
    assert finish(office, waiting[0], right) == Later(until)
    office.clock.move(10 * MINUTE)
    assert isinstance(finish(office, waiting[0], app.at(office.now())), SignedIn)


def test_a_recovery_code_finishes_it_once(office, hanako):
    made = turn_on(office, hanako)
    assert len(set(made)) == 10
    assert isinstance(finish(office, begin(office), made[3].upper().replace("-", " ")), SignedIn)
    assert finish(office, begin(office), made[3]) == Failed()
    assert second_step.chosen(office, hanako.member_id).ways.recovery_left == 9
    assert [one["left"] for one in letters(office, "recovery_used")] == ["9"]


def test_of_one_code_used_twice_at_once_one_signs_in(office, careful):
    waiting = begin(office)
    code = mailed(office)
    found = at_once(office, 6, lambda: finish(office, waiting, code))
    assert sorted(type(one).__name__ for one in found) == [*["Gone"] * 5, "SignedIn"]


def test_of_one_recovery_code_used_in_two_sign_ins_at_once_one_signs_in(office, hanako):
    code = turn_on(office, hanako)[0]
    waiting = [begin(office) for _ in range(4)]
    found = each_at_once(office, [lambda one=one: finish(office, one, code) for one in waiting])
    assert sorted(type(one).__name__ for one in found) == [*["Failed"] * 3, "SignedIn"]


def test_a_sign_in_waits_for_half_an_hour(office, careful):
    waiting = begin(office)
    office.clock.move(timedelta(minutes=30))
    assert second_sign_in.current(office, waiting) is None
    assert second_sign_in.send_code(office, waiting, Channel.MAIL) == Gone()


def test_a_card_held_meanwhile_does_not_enter(office, careful):
    waiting = begin(office)
    locks.hold_card(office, careful.contract_id)
    assert finish(office, waiting, mailed(office)) == Gone()
    assert office.store.rows("SELECT 1 FROM session") == []


def test_a_password_changed_meanwhile_ends_the_sign_in(office, careful):
    waiting = login.by_web_id(office, WEB_ID, PASSWORD, place()).token
    code = mailed(office)
    recovery.ask(office, "", WEB_ID, cast.HANAKO.member.email)
    browser = Browser("iPhoneのSafari", "192.0.2.0/24")
    recovery.reset(office, token(office, "password_link"), "Himawari2468", browser)
    assert finish(office, waiting, code) == Gone()


def test_a_right_secret_costs_no_try_but_forgives_only_with_the_code(office, careful):
    for _ in range(2):
        login.by_card(office, CARD, "0000", place())
    gate = OpenGate()
    waiting = login.by_card(office, CARD, PIN, place(gate=gate)).token
    assert gate.taken == 0
    assert login.by_card(office, CARD, "0000", place()).opens_at
    assert isinstance(finish(office, waiting, mailed(office)), SignedIn)
    assert login.by_card(office, CARD, "0000", place()).opens_at is None


def test_a_known_browsers_tries_are_not_used_up_by_right_secrets(office, hanako):
    device = login.by_card(office, CARD, PIN, place()).device_token
    turn_on(office, hanako, Level.ALWAYS)
    for _ in range(5):
        assert isinstance(login.by_card(office, CARD, PIN, place(device)), CodeNeeded)


def test_only_a_wrong_code_costs_the_address_a_slot(office, careful):
    gate, waiting = OpenGate(), begin(office)
    finish(office, waiting, wrong(mailed(office)), gate=gate)
    finish(office, waiting, mailed(office), gate=gate)
    assert gate.taken == 1
    assert isinstance(finish(office, waiting, "123456", gate=OpenGate(seconds=30)), Later)


def test_every_change_is_told_by_letter(office, hanako):
    turn_on(office, hanako)
    with_app(office, hanako)
    second_step.renew_recovery(office, hanako.member_id)
    second_step.choose(office, hanako.member_id, Level.OFF)
    told = [one["change"] for one in letters(office, "second_step_changed")]
    assert [words[:4] for words in told] == ["2段階認", "回復コー", "認証アプ", "新しい端"]


def test_what_ran_out_is_swept(office, careful):
    begin(office)
    office.clock.move(3 * DAY)
    sessions.sweep(office)
    assert office.store.rows("SELECT 1 FROM pending UNION ALL SELECT 1 FROM code") == []


def test_codes_stay_off_where_mail_comes_back(office, careful):
    office.store.peewee.execute_sql("UPDATE member SET email_bounced_at = 1")
    waiting = begin(office)
    assert second_sign_in.current(office, waiting).ways.mail == ""
    assert isinstance(second_sign_in.send_code(office, waiting, Channel.MAIL), codes.NoWay)
