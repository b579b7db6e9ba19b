"""What a member does not know is named, everything stops, and the paper lists it with its sum."""

import pytest

from madoguchi.domain.channels import Channel
from madoguchi.domain.rights import State, states_of
from madoguchi.services import cast, login, misuse, posting, sessions, verify
from madoguchi.services.links import Browser
from madoguchi.services.misuse import NothingNamed, Reported, Who
from madoguchi.store import contracts
from tests import people
from tests.support.guessing import place
from tests.support.mailbox import letters

HANAKO = cast.HANAKO
BROWSER = Browser("iPhoneのSafari", "203.0.113.0/24")


@pytest.fixture
def hanako(office):
    made = people.newcomer(office, HANAKO)
    for n, amount in enumerate((20_000, 30_000, 5_000)):
        posting.draw(office, made.contract_id, amount, Channel.ATM, office.business_day(), f"draw-{n}")
    posting.receive_payment(office, made.contract_id, 9_000, Channel.ATM, office.business_day(), "paid")
    return made


def who(made, token="here"):
    """The member in a session."""
    return Who(made.member_id, made.contract_id, token)


def test_only_money_that_left_and_stands_can_be_chosen(office, hanako):
    posting.undo_draw(office, hanako.contract_id, "draw-1", "undone")
    assert [one.amount for one in misuse.choices(office, hanako.contract_id)] == [5_000, 20_000]


def test_what_is_named_is_listed_with_its_sum_and_all_stops(office, hanako):
    outcome = misuse.report(office, who(hanako), {1, 3}, BROWSER)
    paper = misuse.paper(office, hanako.member_id, outcome.case_id)
    assert ([one.seq for one in paper.entries], paper.total) == ([1, 3], 25_000)
    held = states_of(contracts.read(office.store, hanako.contract_id).states)
    assert held == {State.HELD, State.STOPPED}
    assert [one["kind"] for one in letters(office)] == ["all_stopped"]
    assert list(verify.differences(office)) == []


def test_every_other_session_ends_and_the_one_that_reports_stays(office, hanako):
    here, there = (
        login.by_web_id(office, HANAKO.web_id, HANAKO.password, place()).session_token for _ in range(2)
    )
    misuse.report(office, who(hanako, here), {1}, BROWSER)
    assert sessions.current(office, here) is not None
    assert sessions.current(office, there) is None


def test_the_same_again_is_the_same_case_and_more_is_another(office, hanako):
    first = misuse.report(office, who(hanako), {1}, BROWSER)
    assert misuse.report(office, who(hanako), {1}, BROWSER) == first
    assert misuse.report(office, who(hanako), {1, 2}, BROWSER) == Reported(first.case_id + 1)


@pytest.mark.parametrize("chosen", [set(), {4}, {99}])
def test_a_payment_or_what_is_not_there_names_nothing(office, hanako, chosen):
    assert misuse.report(office, who(hanako), chosen, BROWSER) == NothingNamed()
    assert states_of(contracts.read(office.store, hanako.contract_id).states) == set()


def test_another_member_s_paper_is_nobody_s_else(office, hanako):
    made = misuse.report(office, who(hanako), {1}, BROWSER)
    ichiro = people.newcomer(office)
    assert misuse.paper(office, ichiro.member_id, made.case_id) is None
    assert misuse.paper(office, hanako.member_id, made.case_id + 7) is None
