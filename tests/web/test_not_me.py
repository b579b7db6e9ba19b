"""/not-me: opening stops nothing, the ticked form stops everything once, and nobody is signed in by it."""

from datetime import timedelta

import pytest

from madoguchi.services import sessions
from tests.page import Visitor
from tests.support.mailbox import token
from tests.support.signing import PASSWORD, WEB_ID, by_web_id


@pytest.fixture
def intruder(app):
    """Somebody who came in with Hanako's password."""
    found = Visitor(app)
    found.get("/login")
    by_web_id(found, WEB_ID, PASSWORD, follow=False)
    return found


@pytest.fixture
def link(office, intruder):
    return "/not-me/" + token(office, "sign_in_new_device")


@pytest.fixture
def owner(app, link):
    """Hanako with the letter open, in a browser that was never here."""
    found = Visitor(app)
    found.get(link)
    return found


def test_the_page_says_what_it_is_about_and_what_will_be_stopped(owner, intruder):
    assert owner.heading == "身に覚えがないとき"
    for words in ("11月20日 10:00", "はじめての端末からのログイン", "新しいお借り入れを止めます"):
        assert words in owner.text
    assert intruder.get("/home").status == 200


def test_ticked_and_sent_it_ends_every_session_and_says_what_comes_next(owner, intruder, office):
    copy = intruder.client.get_cookie("session").value
    page = owner.submit(owner.path, sure=True)
    assert (page.status, page.heading) == (200, "すべて止めました")
    assert "/password/reset" in page.find("//main//a/@href")
    assert sessions.current(office, copy) is None
    assert intruder.get("/home", follow=False).headers["Location"].startswith("/login")
    assert owner.client.get_cookie("session") is None
    assert owner.get("/home", follow=False).status == 303


def test_a_press_without_the_tick_stops_nothing(owner, intruder):
    page = owner.submit(owner.path)
    assert (page.status, page.error_of("sure")) == (422, "身に覚えがないときは、ここに印を付けてください")
    assert intruder.get("/home").status == 200


def test_the_one_who_presses_is_signed_out_too(intruder, link):
    intruder.get(link)
    answer = intruder.submit(link, sure=True, follow=False)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert intruder.client.get_cookie("session") is intruder.client.get_cookie("dev") is None


def test_pressed_twice_it_says_the_same_and_ends_no_session_begun_since(owner, app, office, link):
    late = Visitor(app)
    late.get(link)
    owner.submit(link, sure=True)
    back = Visitor(app)
    back.get("/login")
    by_web_id(back, WEB_ID, PASSWORD, follow=False)
    assert late.submit(link, sure=True).heading == "すべて止めました"
    assert back.get("/home").status == 200


def test_the_home_page_then_says_that_borrowing_and_the_card_are_stopped(owner, app, link):
    owner.submit(link, sure=True)
    owner.get("/login")
    by_web_id(owner, WEB_ID, PASSWORD)
    assert "カードを止めています" in owner.get("/home").text
    assert "新しいお借り入れを止めています" in owner.page.text
    assert "ご自分の設定で" not in owner.page.text


@pytest.mark.parametrize("days", [7, 8])
def test_a_link_that_ran_out_leads_to_the_phone(owner, office, link, days):
    office.clock.move(timedelta(days=days))
    page = owner.submit(link, sure=True)
    assert (page.status, page.heading) == (410, "このリンクは使えません")
    assert page.find("//main//a[starts-with(@href, 'tel:')]")
