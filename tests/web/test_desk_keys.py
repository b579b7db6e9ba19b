"""Passkeys on the desk's pages, and the page of who is signed in."""

import pytest

from madoguchi.domain.staff import Role
from tests.page import Visitor
from tests.support import desk
from tests.support.factors import answer, on_paper


@pytest.fixture
def office(office):
    """An office whose passkeys are words on paper."""
    return on_paper(office)


def made(visitor, office, **typed):
    """Make a passkey on the page; the code is a new one."""
    office.clock.move(desk.MINUTE)
    visitor.get("/desk/keys")
    token = visitor.find("//input[@name='csrf_token']/@value")[0]
    challenge = visitor.client.post("/desk/keys/options", data={"csrf_token": token}).get_data(as_text=True)
    fields = {"name": "事務所", "password": desk.PASSWORD, "code": desk.code(office)} | typed
    return visitor.submit("/desk/keys", credential=answer(challenge, count=0), **fields)


def test_a_passkey_is_made_used_and_removed_on_the_pages(app, visitor, office):
    at_desk = desk.walk_in(visitor, office)
    assert "パスキーを登録しました" in made(at_desk, office).text
    other = Visitor(app)
    other.get("/desk/login")
    token = other.find("//form[@action='/desk/login/passkey']//input[@name='csrf_token']/@value")[0]
    asked = other.client.post("/desk/login/passkey-options", data={"csrf_token": token})
    other.submit("/desk/login/passkey", credential=answer(asked.get_data(as_text=True)))
    assert other.heading == "社内の窓口"
    other.get("/desk/keys")
    page = other.submit(other.find("//form[contains(@action, 'removal')]/@action")[0])
    assert "登録を消しました" in page.text


@pytest.mark.parametrize("typed", [{"password": "another-horse-7"}, {"code": "000000"}])
def test_who_cannot_prove_who_sits_there_makes_none_and_keeps_the_name(visitor, office, typed):
    at_desk = desk.walk_in(visitor, office)
    page = made(at_desk, office, **typed)
    assert page.status == 422
    assert page.find("//input[@name='name']/@value") == ["事務所"]
    assert page.find("//input[@name='password']/@value") == []


def test_a_passkey_that_nobody_has_opens_nothing(visitor, office):
    visitor.get("/desk/login")
    page = visitor.submit("/desk/login/passkey", credential=answer("00" * 24))
    assert page.status == 422
    assert "このパスキーではログインできません" in page.text


def test_a_colleague_removes_no_key_of_another(app, visitor, office):
    made(desk.walk_in(visitor, office), office)
    office.clock.move(desk.MINUTE)
    other = desk.walk_in(Visitor(app), office, "desk2", Role.APPROVER)
    other.get("/desk/keys")
    token = other.find("//input[@name='csrf_token']/@value")[0]
    assert other.client.post("/desk/keys/1/removal", data={"csrf_token": token}).status_code == 404


def test_an_approver_ends_the_sessions_of_a_colleague(app, visitor, office):
    at_desk = desk.walk_in(visitor, office)
    office.clock.move(desk.MINUTE)
    boss = desk.walk_in(Visitor(app), office, "desk2", Role.APPROVER)
    boss.get("/desk/staff")
    assert "desk1" in boss.page.text
    page = boss.submit("/desk/staff/desk1/end")
    assert "ログインを終わらせました" in page.text
    assert at_desk.client.get("/desk/home").status_code == 303
    assert "もう終わっています" in boss.get(boss.post("/desk/staff/desk1/end").headers["Location"]).text
    assert boss.client.get("/desk/home").status_code == 200


def test_ones_own_sessions_end_too_and_the_door_is_shown(visitor, office):
    boss = desk.walk_in(visitor, office, "desk2", Role.APPROVER)
    boss.get("/desk/staff")
    boss.submit("/desk/staff/desk2/end")
    assert boss.heading == "社内の窓口にログイン"
