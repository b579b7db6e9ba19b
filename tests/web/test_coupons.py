"""/coupons: the list, the page to show at the shop, and using one up."""

from datetime import timedelta

import pytest

from madoguchi.services import coupons
from tests import people
from tests.support.coupons import coupon
from tests.support.members import signed_in, statements


@pytest.fixture
def member(plain_office):
    """花子's browser in her first days."""
    return signed_in(plain_office, people.newcomer(plain_office, people.cast.HANAKO))


def test_no_coupons_is_said_in_words(member):
    assert "いま使えるクーポンはありません" in member.get("/coupons").text


def test_the_page_to_show_has_the_code_the_last_day_and_the_time_of_showing(plain_office, member):
    coupon(plain_office)
    member.get("/coupons")
    assert "1回だけ" in member.text
    member.get("/coupons/1")
    assert member.find("//p[@class='amount']")[0].text == "KAKU-100"
    assert "2026年12月20日（日）まで" in member.text
    assert member.find("//dd/time/@datetime")[-1] == "2026-11-20T10:00+09:00"


def test_one_for_once_is_confirmed_used_and_shows_no_code_any_more(plain_office, member):
    coupon(plain_office)
    member.get("/coupons/1")
    member.follow("使いました")
    assert "このクーポンは、もう使えません" in member.text
    confirm = member.page
    for _ in range(2):
        member.page = confirm
        member.submit("/coupons/1/use")
    assert "このクーポンは使用済みです" in member.text
    assert "KAKU-100" not in member.text
    assert "使用済み" in member.get("/coupons").text
    assert member.get("/coupons/1/use").path == "/coupons/1"


def test_one_that_works_any_time_has_no_such_button(plain_office, member):
    coupon(plain_office, once=False)
    assert "何度でも" in member.get("/coupons/1").text
    assert not member.find("//a[@href='/coupons/1/use']")
    assert member.get("/coupons/1/use").path == "/coupons/1"
    assert member.post("/coupons/1/use").status == 404


def test_what_is_over_withdrawn_or_never_was_is_told(plain_office, member):
    coupon(plain_office, days=0)
    coupons.withdraw(plain_office, coupon(plain_office), "広報")
    member.get("/coupons")
    plain_office.clock.move(timedelta(minutes=14))
    for number in (2, 3):
        assert member.get(f"/coupons/{number}").status == (410 if number == 2 else 404)
    member.get("/coupons/1/use")
    coupons.withdraw(plain_office, 1, "広報")
    member.submit("/coupons/1/use")
    assert (member.status, "いま使えません" in member.text) == (410, True)


def test_more_coupons_than_a_page_holds_are_found_behind_a_link(plain_office, member):
    for n in range(22):
        coupon(plain_office, f"{n}番")
    member.get("/coupons")
    member.follow("もっと見る")
    assert len(member.find("//main//ul/li")) == 2
    member.follow("はじめのクーポンに戻る")
    assert len(member.find("//main//ul/li")) == 20
    with statements(plain_office.store) as asked:
        member.client.get("/coupons")
    assert len(asked) == 2


def test_a_closed_contract_has_none(plain_office):
    assert signed_in(plain_office, people.sho(plain_office)).get("/coupons").status == 403
