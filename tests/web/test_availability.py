"""What is shut answers 503 with when it is back; everything else stays; pages tell it before."""

import json
from datetime import datetime, timedelta

import pytest

from madoguchi.domain.faults import Unavailable
from madoguchi.domain.maintenance import JAPAN, Function
from madoguchi.services import outages
from madoguchi.web.availability import SHUT
from tests.page import Visitor
from tests.support.signing import by_web_id

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=JAPAN)
STAYS = (
    "/", "/status", "/lost-card", "/misuse", "/contact", "/help/login", "/repay/transfer", "/web-id/register",
    "/simulate/interest", "/terms",
)  # fmt: skip


def until(office, moment):
    """Let the time come."""
    office.clock.move(moment - office.now())


def test_sign_in_is_shut_in_maintenance_and_says_until_when(office, visitor):
    until(office, MONDAY)
    page = visitor.get("/login")
    assert (page.status, page.headers["Retry-After"]) == (503, str(4 * 3600))
    assert "11月23日 7:00 から、またお使いいただけます" in page.text
    assert {"/lost-card", "/misuse", "/repay/transfer", "/status"} <= set(page.find("//main//a/@href"))


@pytest.mark.parametrize("address", ["/login/card", "/login/web-id", "/login/code", "/login/passkey"])
def test_no_way_in_takes_a_secret_then(app, office, address):
    until(office, MONDAY)
    assert app.test_client().post(address, data={"pin": "2583"}).status_code == 503


@pytest.mark.parametrize("address", STAYS)
def test_public_pages_stay(office, visitor, address):
    until(office, MONDAY)
    assert visitor.get(address).status == 200


def test_who_is_signed_in_reads_on_and_moves_no_money(office, visitor):
    office.clock.move(MONDAY - office.now() - timedelta(hours=3, minutes=5))
    by_web_id(visitor)
    office.clock.move(timedelta(minutes=10))
    for address in ("/home", "/history", "/interest", "/settings/security", "/repay/quote"):
        page = visitor.get(address)
        assert page.status == 200, address
        assert "停止中 会員ログインとお取引" in page.text
    for address in sorted(set(SHUT) - {"/api/atm/authorise"}):
        assert visitor.get(address).status == 503, address
        assert visitor.post(address, amount="1000").status in (503, 405), address
    assert visitor.get("/home").status == 200


def test_the_atm_network_is_told_in_json_and_may_finish_what_it_began(app, office):
    until(office, MONDAY)
    answer = app.test_client().post("/api/atm/authorise", json={})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "14400")
    assert json.loads(answer.data) == {"error": "maintenance", "until": "2026-11-23T07:00:00+09:00"}
    for address in ("/api/atm/confirm", "/api/atm/reverse", "/repay/callback"):
        assert app.test_client().post(address, json={}).status_code in (400, 401), address


def test_pages_tell_it_a_day_before(office, visitor):
    assert "お休みの予定" not in visitor.get("/login").text
    until(office, MONDAY - timedelta(hours=20))
    assert "お休みの予定 会員ログインとお取引：11月23日（月）0:00〜7:00" in visitor.get("/login").text
    assert "お休みの予定 会員" not in visitor.get("/terms").text
    until(office, MONDAY)
    assert "停止中 会員ログインとお取引：11月23日（月）0:00〜7:00" in visitor.get("/").text


def test_an_outage_that_staff_begin_shuts_what_it_names_within_a_minute(office, visitor):
    visitor.get("/login")
    outages.begin(office, {Function.SIGN_IN}, "調べています", "desk1")
    office.clock.move(timedelta(seconds=59))
    page = visitor.get("/login")
    assert (page.status, page.headers["Retry-After"]) == (503, "600")
    assert "再開の時刻は、まだわかっていません" in page.text
    assert "調べています" in page.text
    outages.end(office, 1, "desk1")
    office.clock.move(timedelta(seconds=59))
    assert visitor.get("/login").status == 200


def test_htmx_is_told_the_same(office, app):
    until(office, MONDAY)
    answer = Visitor(app).part("/login")
    assert answer.status == 503
    assert "またお使いいただけます" in answer.body


def test_while_the_books_cannot_be_read_the_calendar_still_holds(office, app, monkeypatch):
    def gone(*_):
        raise Unavailable("database")

    monkeypatch.setattr(office.store, "rows", gone)
    assert Visitor(app).get("/login").status in (200, 503)
    until(office, MONDAY)
    assert Visitor(app).get("/login").headers["Retry-After"] == "14400"
