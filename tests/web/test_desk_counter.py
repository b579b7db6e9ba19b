"""The counter's screen: lent to the member, it opens nothing else, and goes back by password and code."""

from datetime import timedelta

import pytest

from madoguchi.services import audit, counter, staff
from madoguchi.services.counter import Purpose
from madoguchi.store import counter as rows
from madoguchi.store.audit import Filter
from tests import people
from tests.support import desk
from tests.support.mailbox import letters


@pytest.fixture
def at_desk(visitor, office):
    """An operator at the desk."""
    return desk.walk_in(visitor, office)


@pytest.fixture
def ticket(office):
    """A ticket for Ichiro's first PIN."""
    who = people.ichiro(office)
    asker = staff.Colleague(1, "desk2", None, office.now(), False)
    card_id, _ = rows.card_of(office.store, who.contract_id)
    with office.store.transaction():
        return counter.open_ticket_within(office, who.contract_id, card_id, Purpose.NEW, asker)


@pytest.fixture
def screen(at_desk, ticket):
    """The screen in the member's hands."""
    at_desk.get(f"/desk/counter/{ticket}")
    at_desk.submit(f"/desk/counter/{ticket}/handover")
    return at_desk


def test_the_desk_sees_for_whom_it_is_and_hands_the_screen_over(at_desk, ticket):
    page = at_desk.get(f"/desk/counter/{ticket}")
    assert "鈴木 一郎さん（100000027）" in page.text
    page = at_desk.submit(f"/desk/counter/{ticket}/handover")
    assert page.heading == "暗証番号を決める"
    assert page.find("//nav") == []
    assert "desk1" not in page.text


def test_the_member_types_the_pin_twice_and_is_thanked(screen, office, ticket):
    page = screen.submit(f"/desk/counter/{ticket}/pin", pin="５８３９", pin_again="5839")
    assert page.heading == "ありがとうございました"
    assert letters(office, "pin_set")
    assert "5839" not in page.text


@pytest.mark.parametrize(
    ("pin", "again", "field"), [("0203", "0203", "pin"), ("5839", "5838", "pin_again"), ("", "", "pin")]
)
def test_a_pin_that_will_not_do_is_told_beside_its_field_and_never_sent_back(
    screen, ticket, pin, again, field
):
    page = screen.submit(f"/desk/counter/{ticket}/pin", pin=pin, pin_again=again)
    assert page.status == 422
    assert page.error_of(field)
    assert page.find("//input[@name='pin']/@value") == []


@pytest.mark.parametrize("path", ["/desk/members", "/desk/requests", "/desk/home", "/desk/members/100000019"])
def test_the_lent_session_opens_nothing_else(screen, ticket, path):
    answer = screen.client.get(path)
    assert answer.headers["Location"] == f"/desk/counter/{ticket}"


def test_the_screen_goes_back_by_password_and_code_alone(screen, office, ticket):
    page = screen.submit(f"/desk/counter/{ticket}/return", password="wrong", code="123456")
    assert page.status == 422
    assert page.errors
    office.clock.move(timedelta(seconds=30))
    old = screen.client.get_cookie("desk").value
    page = screen.submit(f"/desk/counter/{ticket}/return", password=desk.PASSWORD, code=desk.code(office))
    assert page.heading.startswith("鈴木 一郎")
    assert staff.current(office, old) is None
    assert [line.facts["outcome"] for line in audit.found(office, Filter(kind="counter_back"))] == ["stopped"]


def test_without_the_screen_there_is_no_way_to_set_a_pin(at_desk, ticket):
    page = at_desk.get(f"/desk/counter/{ticket}")
    token = page.find("//input[@name='csrf_token']/@value")[0]
    wish = {"pin": "5839", "pin_again": "5839", "csrf_token": token}
    assert at_desk.client.post(f"/desk/counter/{ticket}/pin", data=wish).status_code == 404
