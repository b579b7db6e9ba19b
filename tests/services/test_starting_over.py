"""Beginning a sign-in again while its second step is asked: the code in hand, and who may not have it."""

from datetime import timedelta

import pytest

from madoguchi.services import cast, login, second_sign_in
from madoguchi.services.factors import Failed
from madoguchi.services.second_sign_in import Gone, NextTime
from madoguchi.services.tries import SignedIn
from tests import people
from tests.support.factors import mailed, turn_on, wrong
from tests.support.guessing import place
from tests.support.mailbox import letters

CARD, PIN = cast.HANAKO.card, cast.HANAKO.pin
MINUTE = timedelta(minutes=1)


@pytest.fixture
def careful(office):
    """Hanako, who is asked on new devices."""
    hanako = people.newcomer(office, cast.HANAKO)
    turn_on(office, hanako)
    return hanako


def begin(office, before=""):
    """A right secret; the token of the sign-in that waits, in the place of one before."""
    return login.by_card(office, CARD, PIN, place(pending=before)).token


def finish(office, waiting, typed):
    """Type something as the second step."""
    return second_sign_in.finish(office, waiting, typed, NextTime.AS_CHOSEN, place())


def test_starting_over_on_one_browser_keeps_the_code_in_hand_with_its_tries_and_its_end(office, careful):
    first = begin(office)
    code = mailed(office)
    assert finish(office, first, wrong(code)) == Failed(4)
    second = begin(office, before=first)
    assert len(letters(office, "code")) == 1
    assert second_sign_in.current(office, second).sent
    assert finish(office, second, wrong(code)) == Failed(3)
    assert finish(office, first, code) == Gone()
    assert isinstance(finish(office, second, code), SignedIn)


def test_a_code_taken_over_ends_when_it_would_have_ended(office, careful):
    first = begin(office)
    office.clock.move(10 * MINUTE - timedelta(seconds=1))
    second = begin(office, before=first)
    old, new = (letters(office, "code")[at]["code"] for at in (1, 0))
    office.clock.move(timedelta(seconds=1))
    assert finish(office, second, old) == Failed(4)
    assert isinstance(finish(office, second, new), SignedIn)


def test_nobody_takes_over_the_code_of_another_member(office, careful):
    other = people.newcomer(office, cast.ICHIRO)
    turn_on(office, other)
    first = begin(office)
    asked = login.by_card(office, cast.ICHIRO.card, cast.ICHIRO.pin, place(pending=first))
    assert asked.token.partition(".")[0] != first.partition(".")[0]
    assert second_sign_in.current(office, first) is not None


def test_another_browser_is_told_from_when_a_code_can_be_sent_to_it(office, careful):
    begin(office)
    waiting = second_sign_in.current(office, begin(office))
    assert (waiting.sent, waiting.next_at) == (False, office.now() + MINUTE)
    office.clock.move(MINUTE)
    assert second_sign_in.current(office, begin(office)).next_at is None
