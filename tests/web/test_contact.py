"""/contact: an inquiry by anybody, the phone first for payments, the same answer for all."""

import json
from datetime import datetime, timedelta

import pytest

from madoguchi.ports import JAPAN
from madoguchi.store import cases
from tests import people
from tests.support.members import signed_in

TYPED = {
    "topic": "other", "name_kana": "さとう　はなこ", "email": "ｈａｎａｋｏ@example.jp",
    "birth_date": "1990-04-01",
    "phone": "０９０ー１２３４ー５６７８", "message": "営業所はありますか",
}  # fmt: skip


def asked(stranger, **typed):
    """The form of /contact filled and sent."""
    stranger.get("/contact")
    return stranger.submit("/contact", **TYPED | typed)


def facts_of(office):
    """What stands in the one case."""
    (case,) = cases.still_open(office.store, 10)
    return case.facts


def test_an_inquiry_in_any_width_becomes_a_case_and_a_page_that_says_when_it_is_read(stranger, plain_office):
    asked(stranger)
    assert stranger.heading == "お問い合わせを受け付けました"
    found = facts_of(plain_office)
    assert (found["name_kana"], found["email"], found["phone"]) == (
        "さとう はなこ", "hanako@example.jp", "09012345678",
    )  # fmt: skip
    assert found["number"] in stranger.text
    assert "届いた順に読みます" in stranger.text


def test_what_is_not_needed_may_be_left_out(stranger, plain_office):
    asked(stranger, birth_date="", phone="")
    assert facts_of(plain_office)["birth_date"] == ""


def test_a_payment_question_shows_the_phone_before_the_form_with_script_and_without(stranger):
    seen = stranger.get("/contact?topic=repay").text
    assert seen.index("電話がいちばん早く決まります") < seen.index("文章で問い合わせる")
    assert stranger.find("//option[@selected]/@value") == ["repay"]
    part = stranger.part("/contact?topic=repay")
    assert part.find("//*[@id='for-topic']//h2")
    assert not stranger.part("/contact?topic=other").find("//*[@id='for-topic']//h2")


def test_a_topic_that_was_made_up_chooses_nothing(stranger):
    assert stranger.get("/contact?topic=<b>").status == 200
    assert stranger.find("//option[@selected]/@value") == ["other"]


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name_kana", "", "お名前（カナ）を入れてください"),
        ("name_kana", "佐藤花子", "カタカナかひらがな"),
        ("name_kana", "ア" * 61, "60文字まで"),
        ("email", "", "メールアドレスを入れてください"),
        ("email", "hanako", "メールアドレスの形"),
        ("birth_date", "2030-01-01", "生年月日は、過ぎた日付で入れてください"),
        ("birth_date", "昭和", "日付で入れてください"),
        ("phone", "123", "10桁か11桁"),
        ("message", "", "お問い合わせの内容を入れてください"),
        ("message", "あ" * 2001, "いま2,001文字"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(stranger, plain_office, field, typed, words):
    asked(stranger, **{field: typed})
    assert stranger.status == 422
    assert words in stranger.error_of(field)
    assert cases.still_open(plain_office.store, 10) == []


def test_the_answer_and_the_letter_are_the_same_for_members_and_others(stranger, plain_office):
    people.newcomer(plain_office, people.cast.HANAKO)
    pages = []
    for email in ("hanako@example.jp", "nobody@example.jp"):
        asked(stranger, email=email)
        number = stranger.find("//main//strong")[0].text
        pages.append(stranger.text.replace(number, ""))
    assert pages[0] == pages[1]
    told = [json.loads(facts) for (facts,) in plain_office.store.rows("SELECT facts FROM letter")]
    assert told[0].keys() == told[1].keys()
    assert "営業所" not in str(told)


@pytest.mark.parametrize(
    ("hour", "before", "after"),
    [
        ((20, 59), "担当者が読んでいる時間", "担当者に届いています"),
        ((21, 0), "11月24日（火） 9:00から", "11月24日（火） 9:00から"),
    ],
)
def test_the_promise_turns_at_nine_in_the_evening_before_and_after(
    stranger, plain_office, hour, before, after
):
    plain_office.clock.set(datetime(2026, 11, 20, *hour, tzinfo=JAPAN))
    assert before in stranger.get("/contact").text
    asked(stranger)
    assert after in stranger.text


def test_a_double_click_asks_once(stranger, plain_office):
    stranger.get("/contact")
    form = stranger.page
    for _ in range(2):
        stranger.page = form
        stranger.submit("/contact", **TYPED)
    assert len(cases.still_open(plain_office.store, 10)) == 1


def test_a_flood_from_one_place_is_told_to_wait_and_keeps_what_was_written(stranger, plain_office):
    for turn in range(plain_office.rules.throttle.address_minute):
        asked(stranger, message=f"文{turn}")
    asked(stranger)
    assert stranger.status == 429
    assert stranger.headers["Retry-After"]
    assert stranger.find("//textarea")[0].text.strip() == TYPED["message"]


@pytest.mark.parametrize("query", ["", "?number=7F3A21BC", "?number=<script>&at=99999999999", "?at=²&mark=é"])
def test_of_what_nobody_sent_the_page_of_thanks_says_nothing(stranger, query):
    seen = stranger.get(f"/contact/sent{query}")
    assert (seen.status, seen.heading) == (200, "お問い合わせを送ったあと")
    assert not seen.find("//main//strong")
    assert "受け付けたかどうかはわかりません" in seen.text


def test_the_page_of_thanks_is_for_what_was_sent_and_for_a_day(stranger, plain_office):
    asked(stranger)
    address, number = stranger.response.request.full_path, stranger.find("//main//strong")[0].text
    assert stranger.get(address).heading == "お問い合わせを受け付けました"
    assert stranger.get(address.replace(number, "00000000")).heading == "お問い合わせを送ったあと"
    plain_office.clock.move(timedelta(hours=25))
    assert stranger.get(address).heading == "お問い合わせを送ったあと"


def test_what_the_site_does_itself_is_not_sent_to_the_phone(stranger):
    links = stranger.get("/contact").find("//section[@aria-labelledby='which']//a/@href")
    assert {"/settings", "/applications"} <= set(links)


def test_who_has_signed_in_is_shown_the_way_to_messages(plain_office):
    member = signed_in(plain_office, people.newcomer(plain_office, people.cast.HANAKO))
    member.get("/contact")
    assert member.follow("メッセージで送る").heading == "メッセージを書く"


def test_without_signing_in_no_way_to_messages_is_offered(stranger):
    assert not stranger.get("/contact").find("//main//a[@href='/messages/new']")
