"""The sign-in page: shape before secrets, one answer for a wrong pair, the truth for known browsers."""

import pytest

from tests.page import Visitor
from tests.support.signing import CARD, PASSWORD, PIN, WEB_ID, by_card, by_web_id, known


def test_either_way_in_leads_home(app):
    for sign_in in (by_card, by_web_id):
        visitor = Visitor(app)
        visitor.get("/login")
        answer = sign_in(visitor, follow=False)
        assert (answer.status, answer.headers["Location"]) == (303, "/home")


def test_htmx_is_sent_home_without_a_body(visitor):
    answer = by_card(visitor, htmx=True, follow=False)
    assert (answer.status, answer.headers["HX-Redirect"], answer.body) == (204, "/home", "")


def test_any_width_and_grouping_of_a_number_signs_in(visitor):
    assert by_card(visitor, "９９９０ー1100　0000-0014", "２５８３", follow=False).status == 303


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("100000019", "9桁の番号は会員番号のようです"),
        ("99901100", "カード番号は10桁・15桁・16桁の数字です"),
        ("99901100000000l4", "カード番号は10桁・15桁・16桁の数字です"),
        ("", "カード番号を入れてください"),
        ("①990110000000014", "カード番号は10桁・15桁・16桁の数字です"),
    ],
)
def test_a_number_of_the_wrong_shape_is_told_beside_the_field_and_costs_nothing(
    visitor, office, typed, sentence
):
    assert by_card(visitor, typed, "0000").status == 422
    assert visitor.page.error_of("card_number").startswith(sentence)
    assert office.store.rows("SELECT 1 FROM guess") == []


@pytest.mark.parametrize("pin", ["", "258", "25830", "abcd", "²583"])
def test_what_is_no_pin_costs_no_try(visitor, office, pin):
    assert by_card(visitor, CARD, pin).status == 422
    assert visitor.page.error_of("pin")
    assert office.store.rows("SELECT 1 FROM guess") == []


@pytest.mark.parametrize("web_id", ["", "short", "with space1", "a" * 33, "ｈａｎａｋｏ＿２０２６"])
def test_what_is_no_web_id_costs_no_try(visitor, office, web_id):
    assert by_web_id(visitor, web_id, "whatever").status == 422
    assert visitor.page.error_of("web_id")
    assert office.store.rows("SELECT 1 FROM guess") == []


def test_a_wrong_pair_is_told_at_the_top_and_at_both_fields_and_keeps_the_number(visitor):
    page = by_card(visitor, CARD, "0000")
    assert page.status == 422
    assert page.title.startswith("エラー：")
    assert page.errors[0] == "ログインを確認できませんでした"
    assert page.error_of("card_number")
    assert page.error_of("pin")
    assert page.find("//input[@name='card_number']/@value") == [CARD]
    assert not page.find("//input[@name='pin']/@value")


def test_the_page_says_what_it_made_of_full_width(visitor):
    assert "全角を半角に直しました" in by_card(visitor, "９９９０１１００００００００１４", "0000").text


def test_a_known_browser_is_told_how_many_tries_are_left_and_then_the_truth(app):
    visitor = known(app)
    assert "あと2回" in by_card(visitor, CARD, "0000").text
    assert "あと1回" in by_card(visitor, CARD, "0000").text
    page = by_card(visitor, CARD, "0000")
    assert (page.status, page.heading) == (403, "カードの利用を止めています")
    visitor.get("/login")
    assert by_card(visitor, CARD, PIN).heading == "カードの利用を止めています"
    visitor.get("/login")
    assert by_web_id(visitor, follow=False).status == 303


def test_a_locked_password_is_told_to_a_known_browser(app):
    visitor = known(app)
    for _ in range(5):
        page = by_web_id(visitor, WEB_ID, "wrong")
    assert page.heading == "Web-IDでのログインを止めています"
    assert "/password/reset" in page.find("//main//a/@href")


def test_a_remembered_id_asks_the_secret_alone_until_another_is_wished(app):
    visitor = Visitor(app)
    visitor.get("/login")
    by_web_id(visitor, remember=True, follow=False)
    visitor.client.delete_cookie("session")
    visitor.get("/login")
    assert not visitor.find("//input[@name='web_id']")
    assert visitor.find("//main//form/@action")[0] == "/login/web-id"
    assert WEB_ID not in visitor.body
    visitor.follow("別のIDでログイン")
    assert visitor.find("//input[@name='web_id']")
    visitor.get("/login")
    answer = visitor.submit("/login/web-id", password=PASSWORD, follow=False)
    assert answer.headers["Location"] == "/home"


def test_a_forged_wish_to_remember_names_nobody(visitor):
    page = visitor.submit("/login/card", card_number="", pin=PIN, forged={"remembered": "1"})
    assert page.status == 422
    assert page.error_of("card_number")
