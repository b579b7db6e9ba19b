"""The second step before sensitive acts: how long it holds, what it renews, what is kept meanwhile."""

from datetime import timedelta

import pytest

from madoguchi.domain.letters import Channel
from madoguchi.services import cast, kept, login, sessions, step_up
from madoguchi.services.codes import TooSoon
from madoguchi.services.factors import Failed, Spent
from madoguchi.services.step_up import Stepped
from tests import people
from tests.support.factors import mailed, with_app, wrong
from tests.support.guessing import place
from tests.support.mailbox import letters
from tests.support.together import at_once

PATH = "/settings/security/second-step"


@pytest.fixture
def hanako(office):
    """Hanako with a contract of three days; her second step is off."""
    return people.newcomer(office, cast.HANAKO)


@pytest.fixture
def session(office, hanako):
    """Her session: its token, and she as every page sees her."""
    token = login.by_card(office, cast.HANAKO.card, cast.HANAKO.pin, place()).session_token
    return token, sessions.current(office, token)


def test_everybody_with_a_contact_is_asked_by_mail(office, session):
    token, visitor = session
    assert not step_up.fresh(office, visitor)
    step_up.begin(office, visitor, token)
    step_up.begin(office, visitor, token)  # a second press sends no second code
    assert len(letters(office, "code")) == 1
    assert step_up.look(office, visitor, token).sent


def test_a_right_code_holds_for_ten_minutes_under_a_new_token(office, session):
    token, visitor = session
    step_up.begin(office, visitor, token)
    passed = step_up.confirm(office, visitor, token, mailed(office))
    assert sessions.current(office, token) is None
    assert step_up.fresh(office, sessions.current(office, passed.session_token))
    office.clock.move(timedelta(minutes=10))
    assert not step_up.fresh(office, sessions.current(office, passed.session_token))


def test_wrong_codes_are_counted_and_a_code_of_another_session_is_nothing(office, session):
    token, visitor = session
    step_up.begin(office, visitor, token)
    code = mailed(office)
    other = login.by_card(office, cast.HANAKO.card, cast.HANAKO.pin, place()).session_token
    assert step_up.confirm(office, sessions.current(office, other), other, code) == Spent()
    answers = [step_up.confirm(office, visitor, token, wrong(code)) for _ in range(6)]
    assert answers == [*(Failed(left) for left in (4, 3, 2, 1, 0)), Spent()]


def test_whoever_has_an_app_is_sent_no_code_unasked(office, session, hanako):
    token, visitor = session
    app = with_app(office, hanako)
    step_up.begin(office, visitor, token)
    assert letters(office, "code") == []
    office.clock.move(timedelta(minutes=1))
    assert isinstance(step_up.confirm(office, visitor, token, app.at(office.now())), Stepped)


def test_a_session_that_ended_meanwhile_is_not_renewed(office, session):
    token, visitor = session
    step_up.begin(office, visitor, token)
    sessions.end(office, token)
    passed = step_up.confirm(office, visitor, token, mailed(office))
    assert isinstance(passed, Stepped)
    assert sessions.current(office, passed.session_token) is None


def test_codes_share_one_budget(office, session):
    token, visitor = session
    step_up.begin(office, visitor, token)
    assert isinstance(step_up.send_code(office, visitor, token, Channel.MAIL), TooSoon)


def test_of_one_code_used_twice_at_once_one_passes(office, session):
    token, visitor = session
    step_up.begin(office, visitor, token)
    code = mailed(office)
    found = at_once(office, 6, lambda: step_up.confirm(office, visitor, token, code))
    assert sum(isinstance(one, Stepped) for one in found) == 1


def test_typed_data_come_back_once_to_their_owner_and_their_act(office, session, hanako):
    ken = people.newcomer(office, cast.KEN)
    name = kept.keep(office, hanako.member_id, PATH, {"level": "always"})
    assert kept.path_of(office, ken.member_id, name) is None
    assert kept.take(office, ken.member_id, name, PATH) is None
    assert kept.take(office, hanako.member_id, name, "/elsewhere") is None
    assert kept.take(office, hanako.member_id, name, PATH) == {"level": "always"}
    assert kept.take(office, hanako.member_id, name, PATH) is None


def test_typed_data_are_sealed_and_kept_for_half_an_hour(office, hanako):
    name = kept.keep(office, hanako.member_id, PATH, {"amount": "123456"})
    assert "123456" not in office.store.one("SELECT sealed FROM kept")[0]
    office.clock.move(timedelta(minutes=30))
    assert kept.take(office, hanako.member_id, name, PATH) is None
