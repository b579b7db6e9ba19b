"""On which browsers the second step is asked at sign-in: new ones, all, or those that were not spared."""

from dataclasses import replace

import pytest

from madoguchi.domain.codes import Level
from madoguchi.services import cast, devices, login, second_step
from madoguchi.services.second_sign_in import NextTime
from madoguchi.services.tries import CodeNeeded, SignedIn
from tests import people
from tests.services.test_second_sign_in import CARD, DAY, MINUTE, PIN, begin, finish
from tests.support.factors import mailed, turn_on
from tests.support.guessing import place


@pytest.fixture
def hanako(office):
    """Hanako with a contract of three days."""
    return people.newcomer(office, cast.HANAKO)


@pytest.fixture
def careful(office, hanako):
    """Hanako, who is asked on new devices."""
    turn_on(office, hanako)
    return hanako


def test_asked_each_time_a_browser_can_be_spared_for_thirty_days_and_others_are_not(office, hanako):
    turn_on(office, hanako, Level.ALWAYS)
    found = finish(office, begin(office), mailed(office), NextTime.SPARED)
    office.clock.move(30 * DAY - MINUTE)
    found = login.by_card(office, CARD, PIN, place(found.device_token))
    assert isinstance(found, SignedIn)
    assert isinstance(login.by_card(office, CARD, PIN, place()), CodeNeeded)
    office.clock.move(2 * MINUTE)
    assert isinstance(login.by_card(office, CARD, PIN, place(found.device_token)), CodeNeeded)


def test_a_browser_that_signed_in_before_is_not_new_until_it_is_removed(office, hanako):
    device = login.by_card(office, CARD, PIN, place()).device_token
    turn_on(office, hanako)
    found = login.by_card(office, CARD, PIN, place(device))
    assert isinstance(found, SignedIn)
    devices.forget(office, hanako.member_id)
    assert isinstance(login.by_card(office, CARD, PIN, place(found.device_token)), CodeNeeded)


def test_a_browser_that_passed_once_is_not_asked_again_unless_others_use_it_too(office, careful):
    found = finish(office, begin(office), mailed(office))
    assert isinstance(login.by_card(office, CARD, PIN, place(found.device_token)), SignedIn)
    office.clock.move(MINUTE)
    found = finish(office, begin(office), mailed(office), NextTime.ASKED)
    assert isinstance(login.by_card(office, CARD, PIN, place(found.device_token)), CodeNeeded)


def test_always_means_always(office, hanako):
    turn_on(office, hanako, Level.ALWAYS)
    found = finish(office, begin(office), mailed(office))
    assert isinstance(login.by_card(office, CARD, PIN, place(found.device_token)), CodeNeeded)


def test_a_lender_that_always_asks_spares_no_browser(office, hanako):
    turn_on(office, hanako, Level.ALWAYS)
    strict = replace(office.rules, sign_in=replace(office.rules.sign_in, second_step=Level.ALWAYS))
    office = replace(office, rules=strict)
    found = finish(office, begin(office), mailed(office), NextTime.SPARED)
    assert isinstance(login.by_card(office, CARD, PIN, place(found.device_token)), CodeNeeded)


def test_changing_the_choice_spares_no_browser_any_more(office, hanako):
    turn_on(office, hanako, Level.ALWAYS)
    found = finish(office, begin(office), mailed(office), NextTime.SPARED)
    second_step.choose(office, hanako.member_id, Level.OFF)
    second_step.choose(office, hanako.member_id, Level.ALWAYS)
    assert isinstance(login.by_card(office, CARD, PIN, place(found.device_token)), CodeNeeded)


def test_the_site_may_ask_everybody_who_can_be_asked(office, hanako):
    people.newcomer(office, cast.KEN, member=replace(cast.KEN.member, email="", phone=""))
    strict = replace(office.rules, sign_in=replace(office.rules.sign_in, second_step=Level.NEW_DEVICE))
    office = replace(office, rules=strict)
    assert isinstance(login.by_card(office, CARD, PIN, place()), CodeNeeded)
    assert isinstance(login.by_card(office, cast.KEN.card, cast.KEN.pin, place()), SignedIn)
