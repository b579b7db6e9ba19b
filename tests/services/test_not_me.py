"""「身に覚えがない」: what the link in a letter stops, once, and that looking stops nothing."""

from datetime import timedelta

import pytest

from madoguchi.domain.letters import Kind
from madoguchi.domain.rights import Action, State, states_of
from madoguchi.services import cast, devices, locks, login, not_me, sessions, verify
from madoguchi.services.links import Browser
from madoguchi.services.not_me import Answer
from madoguchi.services.tries import Locked, Reason, SignedIn
from tests import people
from tests.support import post
from tests.support.guessing import place
from tests.support.mailbox import letters, token
from tests.support.together import at_once

HANAKO = cast.HANAKO
BROWSER = Browser("WindowsのEdge", "198.51.100.0/24")


@pytest.fixture
def hanako(office):
    return people.newcomer(office, HANAKO)


@pytest.fixture
def intruder(office, hanako):
    """Somebody who signed in with Hanako's password from a browser of their own."""
    return login.by_web_id(office, HANAKO.web_id, HANAKO.password, place())


@pytest.fixture
def link(office, intruder):
    return token(office, "sign_in_new_device")


def states(office, made):
    return states_of(office.store.one("SELECT states FROM contract WHERE id = ?", (made.contract_id,))[0])


def reasons(office, made):
    """State and reason of each open row."""
    sql = "SELECT state, reason FROM contract_state WHERE contract_id = ? AND ended_at IS NULL ORDER BY id"
    return office.store.rows(sql, (made.contract_id,))


def test_looking_says_what_it_is_about_and_stops_nothing(office, hanako, intruder, link):
    for _ in range(3):
        news = not_me.look(office, link)
        assert (news.kind, news.at, news.used) == (Kind.SIGN_IN_NEW_DEVICE, people.TODAY, False)
    assert states(office, hanako) == frozenset()
    assert sessions.current(office, intruder.session_token)


def test_one_press_ends_sessions_forgets_browsers_holds_the_card_and_stops_borrowing(
    office, hanako, intruder, link
):
    assert not_me.stop_all(office, link, BROWSER) is Answer.STOPPED
    assert sessions.current(office, intruder.session_token) is None
    assert devices.of_member(office, hanako.member_id) == []
    assert states(office, hanako) == {State.STOPPED, State.HELD}
    by_card = login.by_card(office, HANAKO.card, HANAKO.pin, place())
    assert not isinstance(by_card, SignedIn)


def test_the_owner_still_sees_and_repays_by_web_id_and_cannot_borrow(office, hanako, link):
    not_me.stop_all(office, link, BROWSER)
    found = login.by_web_id(office, HANAKO.web_id, HANAKO.password, place())
    rights = sessions.current(office, found.session_token).rights
    assert rights.may(Action.SEE)
    assert rights.may(Action.REPAY)
    assert rights.refusal(Action.BORROW).code == "B-04"
    by_card = login.by_card(office, HANAKO.card, HANAKO.pin, place(found.device_token))
    assert by_card == Locked(Reason.HELD)


def test_the_reason_stands_beside_what_held_before_so_that_staff_alone_lift_it(office, hanako, link):
    locks.hold_card(office, hanako.contract_id, locks.GUESSING)
    not_me.stop_all(office, link, BROWSER)
    assert reasons(office, hanako) == [
        ("held", "guessing"), ("stopped", "not_me"), ("held", "not_me"),
    ]  # fmt: skip
    assert office.store.rows("SELECT state, state_why FROM card") == [("held", "not_me")]


def test_a_second_press_changes_nothing_and_the_page_still_knows(office, hanako, link):
    not_me.stop_all(office, link, BROWSER)
    fresh = login.by_web_id(office, HANAKO.web_id, HANAKO.password, place()).session_token
    assert not_me.stop_all(office, link, BROWSER) is Answer.ALREADY
    assert len(letters(office, "all_stopped")) == 1
    assert sessions.current(office, fresh)
    assert not_me.look(office, link).used


def test_of_many_at_once_one_stops_and_the_rest_are_told_that_it_is_done(office, hanako, link):
    answers = at_once(office, 6, lambda: not_me.stop_all(office, link, BROWSER))
    assert sorted(answer.value for answer in answers) == ["already"] * 5 + ["stopped"]
    assert reasons(office, hanako) == [("stopped", "not_me"), ("held", "not_me")]


def test_the_link_works_for_seven_days(office, link):
    office.clock.move(timedelta(days=7) - timedelta(seconds=1))
    assert not_me.look(office, link)
    office.clock.move(timedelta(seconds=1))
    assert not_me.look(office, link) is None
    assert not_me.stop_all(office, link, BROWSER) is Answer.DEAD


def test_a_made_up_link_is_dead_and_the_books_hold_none_that_works(office, link):
    assert not_me.stop_all(office, "made-up", BROWSER) is Answer.DEAD
    ((key,),) = office.store.rows("SELECT key FROM not_me")
    assert not_me.look(office, key) is None
    assert link not in key


def test_every_news_of_a_change_carries_a_link_and_a_newer_one_leaves_the_older_good(office, hanako, link):
    post.changed(office, hanako)
    newer = token(office, "password_changed")
    assert not_me.look(office, newer).kind is Kind.PASSWORD_CHANGED
    assert not_me.stop_all(office, newer, BROWSER) is Answer.STOPPED
    assert not not_me.look(office, link).used


def test_news_that_cannot_be_sent_leave_no_link(office, hanako):
    post.changed(office, hanako, to="")
    assert office.store.rows("SELECT 1 FROM not_me") == []
    assert letters(office) == []


def test_the_books_agree_with_themselves_afterwards(office, hanako, link):
    not_me.stop_all(office, link, BROWSER)
    assert list(verify.differences(office)) == []


def test_links_are_forgotten_in_time(office, link):
    office.clock.move(timedelta(days=31))
    sessions.sweep(office)
    assert office.store.rows("SELECT 1 FROM not_me") == []
