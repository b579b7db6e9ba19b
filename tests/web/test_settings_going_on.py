"""Settings on the way to the second step: no code is spent too early, Back meets no end."""

import pytest

from tests import people
from tests.support.factors import mailed
from tests.support.mailbox import letters
from tests.support.members import signed_in
from tests.web.test_settings import MOVED, TOWN


@pytest.fixture
def member(plain_office):
    """The browser of 佐藤 花子."""
    return signed_in(plain_office, people.hanako(plain_office))


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/settings/phone", {"phone": ""}),
        ("/settings/phone", {"phone": "12"}),
        ("/settings/email", {"email": ""}),
        ("/settings/email", {"email": "hanako"}),
        ("/settings/email", {"email": "hanako@example.jp"}),
        ("/settings/address", {}),
        ("/settings/address", MOVED),
        ("/settings/bank-account", {}),
        ("/settings/bank-account/confirm", {"bank_code": "みずほ"}),
    ],
)
def test_no_code_is_spent_on_a_form_that_cannot_be_sent(member, plain_office, path, typed):
    member.get(path.removesuffix("/confirm"))
    page = member.post(path, **typed)
    assert (page.status, bool(page.errors)) == (422, True)
    assert letters(plain_office, "code") == []


def test_the_towns_stand_again_after_back_or_a_reload(member):
    member.get("/settings/address")
    where = member.post("/settings/address/towns", **MOVED).headers["Location"]
    assert MOVED["street"] not in where
    for _ in range(3):
        assert member.get(where).find("//input[@name='town']/@value") == [TOWN, ""]
    assert member.get("/settings/address/towns?typed=nobody").path == "/settings/address"


def test_what_was_kept_is_shown_to_its_owner_alone(member, plain_office):
    member.get("/settings/address")
    where = member.post("/settings/address/towns", **MOVED).headers["Location"]
    other = signed_in(plain_office, people.yui(plain_office))
    assert other.get(where).path == "/settings/address"
    assert MOVED["street"] not in other.page.body


def test_a_second_press_of_going_on_says_that_it_went_on_and_where_to_look(member, plain_office):
    member.get("/settings/phone")
    member.submit("/settings/phone", phone="090-1111-2222")
    member.submit("/step-up", code=mailed(plain_office))
    before = member.page
    member.submit("go-on")
    member.page = before
    page = member.submit("go-on")
    assert (page.status, page.heading) == (409, "この内容は、もうお受け取りしています")
    assert "090-1111-2222" in member.follow("お手続きのページで確かめる").text
    assert len(letters(plain_office, "phone_changed")) == 1
