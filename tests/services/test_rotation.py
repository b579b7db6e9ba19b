"""Replacing the secret and the pepper: what was made with the old ones goes on, and moves to the new."""

from dataclasses import replace
from datetime import timedelta

import pytest

from madoguchi.adapters.hashing import Lanes
from madoguchi.adapters.wiring import make_factors
from madoguchi.domain.codes import Level
from madoguchi.services import cast, checkup, resealing, second_sign_in, second_step
from madoguchi.services.login import by_card
from madoguchi.services.second_sign_in import NextTime
from madoguchi.services.tries import CodeNeeded, SignedIn, WrongPair
from madoguchi.store import credentials
from tests import people
from tests.support import desk
from tests.support.factors import mailed, turn_on, with_app
from tests.support.guessing import place

CARD, PIN = cast.HANAKO.card, cast.HANAKO.pin
NEW_SECRET, NEW_PEPPER = b"another secret for tests, 32 signs", b"another pepper for tests, 32 signs"


@pytest.fixture
def hanako(office):
    """Hanako with a contract of three days."""
    return people.newcomer(office, cast.HANAKO)


def repeppered(office, old=(people.PEPPER,)):
    """The same house after its pepper was replaced."""
    return replace(office, hasher=Lanes(NEW_PEPPER, **people.CHEAP, old=old))


def resecreted(office, old=(people.SECRET,)):
    """The same house after its secret was replaced."""
    fresh = make_factors(NEW_SECRET, people.SITE, office.rules, old)
    return replace(office, secret=NEW_SECRET, old_secrets=old, factors=fresh)


def finish(office, asked, typed):
    """Type something as the second step."""
    return second_sign_in.finish(office, asked.token, typed, NextTime.AS_CHOSEN, place())


def marks(office):
    """How many PINs are keyed by which pepper."""
    return credentials.marks_of_pins(office.store, 8)


def test_a_pin_moves_to_the_new_pepper_when_it_is_used(office, hanako):
    old = office.hasher.marks[0]
    assert marks(office) == {old: 1}
    later = repeppered(office)
    assert isinstance(by_card(later, CARD, "0000", place()), WrongPair)
    assert marks(office) == {old: 1}
    assert isinstance(by_card(later, CARD, PIN, place()), SignedIn)
    assert marks(office) == {later.hasher.marks[0]: 1}
    assert isinstance(by_card(repeppered(office, ()), CARD, PIN, place()), SignedIn)


def test_a_pin_from_before_there_were_marks_is_keyed_by_the_oldest_pepper(office, hanako):
    with office.store.transaction():
        office.store.write("UPDATE card SET pin_hash = SUBSTR(pin_hash, 9)")
    assert marks(office) == {"": 1}
    later = repeppered(office)
    assert isinstance(by_card(later, CARD, PIN, place()), SignedIn)
    assert marks(office) == {later.hasher.marks[0]: 1}


def test_without_its_pepper_no_pin_is_right_and_the_doctor_counts_such_pins(office, hanako):
    lost = repeppered(office, ())
    assert isinstance(by_card(lost, CARD, PIN, place()), WrongPair)
    assert any("1 PINs are keyed by a pepper that is not set" in one for one in checkup.keys(lost))
    assert any("1 PINs are still keyed by an older" in one for one in checkup.keys(repeppered(office)))
    assert list(checkup.keys(office)) == []


def test_a_sign_in_that_waits_for_its_code_outlives_the_new_hash_of_its_pin(office, hanako):
    turn_on(office, hanako)
    later = repeppered(office)
    asked = by_card(later, CARD, PIN, place())
    assert isinstance(asked, CodeNeeded)
    assert marks(office) == {later.hasher.marks[0]: 1}
    typed = mailed(office)
    assert isinstance(finish(later, asked, typed), SignedIn)


def test_recovery_codes_of_the_old_secret_are_still_right(office, hanako):
    recovery = turn_on(office, hanako)
    later = resecreted(office)
    moved = by_card(later, CARD, PIN, place())
    assert isinstance(finish(later, moved, recovery[0]), SignedIn)
    lost = resecreted(office, ())
    assert not isinstance(finish(lost, by_card(lost, CARD, PIN, place()), recovery[1]), SignedIn)


def test_apps_go_on_and_are_sealed_anew_once(office, hanako):
    app = with_app(office, hanako)
    desk.add(office)
    second_step.choose(office, hanako.member_id, Level.NEW_DEVICE)
    later = resecreted(office)
    assert resealing.left(later) == 2
    assert any("`reseal`" in one for one in checkup.keys(later))
    assert resealing.reseal(later) == 2
    assert (resealing.left(later), resealing.reseal(later)) == (0, 0)
    alone = resecreted(office, ())
    asked = by_card(alone, CARD, PIN, place())
    office.clock.move(timedelta(seconds=60))
    assert isinstance(finish(alone, asked, app.at(office.now())), SignedIn)
