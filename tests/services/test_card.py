"""The member's own card: held and released alone, lost for good, and the machines obey at once."""

import pytest

from madoguchi.domain.rights import State, states_of
from madoguchi.services import atm_authorise, card, locks, login, not_me, reports, verify
from madoguchi.services.card import Done, NotPossible, NotYours
from madoguchi.services.tries import Locked, Reason, SignedIn
from madoguchi.store import contracts
from tests import people
from tests.support.applying import visitor
from tests.support.atm import linked, question
from tests.support.guessing import place
from tests.support.mailbox import letters
from tests.support.together import at_once, each_at_once


@pytest.fixture
def hanako(office):
    return people.newcomer(office, people.cast.HANAKO)


def act(office, who, what):
    """Do one of the acts as the member."""
    return what(office, who.member_id, who.contract_id)


def states(office, who):
    """The states of the contract."""
    return states_of(contracts.read(office.store, who.contract_id).states)


def test_held_with_one_press_and_released_with_one(office, hanako):
    assert act(office, hanako, card.hold) == Done(changed=True)
    assert states(office, hanako) == {State.HELD}
    assert act(office, hanako, card.look).own
    assert act(office, hanako, card.hold) == Done(changed=False)
    assert act(office, hanako, card.release) == Done(changed=True)
    assert states(office, hanako) == set()
    assert act(office, hanako, card.release) == Done(changed=False)
    assert [one["kind"] for one in letters(office)] == ["hold_lifted", "card_held"]
    assert list(verify.differences(office)) == []


@pytest.mark.parametrize("why", [locks.GUESSING, reports.LOST_REPORT, not_me.NOT_ME, "member"])
def test_a_hold_that_somebody_else_set_stays(office, hanako, why):
    locks.hold_card(office, hanako.contract_id, why)
    assert act(office, hanako, card.release) == NotYours(why)
    assert not act(office, hanako, card.look).own
    assert states(office, hanako) == {State.HELD}


def test_a_hold_of_ones_own_under_another_stays_too(office, hanako):
    act(office, hanako, card.hold)
    with office.store.transaction():
        reports.stop_cards_within(office, hanako.member_id, office.now())
    assert act(office, hanako, card.release) == NotYours(reports.MISUSE)


@pytest.mark.parametrize("held", [False, True])
def test_lost_is_final_and_starts_another_card(office, hanako, held):
    if held:
        act(office, hanako, card.hold)
    assert act(office, hanako, card.lose) == Done(changed=True)
    assert states(office, hanako) == {State.LOST}
    assert act(office, hanako, card.lose) == Done(changed=False)
    assert act(office, hanako, card.hold) == act(office, hanako, card.release) == NotPossible()
    facts = office.store.rows("SELECT kind, facts FROM case_file WHERE closed_at IS NULL ORDER BY id")
    assert facts == [
        ("application", '{"kind": "reissue"}'),
        ("lost_card", '{"application": 1, "from": "member", "reissue": true}'),
    ]
    assert list(verify.differences(office)) == []


def test_the_number_of_the_police_is_kept_on_the_open_case(office, hanako):
    assert not card.keep_police_number(office, hanako.member_id, "第123号")
    act(office, hanako, card.lose)
    assert card.keep_police_number(office, hanako.member_id, " 第123号 ")
    assert not card.keep_police_number(office, hanako.member_id, "  ")
    assert office.store.rows("SELECT text FROM case_note") == [("警察の受理番号：第123号",)]


def test_lost_by_eight_at_once_is_one_case_and_one_letter(office, hanako):
    found = at_once(office, 8, lambda: act(office, hanako, card.lose))
    assert found.count(Done(changed=True)) == 1
    assert len(letters(office, "card_lost")) == 1
    assert office.store.rows("SELECT kind FROM case_file ORDER BY id") == [("application",), ("lost_card",)]


def test_held_and_released_at_once_end_in_one_of_both(office, hanako):
    acts = [lambda what=what: act(office, hanako, what) for what in (card.hold, card.release) * 4]
    each_at_once(office, acts)
    assert list(verify.differences(office)) == []
    assert act(office, hanako, card.look).state in ("active", "held")


@pytest.mark.parametrize(("what", "code"), [(card.hold, "T-05"), (card.lose, "T-06")])
def test_a_machine_that_is_linked_already_obeys_in_the_same_second(office, hanako, what, code):
    screen = linked(office, hanako)
    act(office, hanako, what)
    refused = atm_authorise.authorise(office, question(hanako, screen, 10_000))
    assert refused.told["code"] == code


@pytest.mark.parametrize(("what", "reason"), [(card.hold, Reason.HELD), (card.lose, Reason.LOST)])
def test_a_known_browser_no_longer_signs_in_by_card_and_does_by_web_id(office, hanako, what, reason):
    who = hanako.persona
    first = login.by_card(office, who.card, who.pin, place())
    act(office, hanako, what)
    known = place(device=first.device_token)
    assert login.by_card(office, who.card, who.pin, known) == Locked(reason)
    assert isinstance(login.by_web_id(office, who.web_id, who.password, known), SignedIn)


def cases_open(office):
    """The kinds of the cases that are open."""
    return [kind for (kind,) in office.store.rows("SELECT kind FROM case_file WHERE closed_at IS NULL")]


@pytest.mark.parametrize("held", [False, True])
def test_a_new_card_for_one_that_is_gone_ends_the_old_one_in_the_same_act(office, hanako, held):
    if held:
        act(office, hanako, card.hold)
    found = at_once(office, 4, lambda: card.replace(office, visitor(office, hanako), "lost"))
    assert {sent.id for sent in found} == {1}
    assert states(office, hanako) == {State.LOST}
    assert (sorted(cases_open(office)), len(letters(office, "card_lost"))) == (
        ["application", "lost_card"],
        1,
    )
    assert act(office, hanako, card.lose) == Done(changed=False)
    assert list(verify.differences(office)) == []


def test_a_new_card_for_one_that_is_worn_leaves_the_old_one_working(office, hanako):
    assert card.replace(office, visitor(office, hanako), "worn").id == 1
    assert (states(office, hanako), cases_open(office)) == (set(), ["application"])
