"""From signing in to signing out: where one is led, what dies with the session."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from madoguchi.services import sessions
from madoguchi.web import Face, create_app
from tests.page import Visitor
from tests.support.signing import CARD, PIN, by_card

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    ("wished", "led"),
    [
        ("/history?kind=repayment", "/history?kind=repayment"),
        ("//example.com/", "/home"),
        ("https://example.com/", "/home"),
        ("/\\example.com", "/home"),
        ("/\t/example.com", "/home"),
        ("/%0d%0aSet-Cookie:x=1", "/%0d%0aSet-Cookie:x=1"),
        ("/history?kind=借入", "/history?kind=%E5%80%9F%E5%85%A5"),
        ("/logout", "/home"),
        ("", "/home"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_signing_in_leads_to_own_pages_only(app, wished, led, htmx):
    visitor = Visitor(app)
    visitor.get("/login")
    answer = by_card(visitor, forged={"next": wished}, htmx=htmx, follow=False)
    assert answer.headers["HX-Redirect" if htmx else "Location"] == led


def test_the_wish_survives_a_wrong_pair(app):
    visitor = Visitor(app)
    visitor.get("/login?next=/interest")
    by_card(visitor, CARD, "0000")
    assert by_card(visitor, follow=False).headers["Location"] == "/interest"


def test_a_token_from_before_signing_in_is_dead_after_it(visitor):
    (token,) = set(visitor.find("//input[@name='csrf_token']/@value"))
    by_card(visitor, follow=False)
    answer = visitor.client.post("/logout", data={"csrf_token": token})
    assert answer.status_code == 400


def test_signing_out_says_so_clears_and_kills_every_copy(app, office, visitor):
    by_card(visitor, follow=False)
    copy = visitor.client.get_cookie("session").value
    visitor.get("/logout")
    answer = visitor.submit("sign-out", follow=False)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert visitor.client.get_cookie("session") is None
    assert visitor.get(answer.headers["Location"]).heading == "ログアウトしました"
    assert sessions.current(office, copy) is None


def test_a_lost_session_leads_to_sign_in_and_back(app, office, visitor):
    by_card(visitor, follow=False)
    office.clock.move(timedelta(minutes=16))
    answer = visitor.get("/history?kind=repayment", follow=False)
    assert answer.headers["Location"] == "/login?next=/history%3Fkind%3Drepayment"
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/interest?on=2026-11-25"}
    part = visitor.client.get("/interest?on=2026-11-26", headers=headers)
    assert (part.status_code, part.data) == (401, b"")
    assert part.headers["HX-Redirect"] == "/login?next=/interest%3Fon%3D2026-11-25"


@pytest.mark.parametrize("header", ["Referer", "HX-Current-URL"])
def test_an_address_that_is_none_leads_to_sign_in_all_the_same(app, header):
    answer = app.test_client().post("/logout", headers={"HX-Request": "true", header: "http://[none"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/login")


@pytest.mark.parametrize("origin", ["http://[none", "http://example.com", "localhost"])
def test_a_form_from_elsewhere_is_refused(visitor, origin):
    (token,) = set(visitor.find("//input[@name='csrf_token']/@value"))
    fields = {"card_number": CARD, "pin": PIN, "csrf_token": token}
    assert visitor.client.post("/login/card", data=fields, headers={"Origin": origin}).status_code == 400


def test_a_file_in_place_of_text_is_not_taken(visitor):
    (token,) = set(visitor.find("//input[@name='csrf_token']/@value"))
    fields = {"csrf_token": token, "card_number": (BytesIO(CARD.encode()), "card"), "pin": PIN}
    assert visitor.client.post("/login/card", data=fields).status_code == 422


def test_extending_stays_where_one_was(app, office, visitor):
    by_card(visitor, follow=False)
    visitor.get("/logout")
    (token,) = set(visitor.find("//input[@name='csrf_token']/@value"))
    for wished, led in (("/interest", "/interest"), ("//example.com", "/home")):
        answer = visitor.client.post("/session/extend", data={"csrf_token": token, "next": wished})
        assert (answer.status_code, answer.headers["Location"]) == (303, led)


def test_over_https_every_cookie_is_bound_to_the_host(office):
    client = create_app(office, Face("https://members.example.jp"), ROOT).test_client()
    url = {"base_url": "https://members.example.jp"}
    token = re.search(r'csrf_token" value="(\w+)"', client.get("/login", **url).text)[1]
    answer = client.post("/login/card", data={"card_number": CARD, "pin": PIN, "csrf_token": token}, **url)
    cookies = answer.headers.getlist("Set-Cookie")
    assert len(cookies) == 3
    assert all(
        re.match(r"__Host-\w+=.*; Secure; HttpOnly; Path=/; SameSite=Lax", cookie) for cookie in cookies
    )
