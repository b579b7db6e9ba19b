"""/desk/members/<number>/call-in, and what the member sees once it is done."""

from datetime import timedelta

import pytest

from madoguchi.domain.staff import Role
from madoguchi.services import four_eyes, rounds
from tests import people
from tests.page import Visitor
from tests.support import desk
from tests.support.members import signed_in

PAGE = "/desk/members/100000035/call-in"


@pytest.fixture
def misaki(office):
    """高橋 美咲, whose due date on the 5th is unmet."""
    return people.misaki(office)


def late(office):
    """Seventy days later, with each day's round run."""
    office.clock.move(timedelta(days=70))
    for _ in rounds.close_days(office):
        pass


def test_too_early_it_says_why_and_offers_nothing(visitor, office, misaki):
    page = desk.walk_in(visitor, office).get(PAGE)
    assert "満たないため" in page.text
    assert page.find(f"//form[@action='{PAGE}']") == []


def test_two_people_do_it_and_the_member_reads_that_all_is_due(app, visitor, office, misaki):
    late(office)
    clerk = desk.walk_in(visitor, office)
    clerk.get(PAGE)
    assert clerk.submit(PAGE, reason=" ").error_of("reason")
    assert clerk.submit(PAGE, reason="ご連絡がつきません").heading == "期限の利益の喪失"
    approver = desk.walk_in(Visitor(app), office, "desk2", Role.APPROVER)
    number = four_eyes.waiting(office)[0].id
    approver.get(f"/desk/requests/{number}")
    assert "期限の利益を失った日" in approver.submit(f"/desk/requests/{number}/approval").text
    member = signed_in(office, misaki)
    for path in ("/home", "/interest", "/repay", "/repay/quote", "/history", "/autopay"):
        assert member.get(path).status == 200, path
    assert member.get("/borrow").status == 403
