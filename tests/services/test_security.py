"""Where a member is signed in, which browsers are known, how sign-ins went; and ending each of it."""

from datetime import timedelta

import pytest

from madoguchi.domain.codes import Level
from madoguchi.services import cast, contracts, devices, login, second_step, security, sessions
from madoguchi.services.security import Ended
from madoguchi.services.tries import SignedIn
from tests import people
from tests.support.guessing import place
from tests.support.mailbox import letters

MINUTE = timedelta(minutes=1)


@pytest.fixture
def hanako(office):
    return people.newcomer(office, cast.HANAKO)


def sign_in(office, who=cast.HANAKO, **cookies):
    found = login.by_web_id(office, who.web_id, who.password, place(**cookies))
    assert isinstance(found, SignedIn)
    return found


def names(office, member_id, token):
    """The sessions by what stands for them; one's own is left out."""
    return [s.name for s in security.look(office, member_id, token).sessions if not s.here]


def test_sessions_and_browsers_are_told_with_place_and_the_one_in_use(office, hanako):
    old = sign_in(office)
    office.clock.move(MINUTE)
    here = sign_in(office)
    seen = security.look(office, hanako.member_id, here.session_token)
    assert [s.here for s in seen.sessions] == [True, False]
    assert {(s.label, s.place) for s in seen.sessions} == {("iPhoneのSafari", "192.0.2 で始まるアドレス")}
    assert [(b.here, b.open) for b in seen.browsers] == [(True, True), (False, True)]
    assert old.session_token not in repr(seen)
    assert sessions.key_of(old.session_token) not in repr(seen)


def test_a_session_that_ran_out_is_not_told(office, hanako):
    sign_in(office)
    office.clock.move(15 * MINUTE)
    here = sign_in(office).session_token
    assert names(office, hanako.member_id, here) == []


def test_a_copy_of_the_token_is_dead_once_its_session_is_ended_from_elsewhere(office, hanako):
    copy, here = sign_in(office).session_token, sign_in(office).session_token
    (name,) = names(office, hanako.member_id, here)
    assert security.end_session(office, hanako.member_id, name, here) is Ended.THERE
    assert sessions.current(office, copy) is None
    assert sessions.current(office, here)
    assert security.end_session(office, hanako.member_id, name, here) is Ended.GONE


def test_ending_ones_own_session_says_so(office, hanako):
    here = sign_in(office).session_token
    (own,) = security.look(office, hanako.member_id, here).sessions
    assert security.end_session(office, hanako.member_id, own.name, here) is Ended.HERE
    assert sessions.current(office, here) is None


def test_a_member_is_signed_out_everywhere_but_here_and_told_by_letter(office, hanako):
    there, here = (sign_in(office).session_token for _ in range(2))
    assert security.end_others(office, hanako.member_id, here, "iPhoneのSafari") == 1
    assert sessions.current(office, there) is None
    assert sessions.current(office, here)
    assert security.end_others(office, hanako.member_id, here, "iPhoneのSafari") == 0
    assert [one["label"] for one in letters(office, "signed_out_all")] == ["iPhoneのSafari"]


def test_nobody_ends_or_forgets_what_is_anothers(office, hanako):
    ken = people.newcomer(office, cast.KEN)
    hers, his = sign_in(office), sign_in(office, cast.KEN)
    (session,) = security.look(office, hanako.member_id, hers.session_token).sessions
    (browser,) = security.look(office, hanako.member_id, hers.session_token).browsers
    assert security.end_session(office, ken.member_id, session.name, his.session_token) is Ended.GONE
    assert security.forget_browser(office, ken.member_id, browser.id, his.session_token) is Ended.GONE
    assert sessions.current(office, hers.session_token)
    assert devices.of_member(office, hanako.member_id)


def test_a_forgotten_browser_is_signed_out_and_a_stranger_from_then_on(office, hanako):
    lost, here = sign_in(office), sign_in(office)
    seen = security.look(office, hanako.member_id, here.session_token)
    (number,) = [b.id for b in seen.browsers if not b.here]
    assert security.forget_browser(office, hanako.member_id, number, here.session_token) is Ended.THERE
    assert sessions.current(office, lost.session_token) is None
    assert sign_in(office, device=lost.device_token).new_device
    assert not sign_in(office, device=here.device_token).new_device


def test_forgetting_the_browser_in_use_ends_its_session(office, hanako):
    here = sign_in(office).session_token
    (browser,) = security.look(office, hanako.member_id, here).browsers
    assert security.forget_browser(office, hanako.member_id, browser.id, here) is Ended.HERE
    assert sessions.current(office, here) is None


def test_the_history_holds_what_went_well_and_what_did_not_for_ninety_days(office, hanako):
    login.by_web_id(office, cast.HANAKO.web_id, "wrong", place())
    office.clock.move(timedelta(days=89))
    here = sign_in(office).session_token
    seen = security.look(office, hanako.member_id, here).history
    assert [(line.outcome, line.known, line.route) for line in seen] == [
        ("signed_in", False, "web_id"),
        ("wrong", False, "web_id"),
    ]
    office.clock.move(timedelta(days=1))
    assert [line.outcome for line in security.look(office, hanako.member_id, here).history] == ["signed_in"]


def test_the_history_is_read_page_by_page_and_nothing_is_left_out(office, hanako):
    device = ""
    for _ in range(security.PAGE + 1):
        found = sign_in(office, device=device)
        device = found.device_token
        office.clock.move(MINUTE)
    first = security.look(office, hanako.member_id, found.session_token)
    rest = security.look(office, hanako.member_id, found.session_token, first.before)
    assert (len(first.history), len(rest.history), rest.before) == (security.PAGE, 1, None)
    assert rest.history[0].at < first.history[-1].at


def test_the_first_sign_in_of_a_browser_is_told_by_mail_and_no_other(office, hanako):
    found = sign_in(office)
    sign_in(office, device=found.device_token)
    (letter,) = letters(office)
    assert (letter["kind"], letter["to"]) == ("sign_in_new_device", "hanako@example.jp")
    assert (letter["route"], letter["label"]) == ("web_id", "iPhoneのSafari")
    assert letter["at"] == "2026年11月20日 10:00"
    sign_in(office)
    assert len(letters(office)) == 2


def test_a_wrong_pair_from_a_new_browser_writes_no_letter(office, hanako):
    login.by_web_id(office, cast.HANAKO.web_id, "wrong", place())
    assert letters(office) == []


def test_closing_the_contract_ends_every_session(office):
    ichiro = people.newcomer(office)
    token = login.by_card(office, cast.ICHIRO.card, cast.ICHIRO.pin, place()).session_token
    assert sessions.current(office, token)
    contracts.close_contract(office, ichiro.contract_id, "wish", "member")
    assert sessions.current(office, token) is None


def test_a_visitor_is_guarded_from_when_the_second_step_is_on(office, hanako):
    here = sign_in(office).session_token
    assert not sessions.current(office, here).guarded
    second_step.choose(office, hanako.member_id, Level.NEW_DEVICE)
    assert sessions.current(office, here).guarded
    second_step.choose(office, hanako.member_id, Level.OFF)
    assert not sessions.current(office, here).guarded
