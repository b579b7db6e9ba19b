"""Passkeys at the desk: made by who proves once more who sits there, then a whole way in, for staff alone."""

import pytest

from madoguchi.services import audit, cast, passkeys, staff, staff_passkeys, staff_sessions
from madoguchi.services.audit import Filter
from madoguchi.services.passkeys import Refused
from madoguchi.services.staff import In, Wait, Wrong
from tests import people
from tests.support import desk
from tests.support.factors import answer, on_paper
from tests.support.guessing import place

BINDING, VISIT, WHERE = "desk:session", "desk-visit:here", ("203.0.113.0/24", "Chrome")


@pytest.fixture
def office(database):
    """An office whose passkeys are words on paper."""
    return on_paper(people.office(database))


@pytest.fixture
def clerk(office):
    """desk1, an operator, half a minute after signing in: the code shows anew."""
    who = desk.colleague(office)
    office.clock.move(desk.MINUTE)
    return who


def register(office, who, password=desk.PASSWORD, code=None, gate=None, name="事務所", **said):
    challenge = staff_passkeys.to_register(office, who, BINDING)
    typed = password, desk.code(office) if code is None else code
    said = answer(challenge, **({"count": 0} | said))
    return staff_passkeys.register(office, who, BINDING, said, name, *typed, gate or desk.Open())


def enter(office, gate=None, **said):
    challenge = staff_passkeys.to_prove(office, VISIT)
    return staff_passkeys.sign_in(office, VISIT, answer(challenge, **said), gate or desk.Open(), *WHERE)


def noted(office, word):
    return [line for line in audit.found(office, Filter()) if line.kind == word]


def test_a_passkey_made_with_password_and_code_signs_in_by_itself(office, clerk):
    assert register(office, clerk) is True
    found = enter(office)
    who = staff.current(office, found.token)
    assert (who.name, who.role) == (clerk.name, clerk.role)
    (key,) = staff_passkeys.of(office, clerk)
    assert (key.name, key.sign_count, key.used_at) == ("事務所", 1, office.now())


@pytest.mark.parametrize("wrong", [{"password": "another-horse-7-battery"}, {"code": "000000"}])
def test_whoever_finds_a_screen_unlocked_makes_no_key(office, clerk, wrong):
    assert register(office, clerk, **wrong) == Wrong()
    assert staff_passkeys.of(office, clerk) == []


def test_a_code_that_was_used_makes_no_second_key(office, clerk):
    assert register(office, clerk) is True
    assert register(office, clerk, credential="tablet") == Wrong()
    assert len(staff_passkeys.of(office, clerk)) == 1


def test_wrong_tries_at_making_one_count_on_the_name(office, clerk):
    for _ in range(4):
        register(office, clerk, code="000000")
    assert isinstance(register(office, clerk), Wait)


def test_the_slot_of_the_address_comes_back_when_it_was_right_and_not_else(office, clerk):
    gate = desk.Open()
    register(office, clerk, gate=gate)
    enter(office, gate=gate)
    assert gate.taken == 0
    assert enter(office, gate=gate, key="other", count=9) == Wrong()
    assert gate.taken == 1


def test_a_challenge_is_answered_once_and_by_the_browser_it_was_made_for(office, clerk):
    register(office, clerk)
    challenge = staff_passkeys.to_prove(office, VISIT)
    elsewhere = staff_passkeys.sign_in(office, "desk-visit:there", answer(challenge), desk.Open(), *WHERE)
    assert elsewhere == Wrong()
    first = staff_passkeys.sign_in(office, VISIT, answer(challenge), desk.Open(), *WHERE)
    again = staff_passkeys.sign_in(office, VISIT, answer(challenge, count=2), desk.Open(), *WHERE)
    assert isinstance(first, In)
    assert again == Wrong()


def test_a_counter_that_went_back_is_a_copied_key(office, clerk):
    register(office, clerk, count=7)
    assert enter(office, count=7) == Wrong()


def test_a_removed_key_and_one_whose_owner_left_open_nothing(office, clerk):
    register(office, clerk)
    (key,) = staff_passkeys.of(office, clerk)
    other = desk.colleague(office, "desk9")
    assert not staff_passkeys.remove(office, other, key.id)
    assert staff_passkeys.remove(office, clerk, key.id)
    assert enter(office) == Wrong()
    office.clock.move(desk.MINUTE)
    register(office, clerk)
    staff.leave(office, clerk.name)
    assert enter(office) == Wrong()


def test_a_members_passkey_opens_no_desk_and_a_colleagues_no_account(office, clerk):
    hanako = people.newcomer(office, cast.HANAKO)
    challenge = passkeys.to_register(office, hanako.member_id, hanako.number, "session")
    assert passkeys.register(office, hanako.member_id, "session", answer(challenge, count=0), "スマホ")
    assert enter(office) == Wrong()
    register(office, clerk, credential="office")
    challenge = passkeys.to_prove(office, "visit:here")
    found = passkeys.sign_in(office, "visit:here", answer(challenge, credential="office"), place())
    assert found == Refused()


def test_what_was_done_stands_in_the_log(office, clerk):
    register(office, clerk)
    enter(office)
    staff_passkeys.remove(office, clerk, staff_passkeys.of(office, clerk)[0].id)
    assert [line.facts["name"] for kind in ("key_made", "key_removed") for line in noted(office, kind)] == [
        "事務所", "事務所",
    ]  # fmt: skip
    assert [line.facts["how"] for line in noted(office, "signed_in")] == ["passkey", ""]


def test_all_sessions_of_a_colleague_end_at_once(office, clerk):
    tokens = [desk.enter(office).token]
    office.clock.move(desk.MINUTE)
    tokens.append(desk.enter(office).token)
    boss = desk.colleague(office, "boss")
    assert {one.name for one in staff_sessions.open_now(office)} == {"desk1", "boss"}
    assert staff_sessions.end_all(office, "desk1", boss) == 3
    assert [staff.current(office, token) for token in tokens] == [None, None]
    assert staff_sessions.end_all(office, "desk1", boss) == 0
    assert staff_sessions.end_all(office, "nobody", boss) == 0
