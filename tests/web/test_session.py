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

CODES = "/settings/security/recovery-codes"  # takes a form only
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
    assert part.headers["HX-Redirect"] == "/login?next=/interest%3Fon%3D2026-11-26"


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


def test_a_part_from_elsewhere_leads_back_to_the_page_that_held_it(app, office, visitor):
    by_card(visitor, follow=False)
    office.clock.move(timedelta(minutes=16))
    for shown, led in (("/interest?on=2026-11-25", "/interest%3Fon%3D2026-11-25"), (CODES, None)):
        headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost" + shown}
        answer = visitor.client.get("/session/extend", headers=headers)
        assert answer.headers["HX-Redirect"] == ("/login?next=" + led if led else "/login")


def test_nobody_is_led_to_an_address_that_only_takes_forms(visitor):
    answer = by_card(visitor, forged={"next": CODES}, follow=False)
    assert answer.headers["Location"] == "/home"


def test_extending_with_script_changes_the_session_line_alone(app, office, visitor):
    by_card(visitor)
    office.clock.move(timedelta(minutes=14))
    line = visitor.submit("/session/extend", htmx=True)
    (form,) = line.find("//body/*")
    assert (form.get("id"), form.get("data-say")) == ("session", "10:29まで延長しました")
    assert "10:29 に自動でログアウトします" in line.text
    office.clock.move(timedelta(minutes=14))
    assert visitor.get("/interest").status == 200


def test_extending_without_script_opens_a_page_that_sends_back_to_the_one_before(app, office, visitor):
    by_card(visitor)
    form = visitor.form("session")
    assert (form.get("target"), form.get("rel")) == ("_blank", "noopener")
    assert form.xpath("string(.//button)") == "延長する（新しいタブで開きます）"
    office.clock.move(timedelta(minutes=14))
    page = visitor.submit("/session/extend")
    assert (page.status, page.heading) == (200, "10:29まで延長しました")
    assert "このタブを閉じて、もとの画面にお戻りください" in page.text


def test_a_session_at_its_last_hour_is_not_said_to_be_extended(app, office, visitor):
    by_card(visitor)
    for _ in range(34):
        office.clock.move(timedelta(minutes=14))
        visitor.get("/home")
    office.clock.move(timedelta(minutes=3))
    assert visitor.submit("/session/extend").heading == "これ以上は延長できません。18:00まで使えます"


def test_asking_until_when_puts_nothing_off(app, office, visitor):
    by_card(visitor)
    for _ in range(2):
        office.clock.move(timedelta(minutes=7))
        assert "10:15 に自動でログアウトします" in visitor.part("/session/extend").text
    assert visitor.get("/session/extend").heading == "ログインの時間"
    office.clock.move(timedelta(minutes=1))
    assert visitor.client.get("/session/extend", headers={"HX-Request": "true"}).status_code == 401


def test_the_page_of_signing_in_says_that_the_time_was_up(app, office, visitor):
    assert not visitor.find("//*[@id='gone']")
    by_card(visitor)
    office.clock.move(timedelta(minutes=16))
    said = visitor.get("/interest").find("string(//*[@id='gone'])")
    assert "時間がたったため、ログアウトしました" in said
    assert "続きから進めます" in said
    assert "お預かり" not in said
    said = visitor.get("/login").find("string(//*[@id='gone'])")
    assert "続きから" not in said


def test_the_page_of_signing_in_says_that_what_was_typed_is_kept(app, office, visitor):
    by_card(visitor)
    visitor.get("/settings/security/second-step")
    office.clock.move(timedelta(minutes=16))
    page = visitor.submit("/settings/security/second-step", level="always")
    assert "入れていただいた内容は、30分お預かりします" in page.text


def test_a_session_ended_elsewhere_is_not_said_to_have_run_out(app, office, visitor):
    by_card(visitor)
    sessions.end(office, visitor.client.get_cookie("session").value)
    said = visitor.get("/interest").find("string(//*[@id='gone'])")
    assert "ログインの状態が終わっています" in said
    assert "時間がたった" not in said


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
