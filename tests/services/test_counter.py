"""A PIN is typed by the member at the counter, on a session lent for it, and seen by nobody."""

from datetime import timedelta

import pytest

from madoguchi.domain.pins import PinFault
from madoguchi.domain.secrets import pin_material
from madoguchi.services import audit, counter, locks, staff
from madoguchi.services.counter import Bad, Differ, Done, Over, Purpose
from madoguchi.store import counter as rows
from madoguchi.store import credentials
from madoguchi.store.audit import Filter
from tests import people
from tests.support import desk
from tests.support.mailbox import letters
from tests.support.together import at_once


@pytest.fixture
def ichiro(office):
    """鈴木 一郎, born 3 February 1996."""
    return people.ichiro(office)


@pytest.fixture
def token(office):
    """The token of desk1's session."""
    desk.add(office)
    return desk.enter(office).token


def ticket(office, who, purpose=Purpose.RESET):
    """A ticket for somebody's card."""
    card_id, _ = rows.card_of(office.store, who.contract_id)
    asker = staff.Colleague(1, "desk1", None, office.now(), False)
    with office.store.transaction():
        return counter.open_ticket_within(office, who.contract_id, card_id, purpose, asker)


def lent(office, number, token):
    """The colleague whose session is lent to a ticket."""
    assert counter.hand_over(office, number, staff.current(office, token), token)
    return staff.current(office, token)


def pin_hash(office, who):
    """The hash of somebody's PIN."""
    return office.store.one("SELECT pin_hash FROM card WHERE contract_id = ?", (who.contract_id,))[0]


def test_the_pin_is_set_told_and_noted_without_the_pin(office, ichiro, token):
    number = ticket(office, ichiro)
    assert counter.set_pin(office, number, "5839", "5839", lent(office, number, token)) == Done()
    typed = pin_material(ichiro.persona.card, "5839")
    assert office.hasher.verify(pin_hash(office, ichiro), typed, keyed=True, known_device=False)
    assert letters(office, "pin_set")
    lines = audit.found(office, Filter(kind="pin_set"))
    assert lines[0].member_id == ichiro.member_id
    assert "5839" not in str(lines[0].facts)


def test_a_ticket_is_of_use_only_in_the_session_that_was_lent_and_once(office, ichiro, token):
    number, before = ticket(office, ichiro), pin_hash(office, ichiro)
    unlent = staff.current(office, token)
    assert counter.set_pin(office, number, "5839", "5839", unlent) == Over()
    assert pin_hash(office, ichiro) == before
    who = lent(office, number, token)
    assert counter.set_pin(office, number, "5839", "5839", who) == Done()
    assert counter.set_pin(office, number, "4715", "4715", who) == Over()


@pytest.mark.parametrize(
    ("pin", "again", "outcome"),
    [
        ("0203", "0203", Bad(PinFault.BIRTHDAY)),
        ("7777", "7777", Bad(PinFault.SAME)),
        ("123", "123", Bad(PinFault.SHAPE)),
        ("5839", "5838", Differ()),
    ],
)
def test_what_will_not_do_changes_nothing_and_the_ticket_stays_good(
    office, ichiro, token, pin, again, outcome
):
    number, before = ticket(office, ichiro), pin_hash(office, ichiro)
    who = lent(office, number, token)
    assert counter.set_pin(office, number, pin, again, who) == outcome
    assert pin_hash(office, ichiro) == before
    assert counter.is_open(office, counter.read(office, number))


def test_a_ticket_runs_out_and_a_newer_one_stops_it(office, ichiro, token):
    old = ticket(office, ichiro)
    new = ticket(office, ichiro)
    assert not counter.hand_over(office, old, staff.current(office, token), token)
    assert counter.open_of(office, ichiro.contract_id) == new
    office.clock.move(timedelta(hours=24))
    assert counter.open_of(office, ichiro.contract_id) is None


def test_a_reset_frees_the_card_that_guessing_held_and_no_other_hold(office, ichiro, token):
    locks.hold_card(office, ichiro.contract_id)
    number = ticket(office, ichiro)
    counter.set_pin(office, number, "5839", "5839", lent(office, number, token))
    assert credentials.doors(office.store, ichiro.contract_id)[0] == "active"
    locks.hold_card(office, ichiro.contract_id, "member", "member")
    number = ticket(office, ichiro)
    counter.set_pin(office, number, "4715", "4715", lent(office, number, token))
    assert credentials.doors(office.store, ichiro.contract_id)[0] == "held"


def test_taking_the_screen_back_ends_the_session_and_stops_a_ticket_that_was_not_used(office, ichiro, token):
    number = ticket(office, ichiro)
    who = lent(office, number, token)
    counter.take_back(office, token, who)
    assert staff.current(office, token) is None
    assert counter.read(office, number).outcome == "stopped"


def test_two_presses_at_once_set_one_pin(office, ichiro, token):
    number = ticket(office, ichiro)
    who = lent(office, number, token)
    outcomes = at_once(office, 2, lambda: counter.set_pin(office, number, "5839", "5839", who))
    assert sorted(type(found).__name__ for found in outcomes) == ["Done", "Over"]
    assert len(letters(office, "pin_set")) == 1
